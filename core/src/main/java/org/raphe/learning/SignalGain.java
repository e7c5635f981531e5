package org.raphe.learning;

import java.util.Locale;

/**
 * What multiplies a hidden layer's learning signal for a sample: one scalar, broadcast to every
 * unit of every hidden layer.
 */
public enum SignalGain {
  /** 1: the published rule. */
  CONSTANT,
  /**
   * Surprise, as noradrenaline and dopamine carry it: 1 - p, where p is the read-out's own
   * probability of the expected class, softmax(S y), and at least {@link #LEAST}. A sample that the
   * network already classifies well changes little. No weight of another layer is needed.
   */
  SURPRISE;

  /**
   * The gain of a sample that does not surprise at all: never 0, so that what counts as a learning
   * operation does not depend on rounding.
   */
  public static final float LEAST = 0x1p-24f;

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
