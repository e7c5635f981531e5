package org.raphe.backend.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.CompetitiveCases;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.LearnerStudy;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.random.RandomStream;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.Naca;

/**
 * Trains tiny networks that use every kernel and prints what came of them; run as a process of its
 * own under a simulator that watches each access to memory, some thousand times slower than a
 * device.
 */
final class OclgrindCheck {
  private static final String LEARNERS = "learners";

  /** Every kernel of both modes; scalars and vectors of four; two tiles and two words of steps. */
  static final List<String> CASES =
      List.of(
          "1 9-5-4-3 LIF CLASSIFICATION 3",
          "1 9-5-3 LIF CLASS_CONTINUAL 3",
          "1 9-5-4-3 RATE CLASSIFICATION 1",
          "1 9-5-3 RATE CLASS_CONTINUAL 1",
          "4 9-70-3 LIF CLASSIFICATION 33",
          "4 9-70-3 LIF CLASS_CONTINUAL 3",
          "4 9-70-3 RATE CLASSIFICATION 1",
          "4 9-5-4-3 RATE CLASS_CONTINUAL 1",
          "1 4x3x1-c2k2p1-pool-4-3 LIF CLASSIFICATION 3",
          "4 4x3x1-c2k2p1-pool-3 LIF CLASSIFICATION 33",
          "4 3x3x1-c66k2-3 RATE CLASSIFICATION 1",
          "1 9-18-3 WINNER CLASSIFICATION 1",
          "1 9-18-3 RLS CLASS_CONTINUAL 1",
          "4 9-18-3 RLS CLASSIFICATION 1",
          "1 " + LEARNERS);

  /** The system property that plants a fault, to see that it is reported. */
  static final String PLANTED = "raphe.planted";

  /** No work-item waits for what the others list. */
  static final String RACE = "race";

  /** Counts of spikes begin with what happens to stand in local memory. */
  static final String UNWRITTEN = "unwritten";

  private OclgrindCheck() {}

  public static void main(String[] names) {
    for (String name : names) {
      int lanes = Integer.parseInt(name.split(" ")[0]);
      int local = name.endsWith(LEARNERS) ? 32 << 10 : 16 << 10;
      DeviceLimits limits = new DeviceLimits(lanes, 64, local, 1 << 28, 1 << 28);
      try (OpenClBackend backend =
          new OpenClBackend(0, limits, FaultPlan.none(), OclgrindCheck::callable)) {
        System.out.println("device " + backend.device());
        lines(backend, name).forEach(System.out::println);
      }
    }
  }

  /** The simulator does not know what inlining leaves in the code (noalias scopes): plain calls. */
  private static String callable(String source) {
    String plain = source.replace("__attribute__((always_inline))", "");
    return switch (System.getProperty(PLANTED, "nothing")) {
      case RACE ->
          plain.replace("BARRIER();\n  const uint count = offsets", "const uint count = offsets");
      case UNWRITTEN -> plain.replace("list.spikes[k] = 0;", "");
      default -> plain;
    };
  }

  /** What the plain loops of the CPU backend come to. */
  static List<String> expected(String name) {
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      return lines(cpu, name);
    }
  }

  /** A case by its words: lanes, network, units or how columns are read, mode and steps. */
  private static DeviceCase named(String name) {
    String[] parts = name.split(" ");
    Mode mode = Mode.valueOf(parts[3]);
    boolean continual = mode == Mode.CLASS_CONTINUAL;
    if (Arrays.stream(AssociativeReadout.values()).anyMatch(r -> r.name().equals(parts[2]))) {
      return CompetitiveCases.small(AssociativeReadout.valueOf(parts[2]), 2);
    }
    LearningSpec learning =
        new LearningSpec(
            new Naca(),
            Optimizer.Adam.of(0.01),
            new Optimizer.Sgd(0.05),
            continual ? ReadoutLoss.CONTINUAL : ReadoutLoss.crossEntropy(20f),
            continual ? SignalGain.CONSTANT : SignalGain.SURPRISE);
    NeuronModel neuron = NeuronModel.valueOf(parts[2]);
    return new DeviceCase(
        parts[1], neuron, mode, learning, Integer.parseInt(parts[4]), 2, !continual);
  }

  private static List<String> lines(Backend backend, String name) {
    if (name.endsWith(LEARNERS)) {
      return LearnerStudy.observeSmall(backend);
    }
    DeviceCase given = named(name);
    List<String> lines = new ArrayList<>();
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(3))) {
      given.writeInitial(placed);
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
