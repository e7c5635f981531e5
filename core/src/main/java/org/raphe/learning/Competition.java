package org.raphe.learning;

import org.raphe.InputException;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/**
 * Competing columns, plastic one class at a time.
 *
 * <p>A hidden layer of H units is cut into columns of C units, and the columns into K populations,
 * one a class: class c has columns cM .. (c+1)M-1 with M = H / (K C), and column m has units mC ..
 * mC+C-1. The first unit of a column is its centre w, the others are directions d_r of length 1. A
 * sample x of unit length is as near to a column as the column leaves little of it over:
 *
 * <pre>
 *   z_0 = w.x - |w|^2 / 2,   z_r = d_r.(x - w),   s_m = z_0 + 1/2 sum_r z_r^2        (distance^2 = |x|^2 - 2 s_m)
 *   activation a_m = exp((s_m - max s) / width^2) of the k columns with the largest s_m, 0 of the others
 * </pre>
 *
 * <p>Learning: the expectation of class c opens population c alone. The winner among its columns -
 * a column that never won, else the largest {@code s_m - conscience/2 (n_m M / sum n - 1)}, n_m
 * being its wins so far (DeSieno 1988) - moves its centre towards x and its directions towards what
 * is left of x, each with rate (1 + amnesia) / (n_m + amnesia), a direction seeing what those
 * before it left over (candid incremental principal components: Weng, Zhang, Hwang 2003). With C =
 * 1 this is competitive learning with a conscience, and the nearest unit wins.
 *
 * @param column C, units of a column
 * @param winners k, columns that stay active in a sample; the gate, made from that sample alone
 * @param width width of a column's tuning
 * @param conscience how much a column that wins more often than others is held back, in squared
 *     distance
 * @param amnesia how much more the latest samples count than older ones; 0: all alike
 * @param readout how the read-out learns
 * @param ridge of {@link AssociativeReadout#RLS}: the inverse of P's diagonal before any sample
 */
public record Competition(
    int column,
    int winners,
    float width,
    float conscience,
    float amnesia,
    AssociativeReadout readout,
    float ridge) {

  /** Most columns of a layer whose read-out learns by recursive least squares, which keeps P. */
  public static final int MAX_RLS_COLUMNS = 8192;

  public Competition {
    if (column < 1 || winners < 1) {
      throw new InputException(
          "a column has at least 1 unit and at least 1 column wins, not "
              + column
              + " and "
              + winners);
    }
    checkPositive("the width of columns", width);
    checkPositive("the ridge", ridge);
    if (!(conscience >= 0) || !Float.isFinite(conscience)) {
      throw new InputException("conscience must be finite and at least 0, not " + conscience);
    }
    if (!(amnesia >= 0) || !Float.isFinite(amnesia)) {
      throw new InputException("amnesia must be finite and at least 0, not " + amnesia);
    }
    if (!Float.isFinite(inverseSquare(width))) {
      throw new InputException("the width of columns, " + width + ", is too small");
    }
    if (!Float.isFinite(1f / ridge)) {
      throw new InputException("the ridge, " + ridge + ", is too small: P begins with its inverse");
    }
  }

  /** Columns that only tell and do not learn. */
  public static Competition ofReading(int column, int winners, float width) {
    return new Competition(column, winners, width, 0f, 0f, AssociativeReadout.WINNER, 1f);
  }

  private static void checkPositive(String what, float value) {
    if (!(value > 0) || !Float.isFinite(value)) {
      throw new InputException(what + " must be finite and above 0, not " + value);
    }
  }

  /** 1 / width^2, computed in double, rounded once. */
  public float inverseSquaredWidth() {
    return inverseSquare(width);
  }

  private static float inverseSquare(float width) {
    return (float) (1 / ((double) width * width));
  }

  /** Columns of a network's hidden layer. */
  public int columns(NetworkSpec network) {
    return network.layers().get(0).units() / column;
  }

  /** M, columns of a class's population. */
  public int columnsOfClass(NetworkSpec network) {
    return columns(network) / network.classes();
  }

  /**
   * Checks that a network can be cut into such columns.
   *
   * @throws InputException if it has several hidden layers, spiking units or an input-type gate, or
   *     its units are no whole number of columns for every class
   */
  public void checkFits(NetworkSpec network) {
    if (network.layers().size() != 2) {
      throw new InputException(
          Rule.NACA_COMPETITIVE + " is for one hidden layer; " + network.text() + " has more");
    }
    if (network.neuron() != NeuronModel.RATE) {
      throw new InputException(
          Rule.NACA_COMPETITIVE + " is for rate units; choose --neuron " + NeuronModel.RATE);
    }
    if (network.mode() != Mode.CLASSIFICATION) {
      throw new InputException(
          Rule.NACA_COMPETITIVE
              + " has a gate of its own and needs biases; choose a network without an input-type gate");
    }
    int units = network.layers().get(0).units();
    long whole = (long) column * network.classes();
    if (units % whole != 0) {
      throw new InputException(
          "a hidden layer of "
              + units
              + " units is no whole number of columns of "
              + column
              + " units for each of "
              + network.classes()
              + " classes; choose a multiple of "
              + whole
              + " units");
    }
    if (winners > columns(network)) {
      throw new InputException(
          winners + " columns cannot win among " + columns(network) + "; choose fewer winners");
    }
    if (readout == AssociativeReadout.RLS && columns(network) > MAX_RLS_COLUMNS) {
      throw new InputException(
          "recursive least squares keeps a matrix of columns x columns, at most "
              + MAX_RLS_COLUMNS
              + " of them, not "
              + columns(network));
    }
  }
}
