package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.model.Model;
import org.raphe.network.InputShape;

class FeatureOptionsTest {
  @TempDir Path folder;
  private Path table;

  /** Three classes told by features of very different sizes, and one that never changes. */
  @BeforeEach
  void write() throws IOException {
    Random random = new Random(4);
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < 150; k++) {
      int label = k % 3;
      lines.add(
          String.format(
              Locale.ROOT,
              "%.6f,%.3f,%.1f,5,%s",
              0.001 * (label == 0 ? 1 : 0) + 0.0002 * random.nextGaussian(),
              -700 + 3000 * (label == 1 ? 1 : 0) + 500 * random.nextGaussian(),
              1e6 + 20 * random.nextGaussian(),
              List.of("low", "middle", "rest").get(label)));
    }
    table = Files.write(folder.resolve("table.csv"), lines);
  }

  private Invocation run(String command, String out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--dataset", table.toString(), "--backend", "cpu"));
    arguments.addAll(List.of("--threads", "1", "--out", folder.resolve(out).toString()));
    arguments.addAll(Arrays.asList(more));
    return Invocation.of(arguments);
  }

  private Invocation train(String out, String... more) {
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    if (!arguments.contains("--network")) {
      arguments.addAll(List.of("--network", "4-30-3"));
    }
    return run("train", out, arguments.toArray(String[]::new));
  }

  private JsonNode result(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("result.json").toFile());
  }

  private Model model(String out) {
    return Model.read(folder.resolve(out).resolve("model.safetensors"));
  }

  @Test
  void aTableOfNumbersIsStandardisedSaidAndLearned() throws IOException {
    Invocation done = train("own", "--neuron", "rate", "--epochs", "30").assertDone();
    assertTrue(
        done.err()
            .contains(
                "outside 0..1: --features standardise, fitted to the training samples, in which 1"
                    + " of 4 never change"),
        done.err());
    assertTrue(result("own").get("test_accuracy").doubleValue() > 0.85, done.out());
    assertEquals("standardise", result("own").at("/learning/feature_scaling").textValue());
    assertEquals("training samples", result("own").at("/learning/features_fitted_to").textValue());
    String evaluated =
        Invocation.of(
                "evaluate",
                "--model",
                folder.resolve("own").toString(),
                "--dataset",
                table.toString(),
                "--quiet")
            .assertDone()
            .out();
    String accuracy =
        String.format(Locale.ROOT, "%.4f", result("own").get("test_accuracy").doubleValue());
    assertTrue(evaluated.startsWith("test accuracy " + accuracy), evaluated);
    train("none", "--neuron", "rate", "--epochs", "30", "--features", "as-is").assertDone();
    assertTrue(
        result("none").get("test_accuracy").doubleValue()
            < result("own").get("test_accuracy").doubleValue());
    assertTrue(result("none").at("/learning/feature_scaling").isMissingNode());
  }

  /** Neither test nor validation samples move what is fitted. */
  @Test
  void scalingIsFittedToTrainingSamplesAlone() throws IOException {
    train("before", "--epochs", "1", "--features", "minmax").assertDone();
    List<String> lines = Files.readAllLines(table);
    for (int k = 12; k < lines.size(); k++) {
      // Every fifth sample of a class is tested: lines 13, 14, 15, 28, ...
      if (k / 3 % 5 == 4) {
        lines.set(k, lines.get(k).replaceFirst("^[^,]*,[^,]*", "99999,-99999"));
      }
    }
    Files.write(table, lines);
    train("after", "--epochs", "1", "--features", "minmax").assertDone();
    FeatureScaling fitted = model("before").features();
    assertEquals(fitted, model("after").features());
    train("held", "--epochs", "1", "--features", "minmax", "--validation", "40").assertDone();
    assertFalse(model("held").features().equals(fitted), "40 samples less");
  }

  @Test
  void aStreamIsScaledByItsFirstExperienceAlone() throws IOException {
    String[] columns = {"--rule", "naca-competitive", "--order", "0,1,2", "--features", "minmax"};
    run("continual", "stream", columns).assertDone();
    assertEquals(
        "training samples of the first experience",
        result("stream").at("/learning/features_fitted_to").textValue());
    assertEquals("unit-length", result("stream").at("/learning/features").textValue());
    assertEquals("minmax; unit-length", model("stream").features().toString());
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    lines.replaceAll(line -> line.endsWith("rest") ? line.replaceFirst("^[^,]*", "-123456") : line);
    Files.write(table, lines);
    run("continual", "other", columns).assertDone();
    assertEquals(model("stream").features(), model("other").features());
  }

  @Test
  void analyticBaselinesAreScaledToo() throws IOException {
    String[] small = {"--baseline", "class-mean", "--order", "1,0,2"};
    run("continual", "mean", concat(small, "--features", "as-is")).assertDone();
    run("continual", "scaled", concat(small, "--features", "minmax")).assertDone();
    assertEquals("minmax", result("scaled").at("/learning/feature_scaling").textValue());
    assertFalse(
        result("mean").get("weights_sha256").equals(result("scaled").get("weights_sha256")));
    run("continual", "many", "--baseline", "random-features", "--features", "7").assertDone();
    assertEquals("7", result("many").at("/learning/baseline_settings/features").asText());
  }

  private static String[] concat(String[] first, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  @Test
  void featuresWithinZeroToOneAreLeftAsTheyAre() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < 30; k++) {
      lines.add("0." + k % 10 + ",1,0," + k % 2);
    }
    Files.write(table, lines);
    Invocation done = train("within", "--network", "3-5-2", "--epochs", "1").assertDone();
    assertFalse(done.err().contains("features lie"), done.err());
    assertEquals("raw", model("within").features().toString());
  }

  @Test
  void anotherSeparatorAndLabelColumnGoThroughEveryCommand() throws IOException {
    List<String> lines = new ArrayList<>(List.of("kind;a;b"));
    for (int k = 0; k < 20; k++) {
      lines.add("\"" + (k % 2 == 0 ? "x;y" : "z") + "\";" + k + ";" + k % 7);
    }
    Files.write(table, lines);
    String[] written = {"--separator", ";", "--label-column", "kind"};
    train("own", concat(written, "--network", "2-5-2", "--epochs", "1")).assertDone();
    assertEquals(List.of("x;y", "z"), model("own").classNames().names());
    String model = folder.resolve("own").toString();
    for (String[] command :
        List.of(
            new String[] {"evaluate", "--dataset", table.toString(), "--model", model},
            new String[] {"predict", "--data", table.toString(), "--model", model})) {
      Invocation.of(concat(command, written)).assertDone();
    }
    Invocation.of("train", "--dataset", "mnist", "--heading", "yes")
        .assertFails(Raphe.WRONG_INPUT, "--heading is for .csv files");
  }

  @Test
  void otherValuesAreRefused() {
    train("no", "--features", "log")
        .assertFails(Raphe.WRONG_INPUT, "--features \"log\"", "as-is, minmax, standardise");
    train("no", "--features", "100").assertFails(Raphe.WRONG_INPUT, "random-features");
    run("continual", "no", "--baseline", "class-mean", "--features", "9")
        .assertFails(Raphe.WRONG_INPUT, "no use for --features");
  }

  @Test
  void aModelScalesWhatItIsShown() throws IOException {
    train("own", "--epochs", "1", "--features", "minmax").assertDone();
    float[] features = {0f, -700f, 1e6f, 5f};
    Samples sample = Samples.ofFeatures("s", InputShape.vector(4), 3, features, new int[1]);
    Samples scaled = model("own").features().apply(sample);
    assertTrue(scaled.feature(0, 2) > 0 && scaled.feature(0, 2) < 1, "" + scaled.feature(0, 2));
    assertEquals(0f, scaled.feature(0, 3));
  }
}
