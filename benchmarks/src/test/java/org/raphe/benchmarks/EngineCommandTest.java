package org.raphe.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code raphe train --rule bp} and bptt as users run them, with the engine on the class path. */
class EngineCommandTest {
  private static final long MOST_SECONDS = 120;

  @TempDir Path folder;

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
  }

  private Process start(Path out, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.raphe.cli.Raphe"));
    command.addAll(List.of("train", "--threads", "1", "--out", out.toString()));
    command.addAll(Arrays.asList(more));
    Path log = folder.resolve("log");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void run(int status, Path out, String... more) throws Exception {
    Process process = start(out, more);
    assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS), this::log);
    assertEquals(status, process.exitValue(), log());
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String[] small(String rule, String neuron) {
    return new String[] {
      "--dataset=mnist",
      "--train-limit=640",
      "--test-limit=100",
      "--network=784-40-10",
      "--neuron=" + neuron,
      "--rule=" + rule
    };
  }

  private static void assertHas(String result, String... parts) {
    for (String part : parts) {
      assertTrue(result.contains(part), part + " is not in " + result);
    }
  }

  @Test
  void theResultNamesRuleEngineVersionsAndHowCostWasCounted() throws Exception {
    Path out = folder.resolve("run");
    run(0, out, small("bptt", "lif"));
    String result = Files.readString(out.resolve("result.json")).replaceAll("\\s+", "");
    assertHas(
        result,
        "\"rule\":\"bptt\"",
        "\"backend\":{\"name\":\"engine\"",
        "\"pytorch\":\"" + PyTorchEngine.libraryVersion() + "\"",
        "\"djl\":\"" + PyTorchEngine.djlVersion() + "\"",
        "\"synaptic_operations\":{\"forward\":null,",
        "\"macs\":" + 3L * 640 * 20 * (784 * 40 + 40 * 10),
        "\"counted_by\":\"formula\"",
        "\"peak_memory_bytes\":null",
        "\"readout_credit\":\"chain\"",
        "\"gain\":\"constant\"");
    assertTrue(Files.exists(out.resolve("model.safetensors")));
  }

  /** SIGTERM leaves a checkpoint; the run goes on to the weights of one that was not stopped. */
  @Test
  void aStoppedRunIsContinued() throws Exception {
    Path whole = folder.resolve("whole");
    List<String> arguments = new ArrayList<>(List.of(small("bp", "rate")));
    arguments.add("--epochs=15");
    run(0, whole, arguments.toArray(String[]::new));
    arguments.add("--checkpoint-seconds=0");
    Path stopped = folder.resolve("stopped");
    Process process = start(stopped, arguments.toArray(String[]::new));
    while (process.isAlive() && !Files.exists(stopped.resolve("checkpoint.safetensors"))) {
      Thread.sleep(5);
    }
    process.destroy();
    assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS), this::log);
    assertFalse(Files.exists(stopped.resolve("result.json")), log());
    assertHas(log(), "continue with: raphe train --rule bp --resume --out " + stopped);
    run(0, stopped, "--rule=bp", "--resume");
    assertEquals(weights(whole), weights(stopped));
  }

  private static String weights(Path run) throws IOException {
    return Files.readString(run.resolve("result.json"))
        .lines()
        .filter(line -> line.contains("weights_sha256"))
        .findFirst()
        .orElseThrow();
  }
}
