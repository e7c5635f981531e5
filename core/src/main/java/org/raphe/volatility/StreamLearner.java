package org.raphe.volatility;

import org.raphe.tensor.NamedTensors;

/** A read-out, or several, that learn a stream online: first they answer, then they learn. */
public interface StreamLearner {

  /** Its name in results and files. */
  String name();

  /**
   * Answers a batch and then learns it.
   *
   * @param answers receives the class told for each sample, before any change
   */
  void learn(StreamBatch batch, int[] answers);

  /** Multiply-accumulates so far, of answering and of learning. */
  long products();

  /** All that the next batch depends on; values are not copied. */
  NamedTensors state();

  /** Goes on from a state of the same names and shapes. */
  void restore(NamedTensors state);
}
