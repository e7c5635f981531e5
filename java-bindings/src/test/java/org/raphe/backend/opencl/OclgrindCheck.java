package org.raphe.backend.opencl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.FaultPlan;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.Rule;
import org.raphe.learning.SignalGain;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.neuromodulation.InnervationDistribution;
import org.raphe.neuromodulation.ModulationCurve;
import org.raphe.random.RandomStream;

/**
 * Trains tiny networks that use every kernel and prints what came of them; run as a process of its
 * own under a simulator that watches each access to memory, some thousand times slower than a
 * device.
 */
final class OclgrindCheck {
  /** The smallest work-groups that still pass on barriers between work-items. */
  private static final DeviceLimits LIMITS = new DeviceLimits(1, 64, 16 << 10, 1 << 28, 1 << 28);

  private OclgrindCheck() {}

  public static void main(String[] names) {
    try (OpenClBackend backend =
        new OpenClBackend(0, LIMITS, FaultPlan.none(), UnaryOperator.identity())) {
      System.out.println("device " + backend.device());
      for (String name : names) {
        lines(backend, name).forEach(System.out::println);
      }
    }
  }

  /** What the plain loops of the CPU backend come to. */
  static List<String> expected(String name) {
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      return lines(cpu, name);
    }
  }

  /** A case by name, such as {@code LIF.CLASSIFICATION}. */
  private static DeviceCase named(String name) {
    String[] parts = name.split("[.]");
    NeuronModel neuron = NeuronModel.valueOf(parts[0]);
    Mode mode = Mode.valueOf(parts[1]);
    boolean continual = mode == Mode.CLASS_CONTINUAL;
    LearningSpec learning =
        new LearningSpec(
            Rule.NACA,
            Optimizer.Adam.of(0.01),
            new Optimizer.Sgd(0.05),
            continual ? ReadoutLoss.CONTINUAL : ReadoutLoss.crossEntropy(20f),
            ModulationCurve.PUBLISHED,
            InnervationDistribution.UNIFORM,
            continual ? SignalGain.CONSTANT : SignalGain.SURPRISE);
    int steps = neuron == NeuronModel.LIF ? 3 : 1;
    return new DeviceCase("9-5-4-3", neuron, mode, learning, steps, 2, !continual);
  }

  private static List<String> lines(Backend backend, String name) {
    DeviceCase given = named(name);
    List<String> lines = new ArrayList<>();
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(3))) {
      placed.writeParameters(given.parameters());
      for (int batch = 1; batch <= 2; batch++) {
        int stream = RandomStream.TRAINING_SPIKES.number(1);
        int[] order = DeviceCase.order(3, 1);
        BatchSchedule.train(placed, shown, order, 2 * batch - 2, 3 - batch, stream, batch, 1.0);
        DeviceCase.addState(lines, name + " batch " + batch, placed, true);
      }
    }
    return lines;
  }
}
