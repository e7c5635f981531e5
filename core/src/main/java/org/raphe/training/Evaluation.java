package org.raphe.training;

import java.util.List;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.continual.Experience;
import org.raphe.continual.Measurement;
import org.raphe.random.RandomStream;

/**
 * Shows test samples without learning, with the fixed stream of test spikes; no task label is
 * given. A batch holds samples of one group of an experience's tests: of one class in a stream.
 */
public final class Evaluation {
  private final PlacedNetwork placed;
  private final PlacedSamples samples;
  private final int batch;

  /**
   * @param batch samples shown at a time. It decides results of networks with an input-type gate
   *     alone, whose gate is made from a batch's mean input
   */
  public Evaluation(PlacedNetwork placed, PlacedSamples samples, int batch) {
    this.placed = placed;
    this.samples = samples;
    this.batch = batch;
  }

  /** Tests experiences. */
  public Measurement measure(List<Experience> experiences) {
    Counters counted = Counters.zero(placed.placement().network().layers().size());
    long[] hits = new long[experiences.size()];
    long batches = 0;
    for (int column = 0; column < hits.length; column++) {
      for (int[] group : experiences.get(column).test()) {
        batches += show(group);
      }
      Counters taken = placed.takeCounters();
      hits[column] = taken.hits();
      counted = counted.plus(taken);
    }
    return new Measurement(hits, counted, batches);
  }

  /** Shows a group in batches, and returns how many. */
  private long show(int[] group) {
    long batches = 0;
    for (int from = 0; from < group.length; from += batch) {
      int count = Math.min(batch, group.length - from);
      BatchSchedule.test(placed, samples, group, from, count, RandomStream.TEST_SPIKES.number(0));
      batches++;
    }
    return batches;
  }
}
