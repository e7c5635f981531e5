package org.raphe.network;

/** A layer of a network, fed forward only. Its weights are {@code [inputs][units]}, input-major. */
public sealed interface Layer permits Dense, Columns {

  /** N, numbers that it takes of a sample and step; at least 1. */
  int inputs();

  /** H, units; at least 1. */
  int units();

  /** Whether units have a bias. */
  boolean biased();

  /** Number of weights. */
  default int weights() {
    return inputs() * units();
  }

  /** Number of parameters: weights and biases. */
  default int parameters() {
    return weights() + (biased() ? units() : 0);
  }
}
