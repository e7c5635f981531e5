package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.backend.device.TimedBatches;

/**
 * Launches are timed by events, in their order, and nothing else changes; where the device waited
 * for the host there are no times.
 */
class CudaLaunchTimerTest {

  @Test
  void aTimedBatchNamesItsKernelsAndKeepsItsBits() {
    List<String> kernels =
        List.of("hidden_layer_spiking", "readout_spiking", "learn_spiking", "learn_spiking");
    HarnessRun run = HarnessRun.of(LaunchTimerProgram.class).succeeded();
    assertEquals(
        List.of(
            new TimedBatches(kernels, true, true, true).toString(),
            "free true",
            "held 0, 0",
            "waiting []"),
        run.rows());
  }
}
