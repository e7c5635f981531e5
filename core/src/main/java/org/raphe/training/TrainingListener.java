package org.raphe.training;

import org.raphe.backend.Counters;

/** What a caller of {@link Trainer} is told and asked, between batches. */
public interface TrainingListener {

  /**
   * Some batches are done.
   *
   * @param epoch from 1
   * @param samplesDone samples of this epoch learned so far
   * @param running counted in this epoch so far
   */
  void progress(int epoch, int samplesDone, Counters running);

  /** An epoch is done and measured. */
  void epochDone(EpochMetrics metrics);

  /** Whether a checkpoint is due; asked between batches. */
  boolean checkpointDue();

  /** Takes a checkpoint. */
  void checkpoint(TrainingState state);

  /** Whether to stop after this batch; the trainer then hands out a last checkpoint. */
  boolean stopRequested();
}
