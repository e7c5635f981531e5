package org.raphe.continual;

import java.util.List;
import org.raphe.backend.Counters;

/**
 * What learning one experience gave.
 *
 * @param experience its number, from 1; 0 for the initial network, which learned nothing
 * @param passes one entry a pass over its training samples
 * @param measured what was measured afterwards
 * @param changes for each layer how far its weights moved; empty for the initial network
 */
public record ExperienceMetrics(
    int experience, List<Pass> passes, Measurement measured, List<WeightChange> changes) {

  public ExperienceMetrics {
    passes = List.copyOf(passes);
    changes = List.copyOf(changes);
  }

  /** For each tested experience the test samples classified correctly afterwards: a row of R. */
  public long[] hits() {
    return measured.hits();
  }

  /** Counted over the tests afterwards. */
  public Counters test() {
    return measured.counted();
  }

  /** Batches of the tests afterwards. */
  public long testBatches() {
    return measured.batches();
  }

  /**
   * A pass over an experience's training samples.
   *
   * @param epoch from 1 in each experience
   * @param train counted while learning, each sample before its own update
   * @param measured what was measured after it; null where nothing was
   * @param seconds wall time of learning; of the process that ended it where a run was resumed
   */
  public record Pass(int epoch, Counters train, Measurement measured, double seconds) {

    /** Counted over the tests after it; null where there were none. */
    public Counters test() {
      return measured == null ? null : measured.counted();
    }
  }
}
