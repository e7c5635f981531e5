package org.raphe.network;

import org.raphe.InputException;

/**
 * Shape of one sample: {@code rows x columns x channels}. A plain vector of n features is {@code 1
 * x n x 1}.
 *
 * @param rows height, at least 1
 * @param columns width, at least 1
 * @param channels channels, at least 1
 */
public record InputShape(int rows, int columns, int channels) {

  /** Largest number of features of a sample, so that sizes from files cannot exhaust memory. */
  public static final int MAX_SIZE = 1 << 24;

  public InputShape {
    long area = (long) rows * columns;
    if (rows < 1 || columns < 1 || channels < 1 || area > MAX_SIZE || area * channels > MAX_SIZE) {
      throw new InputException(
          "sample shape "
              + rows
              + "x"
              + columns
              + "x"
              + channels
              + " is not usable: each side must be at least 1 and the product at most "
              + MAX_SIZE);
    }
  }

  /** A vector of {@code features} values. */
  public static InputShape vector(int features) {
    return new InputShape(1, features, 1);
  }

  /** Number of features: rows x columns x channels. */
  public int size() {
    return rows * columns * channels;
  }

  @Override
  public String toString() {
    return channels == 1 && rows == 1
        ? Integer.toString(columns)
        : rows + "x" + columns + "x" + channels;
  }
}
