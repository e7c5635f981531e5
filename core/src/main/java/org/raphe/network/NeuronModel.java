package org.raphe.network;

import java.util.Locale;

/** What a unit computes. */
public enum NeuronModel {
  /** Leaky integrate-and-fire, over a window of T steps. */
  LIF,
  /** Rate unit: an {@link Activation} in hidden layers, logistic or softmax in the read-out. */
  RATE;

  /** The name users type: {@code lif} or {@code rate}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
