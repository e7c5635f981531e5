package org.raphe.continual;

import java.util.List;
import org.raphe.backend.Counters;

/**
 * What learning one experience gave.
 *
 * @param experience its number, from 1; 0 for the initial network, which learned nothing
 * @param passes one entry a pass over its training samples
 * @param hits for each tested experience the test samples told right afterwards: a row of R
 * @param test counted over those tests
 * @param testBatches batches of those tests
 * @param changes for each layer how far its weights moved; empty for the initial network
 */
public record ExperienceMetrics(
    int experience,
    List<Pass> passes,
    long[] hits,
    Counters test,
    long testBatches,
    List<WeightChange> changes) {

  public ExperienceMetrics {
    passes = List.copyOf(passes);
    changes = List.copyOf(changes);
  }

  /**
   * A pass over an experience's training samples.
   *
   * @param epoch from 1 in each experience
   * @param train counted while learning, each sample before its own update
   * @param seconds wall time of learning; of the process that ended it where a run was resumed
   */
  public record Pass(int epoch, Counters train, double seconds) {}
}
