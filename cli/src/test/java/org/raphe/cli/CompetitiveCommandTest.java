package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code raphe continual --rule naca-competitive}. */
class CompetitiveCommandTest {
  private static final int CLASSES = 4;
  private static final int FEATURES = 30;

  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeSamples() throws IOException {
    data = Files.writeString(temporary.resolve("own.csv"), samples(240, CLASSES));
  }

  /** Class c is bright in features 7c to 7c + 6; one sample in twenty is dark. */
  private static String samples(int count, int classes) {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < count; k++) {
      for (int feature = 0; feature < FEATURES; feature++) {
        int bright = feature / 7 == k % classes ? 100 : 0;
        text.append(k % 20 == 7 ? 0 : bright + random.nextInt(50)).append(',');
      }
      text.append("class").append(k % classes).append('\n');
    }
    return text.toString();
  }

  private static List<String> arguments(Path csv, Path run, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("continual", "--dataset", csv.toString(), "--quiet"));
    arguments.addAll(List.of("--out", run.toString(), "--backend", "cpu"));
    String typed = String.join(" ", more);
    if (!typed.contains("--rule")) {
      arguments.addAll(List.of("--rule", "naca-competitive"));
    }
    if (!typed.contains("--threads")) {
      arguments.addAll(List.of("--threads", "1"));
    }
    if (!typed.contains("--batch")) {
      arguments.addAll(List.of("--batch", "16"));
    }
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private JsonNode run(String name, String... more) throws IOException {
    Path run = folder.resolve(name);
    Invocation.of(arguments(data, run, more)).assertDone();
    return FinishedRun.result(run);
  }

  @Test
  void aResultSaysHowColumnsCompeted() throws IOException {
    JsonNode result =
        run(
            "run",
            "--network=30-24-4",
            "--column=3",
            "--winners=2",
            "--tuning-width=0.25",
            "--conscience=0.5",
            "--amnesia=1",
            "--readout=rls",
            "--ridge=0.125");
    assertEquals("naca-competitive", result.get("rule").asText());
    assertEquals("rate", result.get("neuron").asText());
    JsonNode learning = result.get("learning");
    assertEquals("k-winners", learning.get("gate").asText());
    assertEquals(3, learning.get("column").asInt());
    assertEquals(2, learning.get("winners").asInt());
    assertEquals(0.25, learning.get("tuning_width").asDouble());
    assertEquals(0.5, learning.get("conscience").asDouble());
    assertEquals(1.0, learning.get("amnesia").asDouble());
    assertEquals("rls", learning.get("readout").asText());
    assertEquals(0.125, learning.get("ridge").asDouble());
    assertTrue(learning.get("gate_margin").isNull(), "the gate has no margin");
    assertTrue(learning.get("feature_mean").isNull(), "samples are scaled one by one");
    assertEquals(CLASSES + 1, result.get("accuracy_matrix").size());
    assertTrue(result.get("test_accuracy").asDouble() > 0.85, result.get("test_accuracy").asText());
    JsonNode forgetting = result.get("metrics").get("forgetting").get("value");
    assertTrue(forgetting.asDouble() < 0.2, forgetting.asText());
    JsonNode cost = result.get("cost");
    assertTrue(cost.get("synaptic_operations").get("learning").asLong() > 0);
    assertTrue(cost.get("per_inference_sample").get("macs").asDouble() > 0);
  }

  @Test
  void whatIsNotGivenIsTheDefault() throws IOException {
    JsonNode result = run("run");
    assertEquals("30-1000-4", result.get("network").asText(), "25 columns of 10 a class");
    assertEquals(10, result.get("learning").get("column").asInt());
    assertEquals(5, result.get("learning").get("winners").asInt());
    assertEquals("winner", result.get("learning").get("readout").asText());
    assertTrue(result.get("learning").get("ridge").isNull(), "least squares alone have a ridge");
    assertEquals(3, result.get("learning").get("max_epochs").asInt());
    assertTrue(result.get("learning").get("stop_accuracy").isNull());
    assertEquals(3 * CLASSES, result.get("epochs").size());
    assertTrue(result.get("test_accuracy").asDouble() > 0.85, result.get("test_accuracy").asText());
  }

  /** Whole columns for every class, about a thousand units of them. */
  @ParameterizedTest
  @CsvSource({"7, 30-980-4", "30, 30-960-4"})
  void theHiddenLayerIsOfWholeColumns(int column, String network) throws IOException {
    JsonNode result = run("run", "--column", "" + column, "--winners=1", "--epochs=1");
    assertEquals(network, result.get("network").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--neuron=lif | columns are of rate units, not of lif; choose neuron rate",
        "--gate=input | it has --gate k-winners",
        "--gate=none | it has --gate k-winners",
        "--rule=naca --gate=k-winners | it has --gate input or none",
        "--rule=naca --column=5 | --column: for --rule naca-competitive alone, not for naca",
        "--rule=frozen --ridge=1 --winners=2 | --winners, --ridge: for --rule naca-competitive alone, not for frozen",
        "--optimizer=sgd --learning-rate=0.1 | leave out --optimizer, --learning-rate (see --amnesia)",
        "--preset=default --gain=surprise | leave out --preset, --gain (see --amnesia)",
        "--baseline=frozen | columns of --rule naca-competitive begin empty",
        "--network=30-30-4 --column=5 | choose a multiple of 20 units",
        "--network=30-20-4 --column=5 --winners=5 | 5 columns cannot win among 4",
        "--network=30-20-20-4 --column=5 | columns are for one hidden layer",
        "--network=30-40-4 --column=0 | a column has at least 1 unit",
        "--column=0 | a column has at least 1 unit",
        "--column=-5 | a column has at least 1 unit",
        "--winners=0 | at least 1 column wins",
        "--tuning-width=0 | width of columns must be finite and above 0",
        "--tuning-width=1e-30 | is too small",
        "--conscience=-1 | conscience must be finite and at least 0",
        "--amnesia=NaN | amnesia must be finite and at least 0",
        "--readout=none | choose one of winner, rls",
        "--readout=rls --ridge=0 | ridge must be finite and above 0",
        "--readout=rls --ridge=1e-40 | the ridge, 1.0E-40, is too small",
        "--ridge=0.5 | ridge goes with readout rls, not with winner",
        "--gate-margin=0.5 | --gate-margin is for --gate input",
        "--column=31 | choose a --column of at most 30",
        "--column=1 --readout=rls --network=30-8196-4 | at most 8192 of them, not 8196",
        "--steps=5 | rate units have one step",
      })
  void whatCannotBeRunIsRefusedInOneLine(String options, String part) {
    Path run = folder.resolve("refused");
    Invocation.of(arguments(data, run, options.split(" ")))
        .assertFails(Raphe.WRONG_INPUT, part.trim());
    assertTrue(Files.notExists(run), "nothing is written");
  }

  @Test
  void trainingPointsToTheCommandThatLearnsIt() {
    Invocation.of(
            "train",
            "--dataset",
            data.toString(),
            "--rule",
            "naca-competitive",
            "--quiet",
            "--out",
            folder.resolve("refused").toString())
        .assertFails(Raphe.WRONG_INPUT, "raphe continual", "--baseline joint");
    assertTrue(Files.notExists(folder.resolve("refused")));
  }

  @Test
  void jointLearnsAllClassesAtOnce() throws IOException {
    JsonNode result = run("run", "--baseline=joint");
    assertEquals("k-winners", result.get("learning").get("gate").asText());
    assertEquals("joint", result.get("baseline").asText());
    assertEquals(2, result.get("accuracy_matrix").size());
    assertEquals(3, result.get("epochs").size());
    assertTrue(result.get("test_accuracy").asDouble() > 0.85, result.get("test_accuracy").asText());
  }

  /** The classes of an experience share its batches. */
  @ParameterizedTest
  @ValueSource(strings = {"winner", "rls"})
  void experiencesMayBeOfTwoClasses(String readout) throws IOException {
    JsonNode result = run("run", "--classes-per-experience=2", "--readout", readout, "--column=5");
    assertEquals(3, result.get("accuracy_matrix").size());
    assertEquals(2, result.get("stream").get("learned").get(0).size());
    assertTrue(result.get("test_accuracy").asDouble() > 0.85, result.get("test_accuracy").asText());
  }

  /** How test samples are batched decides nothing, and the note says so. */
  @Test
  void theProtocolsGiveTheSameFigures() throws IOException {
    JsonNode strict = run("strict", "--protocol=strict", "--epochs=1");
    JsonNode published = run("published", "--protocol=published", "--epochs=1");
    assertEquals(strict.get("accuracy_matrix"), published.get("accuracy_matrix"));
    assertEquals(strict.get("weights_sha256"), published.get("weights_sha256"));
    String note = published.get("protocol_note").asText();
    assertTrue(note.contains("do not depend on how test samples are batched"), note);
    assertFalse(note.contains("no gate"), note);
  }

  @Test
  void everyOptionDecidesTheWeights() throws IOException {
    String usual = run("usual", "--network=30-80-4", "--epochs=1").get("weights_sha256").asText();
    for (String other : List.of("--column=5", "--conscience=1", "--amnesia=0", "--readout=rls")) {
      JsonNode result = run(other, "--network=30-80-4", "--epochs=1", other);
      assertNotEquals(usual, result.get("weights_sha256").asText(), other);
    }
    JsonNode threads = run("threads", "--network=30-80-4", "--epochs=1", "--threads=3");
    assertEquals(usual, threads.get("weights_sha256").asText());
  }

  /** No optimizer descends and no modulation is broadcast: what was not used is null. */
  @Test
  void aResultNamesNoOptimizerThatWasNotUsed() throws IOException {
    JsonNode result = run("run", "--epochs=1");
    assertTrue(result.get("optimizer").isNull(), result.get("optimizer").toString());
    for (String unused :
        List.of(
            "readout_loss",
            "readout_scale",
            "readout_credit",
            "lambda",
            "theta_max",
            "gain",
            "innervation")) {
      assertTrue(result.get("learning").get(unused).isNull(), unused);
    }
  }

  /** Runs without an optimizer are told apart by what they have. */
  @Test
  void runsAreReported() throws IOException {
    run("narrow", "--epochs=1", "--column=5");
    run("wide", "--epochs=1", "--column=10");
    Path out = folder.resolve("report.html");
    Invocation done = Invocation.of("report", folder.toString(), "--out=" + out).assertDone();
    assertTrue(done.out().startsWith("runs: 2, settings: 2, missing: 0; "), done.out());
    String page = Files.readString(out);
    assertTrue(page.contains("NACA-COMPETITIVE rate"), "the rule is named");
    assertTrue(page.contains("column 10"), "what differs is named");
  }

  /** As few as a stream takes: two to learn, the same, and one to test. */
  @Test
  void aClassMayHaveTwoSamples() throws IOException {
    String row = ",2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,90";
    String few = ("1" + row + ",few\n").repeat(3);
    Path csv = Files.writeString(folder.resolve("few.csv"), samples(120, 3) + few);
    Path run = folder.resolve("run");
    Invocation.of(arguments(csv, run, "--readout=rls", "--column=5")).assertDone();
    JsonNode stream = FinishedRun.result(run).get("stream");
    int fewest = Integer.MAX_VALUE;
    for (JsonNode samples : stream.get("train_samples")) {
      fewest = Math.min(fewest, samples.asInt());
    }
    assertEquals(2, fewest, stream.toString());
    Path one = folder.resolve("one.csv");
    Files.writeString(one, samples(120, 3) + "1" + row + ",one\n");
    Invocation.of(arguments(one, folder.resolve("refused")))
        .assertFails(Raphe.WRONG_INPUT, "class one has 1 sample(s)", "at least 2");
  }

  /** A model knows that its units compete, and that its samples have length 1. */
  @ParameterizedTest
  @ValueSource(strings = {"winner", "rls"})
  void aModelIsEvaluatedAsItWasTested(String readout) throws IOException {
    JsonNode result = run("run", "--readout", readout, "--column=5");
    Path out = folder.resolve("evaluated.json");
    Invocation.of(
            "evaluate",
            "--dataset=" + data,
            "--model=" + folder.resolve("run"),
            "--backend=cpu",
            "--out=" + out)
        .assertDone();
    JsonNode evaluated = new ObjectMapper().readTree(out.toFile());
    assertEquals(result.get("weights_sha256"), evaluated.get("weights_sha256"));
    assertEquals(result.get("test_accuracy"), evaluated.get("test_accuracy"));
  }

  /** Killed in mid-stream and resumed with more threads, with P. */
  @Test
  void killedInMidStreamItEndsWithTheSameBits() throws Exception {
    String[] more = {"--network=30-400-4", "--column=5", "--readout=rls", "--epochs=60"};
    Path whole = folder.resolve("whole");
    Invocation.of(arguments(data, whole, more)).assertDone();
    Path run = folder.resolve("killed");
    List<String> often = arguments(data, run, more);
    often.addAll(List.of("--checkpoint-seconds", "0"));
    ChildRun child = new ChildRun(run, "", often);
    assertTrue(child.awaitCheckpoint(null), child.output());
    child.kill();
    assertTrue(Files.notExists(run.resolve("result.json")), "killed in mid-run");
    Invocation.of("continual", "--resume", "--out", run.toString(), "--threads", "2").assertDone();
    JsonNode expected = FinishedRun.result(whole);
    JsonNode resumed = FinishedRun.result(run);
    for (String measured :
        List.of("weights_sha256", "accuracy_matrix", "metrics", "learning", "weight_changes")) {
      assertEquals(expected.get(measured), resumed.get(measured), measured);
    }
    for (String counted : List.of("synaptic_operations", "macs", "weight_writes", "bytes_moved")) {
      assertEquals(expected.get("cost").get(counted), resumed.get("cost").get(counted), counted);
    }
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("model.safetensors")),
        Files.readAllBytes(run.resolve("model.safetensors")));
    Path checkpoint = run.resolve("checkpoint.safetensors");
    assertTrue(Files.notExists(checkpoint), "a finished run leaves none");
  }

  /** The bits of a small run on handwritten digits, as first written. */
  @ParameterizedTest
  @CsvSource({
    "winner, e037e1e487efd7ff2ca8e83e1a9ddd372297b3384033f98b59b5ead2cc3f675c",
    "rls, f13235657318d8d22a56b4009bfc61c9cebc8ce4a9d6e5000b7742572ed0be93"
  })
  void digitsHaveRecordedBits(String readout, String sha256) throws IOException {
    Path run = folder.resolve("run");
    Invocation.of(
            "continual",
            "--dataset=mnist",
            "--train-limit=640",
            "--test-limit=100",
            "--rule=naca-competitive",
            "--network=784-200-10",
            "--column=5",
            "--conscience=0.06",
            "--readout=" + readout,
            "--epochs=1",
            "--batch=32",
            "--backend=cpu",
            "--threads=2",
            "--quiet",
            "--out=" + run)
        .assertDone();
    JsonNode result = FinishedRun.result(run);
    assertEquals(sha256, result.get("weights_sha256").asText());
    assertTrue(result.get("test_accuracy").asDouble() > 0.6, result.get("test_accuracy").asText());
  }
}
