package org.raphe.volatility;

/** What is told of a run over a stream, and asked. Called on the thread that runs it. */
public interface VolatileListener {

  /**
   * A batch is done.
   *
   * @param samples samples done
   * @param accuracy share of the batch that the first learner answered right
   */
  default void progress(int samples, double accuracy) {}

  /** Whether {@link #checkpoint} is to be called. */
  default boolean checkpointDue() {
    return false;
  }

  /** Keeps a state to go on from. */
  default void checkpoint(VolatileState state) {}

  /** Whether to stop after the batch at hand; a last checkpoint is then handed out. */
  default boolean stopRequested() {
    return false;
  }
}
