package org.raphe.backend.device;

import java.util.ArrayList;
import java.util.List;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Eprop;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;

/** Several batches between two looks at a network, fewer and more than are sent together. */
public final class SeveralBatches {
  /** Batches between looks. */
  private static final int[] BETWEEN = {1, 7, 8, 9, 17};

  private static final int BATCH = 3;
  private static final int SAMPLES = 7;

  private SeveralBatches() {}

  /** Networks whose batches differ in what they launch. */
  public static List<DeviceCase> cases() {
    return List.of(
        of("9-17-3", NeuronModel.LIF, Mode.CLASSIFICATION, new Naca()),
        of("9-17-3", NeuronModel.LIF, Mode.CLASS_CONTINUAL, new Naca()),
        of("9-17-3", NeuronModel.LIF, Mode.CLASSIFICATION, new Eprop()),
        of("9-17-9-3", NeuronModel.RATE, Mode.CLASSIFICATION, new DirectRandomTargetProjection()),
        of("9-17-3", NeuronModel.RATE, Mode.CLASS_CONTINUAL, new Naca()),
        CompetitiveCases.small(AssociativeReadout.RLS, BATCH));
  }

  /** A network of one kind. */
  public static DeviceCase of(String network, NeuronModel neuron, Mode mode, Rule rule) {
    int steps = neuron == NeuronModel.LIF ? 5 : 1;
    LearningSpec learning = LearningSpec.published(mode, rule);
    return new DeviceCase(network, neuron, mode, learning, steps, BATCH, true);
  }

  /** All that can be seen at each look, the case's name and the batches at the lines' beginning. */
  public static List<String> rows(Backend backend, boolean squaredErrors) {
    List<String> rows = new ArrayList<>();
    for (DeviceCase given : cases()) {
      for (int between : BETWEEN) {
        List<String> lines = new ArrayList<>();
        observe(lines, backend, given, between, squaredErrors);
        lines.forEach(line -> rows.add(given + ", " + between + " batches: " + line));
      }
    }
    return rows;
  }

  private static void observe(
      List<String> lines, Backend backend, DeviceCase given, int between, boolean squaredErrors) {
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(SAMPLES))) {
      given.writeInitial(placed);
      for (int look = 0; look < 2; look++) {
        train(placed, shown, look * between, between);
        DeviceCase.addState(lines, "look " + look, placed, squaredErrors);
      }
      for (int batch = 0; batch < between; batch++) {
        train(placed, shown, 2 * between + batch, 1);
        BatchSchedule.test(placed, shown, DeviceCase.order(SAMPLES, 1), batch % 4, 2, 0);
      }
      DeviceCase.addState(lines, "tests between", placed, squaredErrors);
    }
  }

  /**
   * Trains so many batches of three samples and of two in turns, each with steps and spikes of its
   * own.
   */
  public static void train(PlacedNetwork placed, PlacedSamples shown, int first, int batches) {
    int[] order = DeviceCase.order(SAMPLES, 1);
    for (int k = 0; k < batches; k++) {
      int number = first + k + 1;
      BatchSchedule.train(
          placed, shown, order, number % 5, BATCH - k % 2, number, number, 1.0 / number);
    }
  }
}
