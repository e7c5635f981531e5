package org.raphe.network;

/**
 * A fully connected layer: weights {@code [inputs][units]}, input-major, and one bias a unit if
 * {@code biased}.
 *
 * @param inputs N, at least 1
 * @param units H, at least 1
 * @param biased whether units have a bias
 */
public record Dense(int inputs, int units, boolean biased) implements Layer {

  /** Most weights of one layer, so that indices stay in int and a text cannot exhaust memory. */
  public static final int MAX_WEIGHTS = 1 << 28;
}
