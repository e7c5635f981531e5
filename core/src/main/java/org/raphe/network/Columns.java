package org.raphe.network;

import org.raphe.InputException;

/**
 * A layer of H rate units in columns of C units: column m has units mC .. mC+C-1. The first unit of
 * a column is its centre w, the others are directions d_r of length 1. A sample x of unit length is
 * as near to a column as the column leaves little of it over; the k nearest columns are active:
 *
 * <pre>
 *   z_0 = w.x - |w|^2 / 2,   z_r = d_r.(x - w)
 *   s_m = z_0 + 1/2 sum_r z_r^2        (distance^2 = |x|^2 - 2 s_m)
 *   activation a_m = exp((s_m - max s) / width^2) of the k columns with the largest s_m, 0 of the others
 * </pre>
 *
 * @param inputs N, features of a sample
 * @param units H, a multiple of C
 * @param size C, units of a column
 * @param winners k, columns that stay active in a sample; the gate, made from that sample alone
 * @param width width of a column's tuning
 */
public record Columns(int inputs, int units, int size, int winners, float width) implements Layer {

  public Columns {
    if (size < 1 || winners < 1) {
      throw new InputException(
          "a column has at least 1 unit and at least 1 column wins, not "
              + size
              + " and "
              + winners);
    }
    if (!(width > 0) || !Float.isFinite(width)) {
      throw new InputException("the width of columns must be finite and above 0, not " + width);
    }
    if (!Float.isFinite(inverseSquare(width))) {
      throw new InputException("the width of columns, " + width + ", is too small");
    }
    if (units % size != 0) {
      throw new InputException(units + " units are no whole number of columns of " + size);
    }
    if (winners > units / size) {
      throw new InputException(
          winners + " columns cannot win among " + units / size + "; choose fewer winners");
    }
  }

  /** A centre has a bias, -|w|^2 / 2, and so have directions, -d.w. */
  @Override
  public boolean biased() {
    return true;
  }

  /** Columns of the layer. */
  public int count() {
    return units / size;
  }

  /** M, columns of a class's population. */
  public int ofClass(int classes) {
    return count() / classes;
  }

  /** 1 / width^2, computed in double, rounded once. */
  public float inverseSquaredWidth() {
    return inverseSquare(width);
  }

  private static float inverseSquare(float width) {
    return (float) (1 / ((double) width * width));
  }
}
