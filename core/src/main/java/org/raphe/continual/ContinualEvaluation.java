package org.raphe.continual;

import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.random.RandomStream;

/**
 * Tests experiences under a protocol: class by class, in batches that hold one class each
 * (published) or one sample each (strict); no task label is given.
 */
public final class ContinualEvaluation {
  private final PlacedNetwork placed;
  private final PlacedSamples samples;
  private final int batch;
  private Counters counted;
  private long batches;

  /**
   * @param batch samples shown at a time
   */
  public ContinualEvaluation(PlacedNetwork placed, PlacedSamples samples, int batch) {
    this.placed = placed;
    this.samples = samples;
    this.batch = batch;
    counted = Counters.zero(placed.placement().network().layers().size());
  }

  /** Test samples of an experience that are told right. */
  public long hits(Experience experience) {
    for (int[] ofOneClass : experience.test()) {
      for (int from = 0; from < ofOneClass.length; from += batch) {
        int count = Math.min(batch, ofOneClass.length - from);
        BatchSchedule.test(
            placed, samples, ofOneClass, from, count, RandomStream.TEST_SPIKES.number(0));
        batches++;
      }
    }
    Counters taken = placed.takeCounters();
    counted = counted.plus(taken);
    return taken.hits();
  }

  /** Counted over all that was tested. */
  public Counters counted() {
    return counted;
  }

  /** Batches of all that was tested. */
  public long batches() {
    return batches;
  }
}
