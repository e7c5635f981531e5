package org.raphe.backend.cuda;

import java.util.List;
import java.util.function.UnaryOperator;
import org.raphe.RunException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.FaultPlan;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;

/**
 * Trains networks that ask much of a device, prints all that can be seen of them, and the most
 * memory that was held; of a failure, what a user would read.
 */
final class LimitsProgram {
  /** A word that chooses one window alone, with stacks that are planted in its kernels. */
  static final String STACK = "stack";

  /** Bytes of a thread. */
  static final long STACK_BYTES = 32784;

  /** A word that chooses {@link #widest} alone. */
  static final String WIDEST = "widest";

  private LimitsProgram() {}

  public static void main(String[] words) {
    List<DeviceCase> cases = words.length == 0 ? cases() : cases().subList(3, 4);
    UnaryOperator<String> sources =
        List.of(words).contains(STACK) ? LimitsProgram::withStack : UnaryOperator.identity();
    try (CudaBackend backend = new CudaBackend(0, false, FaultPlan.none(), sources)) {
      if (List.of(words).contains(WIDEST)) {
        HarnessRun.row(widest(backend));
        return;
      }
      observe(cases, backend).forEach(HarnessRun::row);
      long reserved = backend.resources().reservedBytes();
      HarnessRun.row("stacks " + reserved);
      HarnessRun.row("data " + (backend.peakDeviceBytes() - reserved));
    } catch (RunException e) {
      HarnessRun.row("RunException: " + e.getMessage());
    }
  }

  /**
   * The hidden layer's module with local memory declared, which is all that a driver reserves it
   * by.
   */
  private static String withStack(String ptx) {
    String depot = "\t.local .align 16 .b8 \t__local_depot0[" + STACK_BYTES + "];\n";
    return ptx.contains(".entry hidden_layer_spiking")
        ? ptx.replaceFirst("\n\\{\n", "\n{\n" + depot)
        : ptx;
  }

  static List<String> observe(List<DeviceCase> cases, Backend backend) {
    return cases.stream().flatMap(each -> each.observe(backend, true).stream()).toList();
  }

  /** Windows whose chunks of inputs fill a group's memory, and windows that fill a stack. */
  static List<DeviceCase> cases() {
    return List.of(
        given("784-30-10", Mode.CLASSIFICATION, 32),
        given("784-30-10", Mode.CLASSIFICATION, 20),
        given("784-20-5", Mode.CLASS_CONTINUAL, 128),
        given("10-17-3", Mode.CLASS_CONTINUAL, 1024));
  }

  /**
   * What a layer of more inputs has learned than groups of 8 rows have room for on the second axis
   * of a grid, 524,280; the last inputs are not 0.
   */
  static String widest(Backend backend) {
    LearningSpec learning =
        LearningSpec.published(Mode.CLASSIFICATION, new Naca())
            .withOptimizer(Optimizer.Adam.of(0.01));
    DeviceCase given =
        new DeviceCase("524300-2-2", NeuronModel.RATE, Mode.CLASSIFICATION, learning, 1, 1, true);
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(1))) {
      placed.writeParameters(given.placement().initialParameters());
      BatchSchedule.train(placed, shown, new int[] {0}, 0, 1, 0, 1, 1.0);
      return placed.readParameters().sha256();
    }
  }

  private static DeviceCase given(String network, Mode mode, int steps) {
    LearningSpec learning =
        LearningSpec.published(mode, new Naca()).withOptimizer(Optimizer.Adam.of(0.01));
    return new DeviceCase(network, NeuronModel.LIF, mode, learning, steps, 2, false);
  }
}
