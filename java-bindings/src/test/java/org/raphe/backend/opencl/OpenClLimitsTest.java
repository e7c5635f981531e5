package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.RunException;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.FaultPlan;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;

/** A device of other limits gives the same bits, or is refused in one line. */
@NeedsOpenCl
class OpenClLimitsTest {
  private static final long ROOM = 1 << 28;

  /** 1600 bytes make the 37 inputs come in two chunks or more: four of spikes, twenty of values. */
  @ParameterizedTest
  @CsvSource({
    "1, 256, 16384, LIF, CLASS_CONTINUAL, 5",
    "1, 64, 1600, LIF, CLASSIFICATION, 33",
    "1, 64, 1600, RATE, CLASSIFICATION, 1",
    "4, 4096, 16384, LIF, CLASSIFICATION, 6",
    "8, 64, 16384, LIF, CLASS_CONTINUAL, 5",
    "16, 64, 2400, LIF, CLASSIFICATION, 18",
    "16, 4, 16384, RATE, CLASS_CONTINUAL, 1"
  })
  void givesTheSameBits(
      int lanes, int workGroup, int localMemory, NeuronModel neuron, Mode mode, int steps) {
    DeviceCase given = given(neuron, mode, steps);
    List<String> expected;
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      expected = given.observe(cpu, NeedsOpenCl.Device.hasDoubles());
    }
    try (OpenClBackend backend = limited(lanes, workGroup, localMemory)) {
      assertTrue(backend.versions().get("shape").startsWith(lanes + " lanes, groups of "));
      List<String> actual = given.observe(backend, NeedsOpenCl.Device.hasDoubles());
      assertEquals(String.join("\n", expected), String.join("\n", actual));
    }
  }

  private static DeviceCase given(NeuronModel neuron, Mode mode, int steps) {
    LearningSpec learning =
        LearningSpec.published(mode, new Naca()).withOptimizer(Optimizer.Adam.of(0.01));
    return new DeviceCase("37-70-5", neuron, mode, learning, steps, 9, neuron == NeuronModel.LIF);
  }

  private static OpenClBackend limited(int lanes, int workGroup, int localMemory) {
    DeviceLimits limits = new DeviceLimits(lanes, workGroup, localMemory, ROOM, ROOM);
    return new OpenClBackend(NeedsOpenCl.Device.number(), limits, FaultPlan.none(), s -> s);
  }

  @Test
  void tooLittleLocalMemoryIsRefusedInOneLine() {
    DeviceCase given = given(NeuronModel.LIF, Mode.CLASSIFICATION, 20);
    try (OpenClBackend backend = limited(1, 64, 1200)) {
      RunException refused = assertThrows(RunException.class, () -> given.observe(backend, false));
      String message = refused.getMessage();
      String own = "kernel hidden_layer_spiking takes [1-9][0-9]+ bytes of local memory";
      String each =
          " and [1-9][0-9]+ for four inputs, but .* allows 1200 in all; choose fewer steps or";
      assertTrue(message.matches(own + each + " another device"), message);
    }
  }

  @Test
  void tooSmallWorkGroupsAreRefusedInOneLine() {
    RunException refused = assertThrows(RunException.class, () -> limited(1, 3, 16384));
    assertEquals(
        "a work-group of 3 cannot hold a tile of 64 units; use another device",
        refused.getMessage());
  }
}
