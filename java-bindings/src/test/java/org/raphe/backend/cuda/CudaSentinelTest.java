package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.backend.cpu.CpuBackend;

/**
 * Each kernel is made to write a number that no arithmetic comes to, and that number comes back:
 * what is read was computed by this kernel's PTX.
 */
class CudaSentinelTest {

  @Test
  void whatIsReadWasComputedByTheKernels() {
    String gradients;
    try (CpuBackend cpu = new CpuBackend(1)) {
      gradients = SentinelProgram.gradients(cpu, SentinelProgram.signals());
    }
    HarnessRun run = HarnessRun.of(SentinelProgram.class).succeeded();
    assertEquals(
        List.of(
            "learn_spiking: true",
            "learn_rate: true",
            "readout_spiking: true",
            "readout_rate: true",
            "hidden_layer_spiking: true",
            "hidden_layer_rate: true",
            "open_gate: true",
            "modulate: " + gradients,
            "answer: " + gradients,
            "learn_head: true",
            "activate_columns: true",
            "compete: true",
            "learn_columns: true",
            "learn_association: true",
            "learn_least_squares: true",
            "learn_inverse_correlation: true"),
        run.rows().subList(0, 16));
    assertEquals(17, run.rows().size());
    String refused = run.rows().get(16);
    assertTrue(refused.contains("is not that of the numeric contract: denormal numbers"), refused);
    assertTrue(refused.contains("the backend cpu"), refused);
  }
}
