package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.engine.EngineProcess.assertHas;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code raphe continual} with the engine's rules, as users run it. */
class EngineContinualCommandTest {
  private static final long SYNAPSES = 784 * 20 + 20 * 10;
  private static final long PARAMETERS = SYNAPSES + 20 + 10;

  @TempDir Path folder;
  private EngineProcess processes;

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
    processes = new EngineProcess(folder, "continual");
  }

  /** Two passes an experience. */
  private static String[] small(String rule, String neuron, String... more) {
    return arguments(rule, neuron, Stream.concat(Stream.of("--epochs=2"), Stream.of(more)));
  }

  /** Long enough to be stopped. */
  private static String[] longer(String rule, String neuron, String... more) {
    return arguments(rule, neuron, Stream.concat(Stream.of("--epochs=12"), Stream.of(more)));
  }

  private static String[] arguments(String rule, String neuron, Stream<String> more) {
    return Stream.concat(
            Stream.of(
                "--threads=1",
                "--dataset=mnist",
                "--train-limit=400",
                "--test-limit=100",
                "--network=784-20-10",
                "--classes-per-experience=4",
                "--batch=32",
                "--stop-accuracy=none",
                "--neuron=" + neuron,
                "--rule=" + rule),
            more)
        .toArray(String[]::new);
  }

  @Test
  void theResultNamesRuleLambdaAndAllThatConsolidationCost() throws Exception {
    Path out = folder.resolve("run");
    processes.run(0, out, small("ewc", "lif", "--steps=3", "--ewc-lambda=20", "--quiet"));
    String result = EngineProcess.result(out);
    long fisher = count(result, "fisher_samples");
    assertTrue(fisher > 200 && fisher < 400, "two of three experiences: " + fisher);
    assertHas(
        result,
        "\"command\":\"continual\"",
        "\"rule\":\"ewc\"",
        "\"gate\":\"none\"",
        "\"ewc_lambda\":20.0",
        "\"backend\":{\"name\":\"engine\"",
        "\"counted_by\":\"formula\"",
        "\"synaptic_operations\":{\"forward\":null,",
        "\"peak_memory_bytes\":null",
        "\"energy_estimate_joules\":null",
        "\"fisher_forward\":" + fisher * 3 * SYNAPSES,
        "\"fisher_gradient\":" + fisher * 4 * SYNAPSES,
        "\"anchors\":" + 2 * 3 * PARAMETERS,
        "\"consolidation_bytes\":" + 8 * PARAMETERS,
        "\"published_operations\":" + 12.0 * SYNAPSES,
        "\"macs\":" + (2 * 400 + fisher) * 3 * SYNAPSES,
        "\"forgetting\":{\"value\":",
        "\"weight_changes\":{",
        "\"log10_counts\":[");
    EngineProcess.assertCostKeys(
        out,
        "forward backward gradient fisher_forward fisher_backward fisher_gradient penalty anchors",
        "fisher_samples fisher_seconds largest_fisher consolidation_bytes"
            + " published_operations published_operations_reason ");
    assertTrue(Files.exists(out.resolve("model.safetensors")));
  }

  private static long count(String result, String key) {
    String from = result.substring(result.indexOf("\"" + key + "\":") + key.length() + 3);
    return Long.parseLong(from.replaceFirst("\\D.*", ""));
  }

  @Test
  void plainBackPropagationHasNothingOfConsolidation() throws Exception {
    Path out = folder.resolve("run");
    processes.run(0, out, small("bp", "rate", "--optimizer=sgd", "--protocol=published"));
    String result = EngineProcess.result(out);
    assertHas(
        result,
        "\"rule\":\"bp\"",
        "\"protocol\":\"published\"",
        "\"optimizer\":{\"name\":\"sgd\",\"learning_rate\":5.0E-4",
        "\"published_operations\":" + 2.0 * SYNAPSES,
        "\"macs\":" + 2 * 400 * SYNAPSES + ",");
    assertFalse(result.contains("ewc_lambda") || result.contains("fisher"), result);
    EngineProcess.assertCostKeys(
        out, "forward backward gradient", "published_operations published_operations_reason ");
    assertHas(processes.log(), "experience 3 of 3");
  }

  /** SIGTERM leaves a checkpoint in mid-stream; the run goes on to the weights of a whole one. */
  @ParameterizedTest
  @ValueSource(strings = {"rate", "lif"})
  void aStoppedStreamIsContinued(String neuron) throws Exception {
    Path whole = folder.resolve("whole");
    processes.run(0, whole, longer("ewc", neuron, "--ewc-lambda=20"));
    Path stopped = folder.resolve("stopped");
    processes.runAndTerminate(
        stopped, longer("ewc", neuron, "--ewc-lambda=20", "--checkpoint-seconds=0"));
    assertFalse(Files.exists(stopped.resolve("result.json")), processes.log());
    assertHas(processes.log(), "continue with: raphe continual --resume --out " + stopped);
    processes.run(0, stopped, "--resume");
    assertEquals(EngineProcess.weights(whole), EngineProcess.weights(stopped));
  }

  @Test
  void aStreamOfAnotherLambdaIsNotContinued() throws Exception {
    Path stopped = folder.resolve("stopped");
    processes.runAndTerminate(
        stopped, longer("ewc", "rate", "--ewc-lambda=20", "--checkpoint-seconds=0"));
    processes.run(2, stopped, "--resume", "--ewc-lambda=21");
    assertHas(processes.log(), "with --ewc-lambda 21.0, which the run has as 20.0");
  }

  @Test
  void divergenceIsAFailedRunInOneLine() throws Exception {
    Path out = folder.resolve("run");
    processes.run(
        1, out, small("ewc", "rate", "--optimizer=sgd", "--learning-rate=1", "--ewc-lambda=1e12"));
    assertHas(
        processes.log(), "raphe: learning diverged", "or lambda of elastic weight consolidation");
  }
}
