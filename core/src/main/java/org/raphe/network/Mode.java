package org.raphe.network;

/**
 * Which of the two published forms of the network is meant; they differ in more than the task
 * (docs/ALGORITHM.md, sections 2, 4 and 5).
 */
public enum Mode {
  /**
   * All classes at once: identity current, biases everywhere, no input gate, mean-squared or
   * cross-entropy read-out.
   */
  CLASSIFICATION,
  /**
   * Classes one after another: logistic current, hidden layers gated by the input's type and
   * without bias, read-out error at the last step only.
   */
  CLASS_CONTINUAL
}
