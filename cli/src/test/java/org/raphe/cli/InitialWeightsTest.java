package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin with the weights of another. */
class InitialWeightsTest {
  @TempDir static Path temporary;
  private static Path data;
  private static Path first;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
    first = temporary.resolve("first");
    Invocation.of(arguments(first, "--epochs", "3")).assertDone();
  }

  private static List<String> arguments(Path out, String... more) {
    List<String> arguments =
        SmallImages.train(data, out, "--network", "784-20-10", "--neuron", "rate");
    arguments.addAll(List.of("--backend", "cpu", "--threads", "1"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static JsonNode result(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("result.json").toFile());
  }

  /** A learning rate of 0 is refused, so the smallest there is leaves weights all but unchanged. */
  @Test
  void itBeginsWithTheWeightsOfTheOther() throws IOException {
    Path again = folder.resolve("again");
    String[] still = {"--epochs", "1", "--learning-rate", "1e-30", "--optimizer", "sgd"};
    List<String> typed = new ArrayList<>(arguments(again, still));
    typed.addAll(List.of("--init", first.toString()));
    Invocation.of(typed).assertDone();
    JsonNode begun = result(again);
    assertEquals(
        result(first).get("weights_sha256"),
        begun.at("/provenance/initial_weights/weights_sha256"));
    assertEquals(first.toString(), begun.at("/provenance/initial_weights/model").textValue());
    assertEquals(result(first).get("test_accuracy"), begun.get("test_accuracy"));
    assertEquals(result(first).get("confusion"), begun.get("confusion"));
    Path drawn = folder.resolve("drawn");
    Invocation.of(arguments(drawn, still)).assertDone();
    assertNotEquals(begun.get("confusion"), result(drawn).get("confusion"));
    assertTrue(result(drawn).at("/provenance/initial_weights").isMissingNode());
  }

  @Test
  void anotherNetworkIsRefusedInOneLine() {
    Path out = folder.resolve("out");
    List<String> larger = SmallImages.train(data, out, "--network", "784-30-10");
    larger.addAll(List.of("--neuron", "rate", "--init", first.toString()));
    Invocation.of(larger)
        .assertFails(
            Raphe.WRONG_INPUT,
            "they are of a network 784-20-10 rate (tanh), and this run is of 784-30-10 rate (tanh)");
    List<String> spiking = SmallImages.train(data, out, "--network", "784-20-10");
    spiking.addAll(List.of("--init", first.resolve("model.safetensors").toString()));
    Invocation.of(spiking).assertFails(Raphe.WRONG_INPUT, "this run is of 784-20-10 lif");
    Invocation.of(arguments(out, "--init", folder.resolve("absent").toString()))
        .assertFails(Raphe.WRONG_INPUT, "absent");
  }
}
