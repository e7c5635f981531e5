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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions from the command line: learned, written, shown again. */
class ConvolutionRunTest {
  private static final String NETWORK = "28x28x1-c4k5s2p2-pool-c6k3-20-10";

  @TempDir Path temporary;

  private Path learn(Path data, String... more) {
    Path run = temporary.resolve("run");
    List<String> options = new ArrayList<>(List.of("--backend", "cpu", "--network", NETWORK));
    options.addAll(List.of("--epochs", "1"));
    options.addAll(List.of(more));
    Invocation.of(SmallImages.train(data, run, options.toArray(String[]::new))).assertDone();
    return run;
  }

  private static JsonNode result(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("result.json").toFile());
  }

  @ParameterizedTest
  @CsvSource({"lif,naca", "rate,naca", "lif,local-error", "rate,dfa"})
  void aModelIsShownWhatItLearned(String neuron, String rule) throws IOException {
    Path data = SmallImages.write(temporary.resolve("data"));
    Path run = learn(data, "--neuron", neuron, "--rule", rule, "--threads", "2");
    JsonNode trained = result(run);
    assertEquals(NETWORK, trained.get("network").textValue());
    Path out = temporary.resolve("evaluated.json");
    List<String> shown = List.of("evaluate", "--backend", "cpu", "--threads", "1", "--quiet");
    List<String> arguments = new ArrayList<>(shown);
    arguments.addAll(List.of("--dataset", "mnist", "--data", data.toString()));
    arguments.addAll(List.of("--model", run.toString(), "--out", out.toString()));
    Invocation.of(arguments).assertDone();
    JsonNode evaluated = new ObjectMapper().readTree(out.toFile());
    assertEquals(trained.get("test_accuracy"), evaluated.get("test_accuracy"));
    assertEquals(trained.get("weights_sha256"), evaluated.get("weights_sha256"));
  }

  @Test
  void anotherNumberOfThreadsAndPlainLoopsGiveTheSameWeights() throws IOException {
    Path data = SmallImages.write(temporary.resolve("data"));
    String weights = result(learn(data)).get("weights_sha256").textValue();
    Path plain = temporary.resolve("plain");
    List<String> options =
        SmallImages.train(data, plain, "--backend", "cpu", "--network", NETWORK, "--epochs", "1");
    options.addAll(List.of("--threads", "3", "--kernels", "plain"));
    Invocation.of(options).assertDone();
    assertEquals(weights, result(plain).get("weights_sha256").textValue());
  }

  /**
   * Of ten classes. Few channels do not do for rate units, since averages even their values out;
   * and spikes do not get through a stride of 2 at first.
   */
  @ParameterizedTest
  @CsvSource({
    "lif,naca,28x28x1-c8k5p2-pool-c8k5p2-pool-80-10",
    "lif,local-error,28x28x1-c8k5p2-pool-c8k5p2-pool-80-10",
    "rate,naca,28x28x1-c16k5s2p2-pool-c32k3p1-200-10",
    "rate,local-error,28x28x1-c16k5s2p2-pool-c32k3p1-200-10"
  })
  void imagesAreToldApartByDefaultRates(String neuron, String rule, String network)
      throws IOException {
    Path data = SmallImages.write(temporary.resolve("data"));
    Path run = temporary.resolve("learned");
    List<String> options =
        SmallImages.train(data, run, "--backend", "cpu", "--network", network, "--epochs", "6");
    options.addAll(List.of("--neuron", neuron, "--rule", rule, "--batch", "8"));
    options.addAll(List.of("--steps", neuron.equals("lif") ? "8" : "1"));
    Invocation.of(options).assertDone();
    double accuracy = result(run).get("test_accuracy").doubleValue();
    assertTrue(accuracy > 0.5, () -> neuron + " " + rule + ": " + accuracy);
  }

  @Test
  void thePresetOfImagesSetsWhatIsNotTyped() throws IOException {
    Path data = SmallImages.write(temporary.resolve("data"));
    Path run = temporary.resolve("images");
    List<String> options =
        SmallImages.train(data, run, "--backend", "cpu", "--preset", "images", "--epochs", "1");
    Invocation.of(options).assertDone();
    JsonNode result = result(run);
    assertEquals("28x28x1-c32k5p2-pool-c64k5p2-pool-500-10", result.get("network").textValue());
    assertEquals("local-error", result.get("rule").textValue());
    assertEquals("learned", result.at("/learning/rule_settings/local_heads").textValue());
    assertEquals("relu", result.get("activation").textValue());
    assertEquals(64, result.at("/learning/batch").intValue());
    assertEquals(3e-3, result.at("/optimizer/learning_rate").doubleValue());
    assertEquals(1, result.get("epochs").size());
  }

  /** Interrupted in mid-run, it goes on with other loops and threads and ends with these bits. */
  @ParameterizedTest
  @CsvSource({"lif", "rate"})
  void interruptedItEndsWithTheSameBits(String neuron) throws Exception {
    Path data = SmallImages.write(temporary.resolve("data"), 400);
    Path whole = temporary.resolve("whole");
    Path run = temporary.resolve("interrupted");
    Invocation.of(threeEpochs(data, whole, neuron)).assertDone();
    List<String> options = threeEpochs(data, run, neuron);
    options.addAll(List.of("--checkpoint-seconds", "0.05", "--threads", "2"));
    ChildRun child = new ChildRun(run, "", options);
    assertTrue(child.awaitCheckpoint(null), child.output());
    assertEquals(143, child.terminate(), child.output());
    assertFalse(Files.exists(run.resolve("result.json")), "interrupted in mid-run");
    List<String> resume = new ArrayList<>(List.of("train", "--resume", "--out", run.toString()));
    resume.addAll(List.of("--threads", "1", "--kernels", "plain"));
    Invocation.of(resume).assertDone();
    FinishedRun.assertSame(whole, run);
  }

  private static List<String> threeEpochs(Path data, Path run, String neuron) {
    List<String> options = SmallImages.train(data, run, "--backend", "cpu", "--network", NETWORK);
    options.addAll(List.of("--neuron", neuron, "--batch", "8", "--epochs", "3"));
    return options;
  }
}
