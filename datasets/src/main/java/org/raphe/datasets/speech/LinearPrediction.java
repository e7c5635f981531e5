package org.raphe.datasets.speech;

import java.util.ArrayList;
import java.util.List;

/**
 * Coefficients that predict a sample from those before with the least squared error, by the
 * Levinson-Durbin recursion on the autocorrelation.
 *
 * <p>Source: J. Makhoul, "Linear prediction: a tutorial review", Proceedings of the IEEE 63(4),
 * 1975.
 */
final class LinearPrediction {
  private LinearPrediction() {}

  /**
   * Coefficients of the orders 1 to {@code most}, each {@code [j]} for the sample j + 1 before, as
   * whole numbers of 1/32; fewer orders where the signal is predicted exactly, none in silence.
   */
  static List<int[]> ofOrders(double[] signal, int most) {
    double[] correlation = new double[most + 1];
    for (int lag = 0; lag <= most; lag++) {
      for (int k = lag; k < signal.length; k++) {
        correlation[lag] += signal[k] * signal[k - lag];
      }
    }
    List<int[]> orders = new ArrayList<>();
    double error = correlation[0];
    double[] coefficients = new double[0];
    for (int order = 1; order <= most && error > 0; order++) {
      double reflection = correlation[order];
      for (int j = 0; j < order - 1; j++) {
        reflection -= coefficients[j] * correlation[order - 1 - j];
      }
      reflection /= error;
      double[] next = new double[order];
      for (int j = 0; j < order - 1; j++) {
        next[j] = coefficients[j] - reflection * coefficients[order - 2 - j];
      }
      next[order - 1] = reflection;
      coefficients = next;
      error *= 1 - reflection * reflection;
      orders.add(rounded(coefficients));
    }
    return orders;
  }

  private static int[] rounded(double[] coefficients) {
    int[] rounded = new int[coefficients.length];
    for (int j = 0; j < rounded.length; j++) {
      rounded[j] = (int) Math.rint(coefficients[j] * (1 << Shorten.FRACTION));
    }
    return rounded;
  }
}
