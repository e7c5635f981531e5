package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.RunException;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.SeveralBatches;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;

/** Batches that are sent together. */
@NeedsOpenCl
class OpenClSeveralBatchesTest {

  private static OpenClBackend open(FaultPlan faults) {
    return new OpenClBackend(NeedsOpenCl.Device.number(), null, faults, source -> source);
  }

  @Test
  void whatIsSentTogetherHasTheCpusBits() {
    boolean squaredErrors = NeedsOpenCl.Device.hasDoubles();
    List<String> expected;
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      expected = SeveralBatches.rows(cpu, squaredErrors);
    }
    try (OpenClBackend backend = open(FaultPlan.none())) {
      assertEquals(expected, SeveralBatches.rows(backend, squaredErrors));
    }
  }

  /** Trains eight batches and looks at them. */
  private static String weights(OpenClBackend backend) {
    DeviceCase given =
        SeveralBatches.of("9-17-3", NeuronModel.LIF, Mode.CLASSIFICATION, new Naca());
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(7))) {
      given.writeInitial(placed);
      SeveralBatches.train(placed, shown, 0, 8);
      return placed.readParameters().sha256();
    }
  }

  @Test
  void aFailedCopyOfRowsIsOneLineAndLosesNothing() {
    String undisturbed;
    try (OpenClBackend backend = open(FaultPlan.none())) {
      undisturbed = weights(backend);
    }
    String message = "";
    for (int which = 1; !message.contains("rows of batches, 128 bytes)"); which++) {
      OpenClBackend backend = open(FaultPlan.parse("clEnqueueWriteBuffer:" + (20 + which) + ":-5"));
      try (backend) {
        message = assertThrows(RunException.class, () -> weights(backend)).getMessage();
        assertTrue(message.startsWith("OpenCL call clEnqueueWriteBuffer ("), message);
        assertEquals(1, message.lines().count(), message);
        assertEquals(0, backend.resources().bytes(), message);
        assertEquals(undisturbed, weights(backend), message);
      }
      assertEquals(0, backend.resources().held(), message);
    }
  }
}
