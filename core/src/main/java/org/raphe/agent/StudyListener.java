package org.raphe.agent;

/** What is told of a study while it runs, and what it asks. */
public interface StudyListener {
  /** Trials that every learner of a variant has had, and the share of right ones of late. */
  default void progress(StudyVariant variant, int trials, double correct) {}

  /** Whether a checkpoint is to be written now. */
  default boolean checkpointDue() {
    return false;
  }

  /** The state to write. */
  default void checkpoint(StudyState state) {}

  /** Whether the study is to stop after a checkpoint. */
  default boolean stopRequested() {
    return false;
  }
}
