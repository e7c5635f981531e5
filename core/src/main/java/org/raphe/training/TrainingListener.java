package org.raphe.training;

import org.raphe.backend.Counters;

/**
 * What a caller of {@link Trainer} is told and asked, between batches; by default it listens to
 * nothing and asks for nothing.
 */
public interface TrainingListener {

  /**
   * Some batches are done.
   *
   * @param epoch from 1
   * @param samplesDone samples of this epoch learned so far
   * @param running counted in this epoch so far
   */
  default void progress(int epoch, int samplesDone, Counters running) {}

  /** An epoch is done and measured. */
  default void epochDone(EpochMetrics metrics) {}

  /** Whether a checkpoint is due; asked between batches. */
  default boolean checkpointDue() {
    return false;
  }

  /** Takes a checkpoint. */
  default void checkpoint(TrainingState state) {}

  /** Whether to stop after this batch; the trainer then hands out a last checkpoint. */
  default boolean stopRequested() {
    return false;
  }
}
