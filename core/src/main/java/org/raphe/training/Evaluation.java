package org.raphe.training;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.PredictedClass;
import org.raphe.continual.Confusion;
import org.raphe.continual.Experience;
import org.raphe.continual.Measurement;
import org.raphe.data.Samples;
import org.raphe.random.RandomStream;

/**
 * Shows test samples without learning, with the fixed stream of test spikes; no task label is
 * given. A batch holds samples of one group of an experience's tests: of one class in a stream.
 */
public final class Evaluation {
  /** Batches between two waits for the device. */
  private static final int MOST_BATCHES = 256;

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
    return measure(experiences, () -> false);
  }

  /**
   * Tests experiences, unless asked to stop.
   *
   * @param stop asked after each batch
   * @return null if asked to stop; nothing is then left in the device's counters
   */
  public Measurement measure(List<Experience> experiences, BooleanSupplier stop) {
    Counters counted = Counters.zero(placed.placement().network().layers().size());
    Pace pace = new Pace(MOST_BATCHES);
    long[] hits = new long[experiences.size()];
    long batches = 0;
    for (int column = 0; column < hits.length; column++) {
      for (int[] group : experiences.get(column).test()) {
        for (int from = 0; from < group.length; from += batch) {
          showBatch(group, from);
          batches++;
          if (pace.batch()) {
            Counters taken = placed.takeCounters();
            hits[column] += taken.hits();
            counted = counted.plus(taken);
            pace.waited();
          }
          if (stop.getAsBoolean()) {
            placed.takeCounters();
            return null;
          }
        }
      }
      Counters taken = placed.takeCounters();
      hits[column] += taken.hits();
      counted = counted.plus(taken);
    }
    return new Measurement(hits, counted, batches);
  }

  /**
   * Tests experiences for which class is taken for which.
   *
   * @param labelled the samples, for their labels
   */
  public Confusion confusion(List<Experience> experiences, Samples labelled) {
    Confusion confusion = new Confusion(labelled.classes());
    for (Experience experience : experiences) {
      for (int[] group : experience.test()) {
        show(group, (sample, predicted) -> confusion.add(labelled.label(sample), predicted));
      }
    }
    placed.takeCounters();
    return confusion;
  }

  /** Shows a group in batches and tells what each of its samples is taken for. */
  private void show(int[] group, Told told) {
    int classes = placed.placement().network().classes();
    for (int from = 0; from < group.length; from += batch) {
      int count = showBatch(group, from);
      float[] outputs = placed.readOutputs();
      for (int k = 0; k < count; k++) {
        told.of(group[from + k], PredictedClass.of(outputs, k * classes, classes));
      }
    }
  }

  /** Receives what a sample is taken for. */
  private interface Told {
    void of(int sample, int predicted);
  }

  private int showBatch(int[] group, int from) {
    int count = Math.min(batch, group.length - from);
    BatchSchedule.test(placed, samples, group, from, count, RandomStream.TEST_SPIKES.number(0));
    return count;
  }
}
