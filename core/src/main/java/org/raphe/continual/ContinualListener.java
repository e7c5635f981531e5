package org.raphe.continual;

import org.raphe.backend.Counters;

/**
 * What a caller of {@link ContinualTrainer} is told and asked; by default it listens to nothing and
 * asks for nothing.
 */
public interface ContinualListener {

  /**
   * Some batches are done.
   *
   * @param experience the experience at hand
   * @param epoch pass over it, from 1
   * @param samplesDone samples of this pass learned so far
   * @param running counted in this pass so far
   */
  default void progress(Experience experience, int epoch, int samplesDone, Counters running) {}

  /** An experience is learned and all are tested; number 0 is the initial network. */
  default void experienceDone(ExperienceMetrics metrics) {}

  /** Whether a checkpoint is due; asked between batches. */
  default boolean checkpointDue() {
    return false;
  }

  /** Takes a checkpoint. */
  default void checkpoint(ContinualState state) {}

  /** Whether to stop after this batch; the trainer then hands out a last checkpoint. */
  default boolean stopRequested() {
    return false;
  }
}
