package org.raphe.network;

import java.util.Locale;

/** What a unit computes. */
public enum NeuronModel {
  /** Leaky integrate-and-fire, over a window of T steps. */
  LIF,
  /**
   * Rate unit: tanh (classification) or logistic (class-continual) in hidden layers, logistic in
   * the output layer.
   */
  RATE;

  /** The name users type: {@code lif} or {@code rate}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
