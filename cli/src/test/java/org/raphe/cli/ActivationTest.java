package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --activation}: runs, their models, and where it is not for the network. */
class ActivationTest {
  @TempDir static Path temporary;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void write() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
  }

  private List<String> arguments(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command, "--dataset", "mnist"));
    arguments.addAll(List.of("--data", data.toString(), "--network", "784-20-12-10"));
    arguments.addAll(List.of("--epochs", "1", "--backend", "cpu"));
    arguments.addAll(List.of("--quiet", "--out", folder.resolve("run").toString()));
    arguments.addAll(List.of(options));
    return arguments;
  }

  private JsonNode run(String command, String... options) throws IOException {
    Path out = folder.resolve("run");
    Invocation.of(arguments(command, options)).assertDone();
    JsonNode result = FinishedRun.result(out);
    String evaluated =
        Invocation.of(
                "evaluate",
                "--model",
                out.resolve("model.safetensors").toString(),
                "--dataset",
                "mnist",
                "--data",
                data.toString())
            .assertDone()
            .out();
    String accuracy = "%.4f".formatted(result.get("test_accuracy").doubleValue());
    assertTrue(evaluated.contains(accuracy), accuracy + " is not in: " + evaluated);
    Files.move(out, folder.resolve("run" + folder.toFile().list().length));
    return result;
  }

  @Test
  void aRunSaysItsActivationAndItsModelKeepsIt() throws IOException {
    JsonNode unasked = run("train", "--neuron", "rate");
    JsonNode tanh = run("train", "--neuron", "rate", "--activation", "tanh");
    JsonNode relu = run("train", "--neuron", "rate", "--activation", "relu");
    assertEquals("tanh", unasked.get("activation").textValue());
    assertEquals(unasked.get("weights_sha256"), tanh.get("weights_sha256"));
    assertEquals("relu", relu.get("activation").textValue());
    assertNotEquals(unasked.get("weights_sha256"), relu.get("weights_sha256"));
    assertFalse(run("train").has("activation"), "spiking units have none");
  }

  @Test
  void streamsWithoutAGateMayBeOfRelu() throws IOException {
    JsonNode relu = run("continual", "--neuron", "rate", "--gate", "none", "--activation", "relu");
    assertEquals("relu", relu.get("activation").textValue());
    assertEquals("logistic", run("continual", "--neuron", "rate").get("activation").textValue());
  }

  @Test
  void aConfigFileMayNameIt() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "neuron: rate\nactivation: relu\n");
    JsonNode relu = run("train", "--config", config.toString());
    assertEquals("relu", relu.get("activation").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --activation=relu | activation relu is for rate units; spiking ones (neuron lif) have none",
        "train --activation=tanh | activation tanh is for rate units",
        "train --neuron=rate --activation=logistic | choose tanh or relu",
        "train --neuron=rate --activation=gelu | --activation \"gelu\" is unknown; did you mean relu?",
        "continual --neuron=rate --activation=relu | the gated units of class-continual ones are logistic",
        "continual --rule=naca-competitive --activation=tanh | --activation is not for --rule naca-competitive",
      })
  void whereItIsNotForTheNetworkItIsRefused(String typed, String part) {
    String[] words = typed.trim().split(" ");
    List<String> arguments =
        arguments(words[0], List.of(words).subList(1, words.length).toArray(String[]::new));
    Invocation.of(arguments).assertFails(Raphe.WRONG_INPUT, part.trim());
    assertTrue(Files.notExists(folder.resolve("run")), "nothing is written");
  }
}
