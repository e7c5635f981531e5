package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContinualCommandTest {
  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  private static List<String> arguments(Path run, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("continual", "--dataset", "mnist", "--data", data.toString(), "--quiet"));
    arguments.addAll(List.of("--out", run.toString(), "--backend", "cpu", "--threads", "1"));
    arguments.addAll(List.of("--batch", "16"));
    String typed = String.join(" ", more);
    if (!typed.contains("--network")) {
      arguments.addAll(List.of("--network", "784-40-10"));
    }
    if (!typed.contains("--neuron")) {
      arguments.addAll(List.of("--neuron", "rate"));
    }
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private JsonNode run(String... more) throws IOException {
    Path run = folder.resolve("run");
    Invocation.of(arguments(run, more)).assertDone();
    return FinishedRun.result(run);
  }

  private static double sum(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false).mapToDouble(JsonNode::asDouble).sum();
  }

  @Test
  void aRunFolderHoldsTheWholeMatrixAndEveryFormula() throws IOException {
    JsonNode result = run("--protocol", "published", "--classes-per-experience", "3");
    assertEquals(1, result.get("format").asInt());
    assertEquals("continual", result.get("command").asText());
    assertEquals("published", result.get("protocol").asText());
    assertTrue(result.get("protocol_note").asText().contains("tells the network the class"));
    JsonNode matrix = result.get("accuracy_matrix");
    assertEquals(5, matrix.size(), "initial, then four experiences");
    assertEquals(4, matrix.get(0).size());
    JsonNode stream = result.get("stream");
    assertEquals(10, stream.get("order").size());
    assertEquals(1, stream.get("learned").get(3).size(), "10 = 3 + 3 + 3 + 1");
    assertEquals(SmallImages.TEST, sum(stream.get("test_samples")));
    assertEquals(SmallImages.TRAIN, sum(stream.get("train_samples")));
    JsonNode metrics = result.get("metrics");
    for (String name :
        List.of(
            "final_accuracy",
            "final_mean_accuracy",
            "average_accuracy",
            "forgetting",
            "backward_transfer",
            "forward_transfer")) {
      assertTrue(metrics.get(name).get("value").isNumber(), name);
      assertTrue(metrics.get(name).get("formula").asText().contains("R["), name);
    }
    assertEquals(
        sum(matrix.get(4)) / 4, metrics.get("final_mean_accuracy").get("value").asDouble(), 1e-12);
    assertEquals(
        result.get("test_accuracy").asDouble(),
        metrics.get("final_accuracy").get("value").asDouble());
    assertEquals(
        List.of("metrics.csv", "model.safetensors", "result.json", "settings.yaml"),
        FolderContent.of(folder.resolve("run")).names());
  }

  @Test
  void weightChangesAreOfEveryExperienceAndLayer() throws IOException {
    JsonNode changes = run("--classes-per-experience", "5").get("weight_changes");
    assertEquals(2, changes.get("experiences").size());
    for (JsonNode experience : changes.get("experiences")) {
      assertEquals(2, experience.get("layers").size());
      JsonNode first = experience.get("layers").get(0);
      assertEquals(784 * 40, first.get("synapses").asInt());
      assertEquals(784 * 40, sum(first.get("counts")));
      assertEquals(changes.get("edges").size() + 1, first.get("counts").size());
      for (int bin = 0; bin < first.get("counts").size(); bin++) {
        int count = first.get("counts").get(bin).asInt();
        JsonNode log = first.get("log10_counts").get(bin);
        assertEquals(count == 0, log.isNull(), "0 has no logarithm");
      }
    }
  }

  @Test
  void frozenHiddenLayersDoNotChange() throws IOException {
    JsonNode result = run("--baseline", "frozen", "--epochs", "1");
    assertEquals("frozen", result.get("rule").asText());
    assertEquals("frozen", result.get("baseline").asText());
    for (JsonNode experience : result.get("weight_changes").get("experiences")) {
      JsonNode hidden = experience.get("layers").get(0);
      assertEquals(hidden.get("synapses").asInt(), hidden.get("unchanged").asInt());
      JsonNode readout = experience.get("layers").get(1);
      assertTrue(readout.get("unchanged").asInt() < readout.get("synapses").asInt());
    }
  }

  @Test
  void jointLearnsAtOnceWithoutAGateAndForgetsNothing() throws IOException {
    JsonNode result = run("--baseline", "joint", "--epochs", "20", "--learning-rate", "1e-2");
    assertEquals("none", result.get("learning").get("gate").asText());
    assertEquals(2, result.get("accuracy_matrix").size());
    assertEquals(10, result.get("accuracy_matrix").get(1).size());
    assertEquals(20, result.get("epochs").size(), "no stop rule");
    assertTrue(result.get("metrics").get("forgetting").get("value").isNull());
    assertTrue(result.get("metrics").get("forgetting").get("reason").asText().contains("at once"));
    assertTrue(result.get("test_accuracy").asDouble() > 0.9, result.get("test_accuracy").asText());
  }

  @Test
  void theProtocolsShareWeightsAndDifferInTheGateAlone() throws IOException {
    JsonNode strict = run("--protocol", "strict", "--epochs", "1");
    Path other = folder.resolve("published");
    Invocation said = Invocation.of(arguments(other, "--protocol", "published", "--epochs", "1"));
    said.assertDone();
    JsonNode published = FinishedRun.result(other);
    assertEquals(strict.get("weights_sha256"), published.get("weights_sha256"));
    assertNotEquals(strict.get("accuracy_matrix"), published.get("accuracy_matrix"));
    assertTrue(strict.get("protocol_note").isNull());
    assertTrue(said.out().contains("tells the network the class"), said.out());
    assertTrue(said.out().contains("mean_{j<N} (max_{1<=i<N} R[i][j] - R[N][j])"), said.out());
    assertTrue(said.out().contains("initial"), said.out());
    assertFalse(
        Invocation.of(arguments(folder.resolve("third"), "--epochs", "1"))
            .out()
            .contains("tells the network"));
  }

  @Test
  void theOrderMayBeNamed() throws IOException {
    JsonNode result = run("--order", "9,8,7,6,5,4,3,2,1,0", "--epochs", "1");
    assertEquals(9, result.get("stream").get("learned").get(0).get(0).asInt());
    assertEquals(0, result.get("stream").get("order").get(9).asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--order=0,1,1 | class 1 twice",
        "--order=0,1,2 | names 3 classes",
        "--order=a,b | no number",
        "--protocol=loose | choose one of strict, published",
        "--baseline=none | choose one of naive, joint, frozen",
        "--gate=always | choose one of input, none, k-winners",
        "--stop-accuracy=most | neither a number nor none",
        "--stop-accuracy=2 | at most 1",
        "--epochs=0 | at least 1",
        "--classes-per-experience=11 | must be 1..10",
        "--network=785-40-10 | takes 785 features",
        "--steps=5 | rate units have one step",
        "--optimizer=lbfgs | choose one of adam, sgd",
        "--rule=hebb | choose one of",
        "--train-limit=9 | training and",
        "--resume | no settings.yaml",
      })
  void whatCannotBeRunIsRefusedInOneLine(String option, String part) {
    Path run = folder.resolve("refused");
    Invocation.of(arguments(run, option)).assertFails(Raphe.WRONG_INPUT, part);
    assertTrue(Files.notExists(run), "nothing is written");
  }

  /** Killed in mid-stream, over and over, it ends with the bits of a run that was not. */
  @ParameterizedTest
  @ValueSource(strings = {"rate", "lif"})
  void killedInMidStreamItEndsWithTheSameBits(String neuron) throws Exception {
    List<String> options =
        List.of("--neuron", neuron, "--steps", neuron.equals("lif") ? "10" : "1", "--epochs", "20");
    String[] more = options.toArray(String[]::new);
    Path whole = folder.resolve("whole");
    Invocation.of(arguments(whole, more)).assertDone();
    Path run = folder.resolve("killed");
    List<String> often = arguments(run, more);
    often.addAll(List.of("--checkpoint-seconds", "0"));
    ChildRun child = new ChildRun(run, "", often);
    int kills = 0;
    FileTime last = null;
    while (kills < 3 && child.awaitCheckpoint(last)) {
      Thread.sleep(20);
      child.kill();
      if (Files.exists(run.resolve("result.json"))) {
        break;
      }
      last = child.checkpointTime();
      kills++;
      child =
          new ChildRun(
              run, "", List.of("continual", "--resume", "--out", run.toString(), "--threads", "2"));
    }
    if (Files.notExists(run.resolve("result.json"))) {
      child.assertDone();
    }
    assertTrue(kills > 0, "killed in mid-run");
    assertEquals(measured(whole), measured(run));
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("model.safetensors")),
        Files.readAllBytes(run.resolve("model.safetensors")));
  }

  /** All of a result that is not time or place. */
  private static JsonNode measured(Path run) throws IOException {
    ObjectNode result = (ObjectNode) FinishedRun.result(run);
    result.remove(List.of("backend", "provenance"));
    ((ObjectNode) result.get("cost"))
        .remove(
            List.of(
                "seconds", "peak_memory_bytes", "energy_joules", "energy_source", "energy_parts"));
    result.get("epochs").forEach(epoch -> ((ObjectNode) epoch).remove("seconds"));
    return result;
  }

  @Test
  void aFolderOfAnotherCommandOrVersionIsNotResumed() throws Exception {
    Path run = folder.resolve("other");
    List<String> arguments = arguments(run, "--epochs", "20", "--checkpoint-seconds", "0");
    ChildRun child = new ChildRun(run, "", arguments);
    assertTrue(child.awaitCheckpoint(null), child.output());
    child.kill();
    String[] resume = {"continual", "--resume", "--out", run.toString()};
    List<String> other = new ArrayList<>(List.of(resume));
    other.add("--seed=5");
    Invocation.of(other).assertFails(Raphe.WRONG_INPUT, "with --seed 5, which the run has as");
    Path checkpoint = run.resolve("checkpoint.safetensors");
    String text = Files.readString(checkpoint, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("\"version\":\"2\""));
    Files.writeString(
        checkpoint,
        text.replace("\"version\":\"2\"", "\"version\":\"7\""),
        StandardCharsets.ISO_8859_1);
    Invocation.of(resume).assertFails(Raphe.WRONG_INPUT, "another version of Raphe");
    Files.writeString(
        checkpoint,
        text.replace("raphe-checkpoint", "raphe-otherthing"),
        StandardCharsets.ISO_8859_1);
    Invocation.of(resume).assertFails(Raphe.WRONG_INPUT, "not a checkpoint of Raphe");
  }

  @Test
  void samplesOfOnesOwnAreTakenFromAPath() throws IOException {
    StringBuilder text = new StringBuilder("a,b,kind\n");
    for (int k = 0; k < 60; k++) {
      text.append(k % 3).append(',').append(k % 7).append(",class").append(k % 3).append('\n');
    }
    Path csv = Files.writeString(folder.resolve("own.csv"), text);
    Path run = folder.resolve("run");
    Invocation.of(
            "continual",
            "--dataset",
            csv.toString(),
            "--neuron",
            "rate",
            "--backend",
            "cpu",
            "--threads",
            "1",
            "--quiet",
            "--out",
            run.toString())
        .assertDone();
    JsonNode result = FinishedRun.result(run);
    assertEquals("own.csv", result.get("dataset").get("name").asText());
    assertEquals("2-1000-3", result.get("network").asText());
    assertEquals(48, result.get("dataset").get("train_samples").asInt());
    JsonNode settings = new YAMLMapper().readTree(run.resolve("settings.yaml").toFile());
    assertEquals(csv.toAbsolutePath().toString(), settings.get("dataset").asText());
  }

  @Test
  void validationNeverShowsTestSamples() throws IOException {
    JsonNode result = run("--validation", "60", "--epochs", "1");
    assertTrue(result.get("test_accuracy").isNull());
    assertTrue(result.get("validation_accuracy").isNumber());
    assertEquals(240, result.get("dataset").get("train_samples").asInt());
    assertEquals(60, sum(result.get("stream").get("validation_samples")));
  }
}
