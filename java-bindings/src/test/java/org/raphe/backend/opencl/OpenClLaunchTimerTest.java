package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.backend.device.TimedBatches;

/** Launches are timed by the device, in their order, and nothing else changes. */
@NeedsOpenCl
class OpenClLaunchTimerTest {

  @Test
  void aTimedBatchNamesItsKernelsAndKeepsItsBits() {
    OpenClBackend backend = new OpenClBackend(NeedsOpenCl.Device.number());
    try (backend) {
      List<String> kernels =
          List.of("hidden_layer_spiking", "readout_spiking", "learn_spiking", "learn_spiking");
      assertEquals(new TimedBatches(kernels, true, true, true), TimedBatches.on(backend));
    }
    assertEquals(0, backend.resources().held());
    assertEquals(0, backend.resources().bytes());
  }
}
