package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code raphe continual} with an analytic baseline. */
class BaselineCommandTest {
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
            List.of("continual", "--dataset=mnist", "--data=" + data, "--quiet", "--out=" + run));
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private JsonNode run(String name, String... more) throws IOException {
    Path run = folder.resolve(name);
    Invocation.of(arguments(run, more)).assertDone();
    return FinishedRun.result(run);
  }

  @Test
  void aResultTellsWhatTheBaselineIsAndNothingThatItHasNot() throws IOException {
    JsonNode result = run("run", "--baseline=class-mean", "--protocol=published");
    assertEquals("class-mean", result.get("rule").asText());
    assertEquals("class-mean", result.get("baseline").asText());
    assertEquals("published", result.get("protocol").asText());
    assertTrue(result.get("protocol_note").asText().contains("judged by itself"));
    for (String none : List.of("network", "neuron", "optimizer", "weight_changes")) {
      assertTrue(result.get(none).isNull(), none);
    }
    assertEquals(11, result.get("accuracy_matrix").size());
    assertTrue(result.get("test_accuracy").asDouble() > 0.9, result.get("test_accuracy").asText());
    assertEquals(10, result.get("epochs").size());
    assertTrue(result.get("epochs").get(0).get("train_accuracy").isNull());
    assertEquals("cpu", result.get("backend").get("name").asText());
    JsonNode cost = result.get("cost");
    assertEquals(10 * 784 * 8 + 80, cost.get("kept_bytes").asLong());
    assertEquals(7840.0, cost.get("per_inference_sample").get("macs").asDouble());
    for (String uncounted : List.of("bytes_moved", "weight_writes", "energy_estimate_joules")) {
      assertTrue(cost.get(uncounted).isNull(), uncounted);
    }
    assertEquals(
        List.of("metrics.csv", "result.json", "settings.yaml"),
        FolderContent.of(folder.resolve("run")).names());
    List<String> rows = Files.readAllLines(folder.resolve("run/metrics.csv"));
    assertEquals("experience,epoch,train_accuracy,test_accuracy,seconds", rows.get(0));
    assertTrue(rows.get(1).startsWith("1,1,,0."), rows.get(1));
  }

  @Test
  void settingsAreThoseThatDecideItAndBringTheRunAgain() throws IOException {
    JsonNode first = run("first", "--baseline=class-mean", "--seed=3", "--threads=1");
    Path settings = folder.resolve("first/settings.yaml");
    JsonNode kept = new YAMLMapper().readTree(settings.toFile());
    assertEquals("class-mean", kept.get("baseline").asText());
    assertFalse(kept.has("rule") || kept.has("batch") || kept.has("kernels"), kept.toString());
    Path again = folder.resolve("again");
    Invocation.of("continual", "--config=" + settings, "--out=" + again, "--threads=2", "--quiet")
        .assertDone();
    JsonNode second = FinishedRun.result(again);
    for (String same : List.of("weights_sha256", "accuracy_matrix", "seed", "learning")) {
      assertEquals(first.get(same), second.get(same), same);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rule=naca | class-mean has no use for --rule",
        "--neuron=rate --network=784-40-10 | has no use for --network, --neuron",
        "--column=5 --ridge=1 | has no use for --column, --ridge",
        "--epochs=2 --batch=8 | has no use for --batch, --epochs",
        "--kernels=plain --device=0 | has no use for --device, --kernels",
        "--backend=cuda | class-mean runs on the CPU alone, not on --backend cuda",
        "--backend=opencl | class-mean runs on the CPU alone, not on --backend opencl",
        "--threads=0 | threads must be in 1..1024, not 0",
        "--protocol=loose | choose one of strict, published",
        "--order=0,1 | names 2 classes",
      })
  void whatItHasNoUseForIsRefusedInOneLine(String options, String part) {
    Path run = folder.resolve("refused");
    List<String> more = new ArrayList<>(List.of("--baseline=class-mean"));
    more.addAll(List.of(options.split(" ")));
    Invocation.of(arguments(run, more.toArray(String[]::new)))
        .assertFails(Raphe.WRONG_INPUT, part.trim());
    assertTrue(Files.notExists(run), "nothing is written");
  }

  @Test
  void aConfigFileIsRefusedAsWhatIsTyped() throws IOException {
    Path config = Files.writeString(folder.resolve("a.yaml"), "rule: drtp\n");
    Invocation.of(
            arguments(folder.resolve("refused"), "--baseline=class-mean", "--config=" + config))
        .assertFails(Raphe.WRONG_INPUT, "class-mean has no use for --rule");
  }

  @Test
  void thereIsNothingToResumeOrToEvaluate() throws IOException {
    run("run", "--baseline=class-mean");
    Path run = folder.resolve("run");
    Invocation.of("continual", "--resume", "--out=" + run)
        .assertFails(Raphe.WRONG_INPUT, "finished run", "nothing to resume");
    Invocation.of("evaluate", "--dataset=mnist", "--data=" + data, "--model=" + run)
        .assertFails(Raphe.WRONG_INPUT, "no model.safetensors", "analytic baselines leave none");
  }

  /** A run that was stopped leaves its settings, from which it starts again. */
  @Test
  void aRunThatWasStoppedStartsAgain() throws IOException {
    JsonNode whole = run("whole", "--baseline=class-mean");
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.copy(folder.resolve("whole/settings.yaml"), run.resolve("settings.yaml"));
    Invocation.of(arguments(run, "--baseline=class-mean"))
        .assertFails(Raphe.WRONG_INPUT, "not empty", "--resume");
    Invocation.of("continual", "--resume", "--out=" + run, "--quiet").assertDone();
    assertEquals(whole.get("weights_sha256"), FinishedRun.result(run).get("weights_sha256"));
  }

  @Test
  void anUnknownBaselineIsToldThoseThereAre() {
    Invocation.of(arguments(folder.resolve("refused"), "--baseline=nearest"))
        .assertFails(Raphe.WRONG_INPUT, "choose one of naive, joint, frozen, class-mean");
  }

  @Test
  void aSettingIsOfItsBaselineAlone() throws IOException {
    JsonNode result = run("run", "--baseline=class-pca", "--directions=3");
    assertEquals(3, result.get("learning").get("baseline_settings").get("directions").asInt());
    assertTrue(result.get("cost").get("macs").isNull(), "a part is not counted");
    assertTrue(result.get("cost").get("per_inference_sample").get("macs").isNumber());
    Path refused = folder.resolve("refused");
    Invocation.of(arguments(refused, "--baseline=class-mean", "--directions=3"))
        .assertFails(Raphe.WRONG_INPUT, "class-mean has no use for --directions");
    Invocation.of(arguments(refused, "--directions=3"))
        .assertFails(Raphe.WRONG_INPUT, "--directions: for --baseline class-pca alone");
    Invocation.of(arguments(refused, "--baseline=class-pca", "--directions=x"))
        .assertFails(Raphe.WRONG_INPUT, "'--directions': 'x' is not an int");
    Invocation.of(arguments(refused, "--baseline=class-pca", "--directions=784"))
        .assertFails(Raphe.WRONG_INPUT, "choose fewer directions");
    assertTrue(Files.notExists(refused), "nothing is written");
  }

  @Test
  void randomFeaturesAreANetworkWithARidge() throws IOException {
    JsonNode result = run("run", "--baseline=random-features", "--features=60", "--ridge=0.5");
    assertEquals("784-60-10", result.get("network").asText());
    JsonNode settings = result.get("learning").get("baseline_settings");
    assertEquals(60, settings.get("features").asInt());
    assertEquals(0.5, settings.get("ridge").asDouble());
    assertTrue(result.get("cost").get("macs").asLong() > 300 * 60 * 60 / 4);
    Path refused = folder.resolve("refused");
    Invocation.of(arguments(refused, "--features=60"))
        .assertFails(Raphe.WRONG_INPUT, "--features: for --baseline random-features alone");
    Invocation.of(arguments(refused, "--baseline=random-features", "--ridge=0"))
        .assertFails(Raphe.WRONG_INPUT, "ridge must be finite and above 0");
    assertTrue(Files.notExists(refused), "nothing is written");
  }

  @Test
  void validationNeverShowsTestSamples() throws IOException {
    JsonNode result = run("run", "--baseline=class-mean", "--validation=60");
    assertTrue(result.get("test_accuracy").isNull());
    assertTrue(result.get("validation_accuracy").isNumber());
    assertEquals(240, result.get("dataset").get("train_samples").asInt());
  }

  @Test
  void aReportShowsItBesideRules() throws IOException {
    run("mean", "--baseline=class-mean");
    run("few", "--baseline=random-features", "--features=30");
    run("many", "--baseline=random-features", "--features=60");
    run("rule", "--neuron=rate", "--network=784-40-10", "--epochs=1", "--backend=cpu");
    Path out = folder.resolve("report.html");
    Invocation done = Invocation.of("report", folder.toString(), "--out=" + out).assertDone();
    assertTrue(done.out().startsWith("runs: 4, settings: 4, missing: 0; "), done.out());
    String page = Files.readString(out);
    assertTrue(page.contains("\"CLASS-MEAN"), "a series of its own");
    assertTrue(page.contains("RANDOM-FEATURES, gate none, 784-60-10"), "what differs is named");
    assertFalse(page.contains("CLASS-MEAN null"), "it has no unit");
    assertFalse(page.contains("baseline class-mean,"), "it is named once");
  }
}
