package org.raphe.training;

import java.util.Arrays;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.network.Mode;
import org.raphe.random.RandomStream;

/**
 * Shows samples without learning. A sample's result never depends on the batch it is shown in:
 * class-continual networks, whose gate is made from a batch's mean input, are shown one sample at a
 * time.
 */
public final class Evaluation {
  private Evaluation() {}

  /** Shows all samples in order, with the fixed stream of test spikes. */
  public static Counters run(PlacedNetwork placed, PlacedSamples samples) {
    int[] order = new int[samples.size()];
    Arrays.setAll(order, k -> k);
    boolean gated = placed.placement().network().mode() == Mode.CLASS_CONTINUAL;
    int batch = gated ? 1 : placed.placement().batch();
    for (int from = 0; from < order.length; from += batch) {
      BatchSchedule.test(
          placed,
          samples,
          order,
          from,
          Math.min(batch, order.length - from),
          RandomStream.TEST_SPIKES.number(0));
    }
    return placed.takeCounters();
  }
}
