package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temporary;
  private static Path data;
  private static Path run;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
    run = temporary.resolve("run");
    Invocation.of(SmallImages.trainSmall(data, run)).assertDone();
  }

  private static Invocation evaluate(Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--dataset", "mnist", "--data", data.toString()));
    arguments.addAll(List.of("--model", model.toString(), "--quiet"));
    arguments.addAll(Arrays.asList(more));
    return Invocation.of(arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "7", "32", "4096"})
  void accuracyIsTheRunsWhateverTheBatch(String batch) throws IOException {
    Path out = folder.resolve("evaluated.json");
    Invocation done = evaluate(run, "--batch", batch, "--out", out.toString()).assertDone();
    JsonNode trained = JSON.readTree(run.resolve("result.json").toFile());
    JsonNode evaluated = JSON.readTree(out.toFile());
    assertEquals(trained.get("test_accuracy"), evaluated.get("test_accuracy"));
    assertEquals(trained.get("weights_sha256"), evaluated.get("weights_sha256"));
    assertEquals(trained.get("confusion"), evaluated.get("confusion"));
    long hits = 0;
    for (int label = 0; label < 10; label++) {
      hits += evaluated.at("/confusion/counts/" + label + "/" + label).longValue();
    }
    assertEquals(evaluated.get("test_accuracy").doubleValue(), (double) hits / SmallImages.TEST);
    assertEquals("evaluate", evaluated.get("command").textValue());
    assertEquals(SmallImages.TEST, evaluated.at("/dataset/test_samples").intValue());
    assertTrue(done.out().startsWith("test accuracy 0."), done.out());
  }

  @Test
  void theModelsFileMayBeNamed() {
    String byFolder = evaluate(run).assertDone().out();
    String byFile = evaluate(run.resolve("model.safetensors")).assertDone().out();
    assertEquals(byFolder.split(" in ")[0], byFile.split(" in ")[0]);
  }

  @Test
  void anExistingResultIsLeftAsItIs() throws IOException {
    Path out = Files.writeString(folder.resolve("mine.json"), "mine");
    evaluate(run, "--out", out.toString())
        .assertFails(Raphe.WRONG_INPUT, "exists and is left as it is");
    assertEquals("mine", Files.readString(out));
    evaluate(run, "--out", folder.resolve("absent").resolve("r.json").toString())
        .assertFails(Raphe.WRONG_INPUT, "its folder does not exist");
  }

  @Test
  void modelsThatCannotBeUsedAreNamed() throws IOException {
    Path absent = folder.resolve("absent");
    evaluate(absent).assertFails(Raphe.WRONG_INPUT, "cannot read " + absent);
    evaluate(folder).assertFails(Raphe.WRONG_INPUT, "model.safetensors");
    byte[] whole = Files.readAllBytes(run.resolve("model.safetensors"));
    Path damaged = folder.resolve("damaged.safetensors");
    for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
      Files.write(damaged, Arrays.copyOf(whole, length));
      evaluate(damaged).assertFails(Raphe.WRONG_INPUT, "not a usable safetensors file");
    }
    whole[whole.length - 3] ^= 1;
    Files.write(damaged, whole);
    evaluate(damaged).assertFails(Raphe.WRONG_INPUT, "damaged");
  }

  private Path stream(String name, String... more) {
    Path learned = folder.resolve(name);
    List<String> arguments =
        new ArrayList<>(List.of("continual", "--dataset", "mnist", "--data", data.toString()));
    arguments.addAll(List.of("--quiet", "--epochs", "1", "--out", learned.toString()));
    arguments.addAll(Arrays.asList(more));
    Invocation.of(arguments).assertDone();
    return learned;
  }

  private static double told(Path learned) throws IOException {
    JsonNode result = JSON.readTree(learned.resolve("result.json").toFile());
    return result.get("test_accuracy").doubleValue();
  }

  private double evaluated(Path model, String protocol, String... more) throws IOException {
    Path out = folder.resolve("evaluated " + protocol + more.length + ".json");
    List<String> options = new ArrayList<>(Arrays.asList(more));
    options.addAll(List.of("--out", out.toString()));
    evaluate(model, options.toArray(new String[0])).assertDone();
    JsonNode result = JSON.readTree(out.toFile());
    assertEquals(protocol, result.get("protocol").asText());
    return result.get("test_accuracy").doubleValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lif", "rate"})
  void aGatedStreamsAccuracyIsTheRunsUnderItsProtocol(String neuron) throws IOException {
    for (String protocol : new String[] {"strict", "published"}) {
      Path learned =
          stream(protocol, "--neuron", neuron, "--network", "784-60-10", "--protocol", protocol);
      double told = told(learned);
      assertEquals(told, evaluated(learned, protocol, "--protocol", protocol));
      if (protocol.equals("strict")) {
        assertEquals(told, evaluated(learned, protocol), "strict unless asked otherwise");
      }
    }
  }

  @Test
  void columnsTellWhatTheyToldInTheRunWhateverTheBatch() throws IOException {
    Path learned =
        stream("columns", "--rule", "naca-competitive", "--column", "2", "--network", "784-60-10");
    double told = told(learned);
    assertTrue(told > 0.5, "bands of their own are told apart: " + told);
    assertEquals(told, evaluated(learned, "null"));
    assertEquals(told, evaluated(learned, "null", "--batch", "7"));
    evaluate(learned, "--protocol", "strict")
        .assertFails(Raphe.WRONG_INPUT, "--protocol is for networks with an input-type gate");
  }

  @Test
  void batchesThatCannotBeAreRefused() {
    evaluate(run, "--batch", "0").assertFails(Raphe.WRONG_INPUT, "batch in 1..4096");
  }

  private Path table(String name, String... classes) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int k = 0; k < 30 * classes.length; k++) {
      String label = classes[k % classes.length];
      int place = "catdogemu".indexOf(label) / 3;
      for (int feature = 0; feature < 3; feature++) {
        rows.append(feature == place ? 0.9 : 0.1 + 0.01 * (k % 7)).append(',');
      }
      rows.append(label).append('\n');
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  /** By number, dog and emu alone would be taken for cat and dog. */
  @Test
  void classesAreMatchedByName() throws IOException {
    Path learned = folder.resolve("learned");
    Invocation.of(
            List.of(
                ("train --neuron rate --network 3-20-3 --epochs 20 --quiet --dataset "
                        + table("all.csv", "cat", "dog", "emu")
                        + " --out "
                        + learned)
                    .split(" ")))
        .assertDone();
    JsonNode trained = JSON.readTree(learned.resolve("result.json").toFile());
    assertEquals("[\"cat\",\"dog\",\"emu\"]", trained.at("/dataset/class_names").toString());
    Invocation part = evaluateTable(learned, table("part.csv", "dog", "emu")).assertDone();
    assertTrue(part.out().startsWith("test accuracy 1.0000"), part.out());
    assertTrue(part.out().contains("dog    6        100.00     0   6   0"), part.out());
    assertTrue(part.err().contains("part.csv has no class cat, which the model knows"), part.err());
    evaluateTable(learned, table("renamed.csv", "cat", "dog", "emus"))
        .assertFails(Raphe.WRONG_INPUT, "renamed.csv has the class emus, unknown to the model");
  }

  private static Invocation evaluateTable(Path model, Path table) {
    return Invocation.of(
        "evaluate", "--model", model.toString(), "--dataset", table.toString(), "--backend", "cpu");
  }
}
