package org.raphe.training;

import org.raphe.backend.Counters;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;

/**
 * What a caller of {@link Trainer} is told and asked, between batches; by default it listens to
 * nothing and asks for nothing.
 */
public interface TrainingListener {

  /** Most batches between two looks at the device's counters; fewer where batches take long. */
  default int progressBatches() {
    return 32;
  }

  /**
   * Some batches are done.
   *
   * @param experience the experience at hand
   * @param epoch pass over it, from 1
   * @param samplesDone samples of this pass learned so far
   * @param running counted in this pass so far
   */
  default void progress(Experience experience, int epoch, int samplesDone, Counters running) {}

  /** A pass is done, and measured where the stream says so. */
  default void passDone(Experience experience, ExperienceMetrics.Pass pass) {}

  /** An experience is learned and all are tested; number 0 is the initial network. */
  default void experienceDone(ExperienceMetrics metrics) {}

  /** Whether a checkpoint is due; asked between batches. */
  default boolean checkpointDue() {
    return false;
  }

  /** Takes a checkpoint. */
  default void checkpoint(TrainingState state) {}

  /**
   * Whether to stop after this batch, of training or of tests; the trainer then hands out a last
   * checkpoint. Tests that were not ended begin anew when the run goes on.
   */
  default boolean stopRequested() {
    return false;
  }
}
