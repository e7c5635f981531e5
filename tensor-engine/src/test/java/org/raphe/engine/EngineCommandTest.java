package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.engine.EngineProcess.assertHas;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code raphe train --rule bp} and bptt as users run them, with the engine on the class path. */
class EngineCommandTest {
  @TempDir Path folder;

  private EngineProcess processes;

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
    processes = new EngineProcess(folder, "train");
  }

  private static String[] small(String rule, String neuron) {
    return new String[] {
      "--threads=1",
      "--dataset=mnist",
      "--train-limit=640",
      "--test-limit=100",
      "--network=784-40-10",
      "--neuron=" + neuron,
      "--rule=" + rule
    };
  }

  @Test
  void theResultNamesRuleEngineVersionsAndHowCostWasCounted() throws Exception {
    Path out = folder.resolve("run");
    processes.run(0, out, small("bptt", "lif"));
    String result = EngineProcess.result(out);
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
    EngineProcess.assertCostKeys(out, "forward backward gradient", "");
    assertTrue(Files.exists(out.resolve("model.safetensors")));
  }

  /** SIGTERM leaves a checkpoint; the run goes on to the weights of one that was not stopped. */
  @Test
  void aStoppedRunIsContinued() throws Exception {
    Path whole = folder.resolve("whole");
    List<String> arguments = new ArrayList<>(List.of(small("bp", "rate")));
    arguments.add("--epochs=15");
    processes.run(0, whole, arguments.toArray(String[]::new));
    arguments.add("--checkpoint-seconds=0");
    Path stopped = folder.resolve("stopped");
    processes.runAndTerminate(stopped, arguments.toArray(String[]::new));
    assertFalse(Files.exists(stopped.resolve("result.json")), processes.log());
    assertHas(processes.log(), "continue with: raphe train --resume --out " + stopped);
    processes.run(0, stopped, "--resume");
    assertEquals(EngineProcess.weights(whole), EngineProcess.weights(stopped));
  }
}
