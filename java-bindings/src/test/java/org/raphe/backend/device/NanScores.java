package org.raphe.backend.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.network.LayerParameters;
import org.raphe.network.Parameters;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.NacaCompetitive;

/** Competing columns some or all of whose scores are NaN: biases that are NaN make them so. */
public final class NanScores {
  private static final int SIZE = 12;
  private static final int BATCH = 4;

  private NanScores() {}

  /** All that is seen of them on a backend, with every read-out. */
  public static List<String> observe(Backend backend, boolean squaredErrors) {
    List<String> lines = new ArrayList<>();
    for (AssociativeReadout readout : AssociativeReadout.values()) {
      NacaCompetitive rule = new NacaCompetitive(0.06f, 2f, readout, 0.1f);
      DeviceCase given = CompetitiveCases.of("21-300-3", BATCH, 2, 3, 1f, rule);
      for (int every : new int[] {1, 2, 3}) {
        lines.add(readout + ", NaN in every " + every + ". column");
        observe(given, backend, every, squaredErrors, lines);
      }
    }
    return lines;
  }

  private static void observe(
      DeviceCase given, Backend backend, int every, boolean squaredErrors, List<String> lines) {
    int[] order = DeviceCase.order(SIZE, 1);
    try (PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(given.samples(SIZE))) {
      given.writeInitial(placed);
      BatchSchedule.train(placed, shown, order, 0, BATCH, 0, 1, 1.0);
      placed.takeCounters();
      // Every column has won once: one that never did would win whatever its score.
      float[] won = new float[given.spec().layers().get(0).units() / 2];
      Arrays.fill(won, 1f);
      placed.writeState(placed.readState().with(NetworkState.WINS, won));
      placed.writeParameters(
          withBiases(placed.readParameters(), column -> column % every == 0 ? Float.NaN : -0.5f));
      for (int step = 2; step <= 3; step++) {
        BatchSchedule.train(placed, shown, order, BATCH * (step - 1), BATCH, 0, step, 1.0);
        DeviceCase.addState(lines, "batch " + step, placed, squaredErrors);
      }
    }
  }

  private interface BiasOfColumn {
    float of(int column);
  }

  private static Parameters withBiases(Parameters given, BiasOfColumn biases) {
    LayerParameters hidden = given.layers().get(0);
    float[] changed = hidden.biases().clone();
    for (int unit = 0; unit < changed.length; unit += 2) {
      changed[unit] = biases.of(unit / 2);
    }
    List<LayerParameters> layers = new ArrayList<>(given.layers());
    layers.set(0, new LayerParameters(hidden.weights(), changed));
    return new Parameters(layers);
  }

  /** Whether what was trained after all scores were NaN changed nothing, by the lines seen. */
  public static boolean taughtNothing(List<String> lines) {
    return lines.stream()
        .filter(line -> line.matches("batch \\d: synapse updates .*"))
        .limit(2)
        .allMatch(line -> line.endsWith(Arrays.toString(new long[] {0, 0})));
  }
}
