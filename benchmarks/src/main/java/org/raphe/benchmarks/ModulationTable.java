package org.raphe.benchmarks;

import java.util.SplittableRandom;

/**
 * The hidden learning signal of NACA, f(n_j(c)): one row a class, one column a hidden unit.
 *
 * <p>Expectation a_k = sqrt(2 ln(K/k)), k = c + 1, scaled to a maximum of 2(K-1); E(c) is 1/2 at
 * the rows int(a_k) and int(a_k + 1); level n_j(c) = sum_r E_r(c) NI[r][j]; modulation f with
 * lambda = 0.5 and theta_max = 1.2. Source: Zhang et al., Science Advances 9(34), eadi2947, 2023.
 */
final class ModulationTable {
  private static final double LAMBDA = 0.5;
  private static final double THETA_MAX = 1.2;

  private ModulationTable() {}

  /** NI ~ U(0,1), 2K x H. */
  static double[][] drawNeuromodulators(int classes, int hidden, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] drawn = new double[2 * classes][hidden];
    for (double[] row : drawn) {
      for (int unit = 0; unit < hidden; unit++) {
        row[unit] = random.nextDouble();
      }
    }
    return drawn;
  }

  /**
   * f(n_j(c)), row by row.
   *
   * @param neuromodulators NI, 2K x H
   * @return K x H values in float32
   */
  static float[] of(double[][] neuromodulators) {
    int classes = neuromodulators.length / 2;
    int hidden = neuromodulators[0].length;
    // The largest a_k belongs to k = 1.
    double largest = Math.sqrt(2 * Math.log(classes));
    float[] table = new float[classes * hidden];
    for (int c = 0; c < classes; c++) {
      double expectation = Math.sqrt(2 * Math.log((double) classes / (c + 1)));
      double scaled = expectation / largest * 2 * (classes - 1);
      double[] first = neuromodulators[(int) scaled];
      double[] second = neuromodulators[(int) (scaled + 1)];
      for (int unit = 0; unit < hidden; unit++) {
        table[c * hidden + unit] = (float) modulation(0.5 * first[unit] + 0.5 * second[unit]);
      }
    }
    return table;
  }

  /** f(n): from 1 over theta_max and 0 (at n = lambda) to -theta_max and -1. */
  static double modulation(double level) {
    double squaredLambda = LAMBDA * LAMBDA;
    double fromCentre = level - LAMBDA;
    if (level <= LAMBDA / 2) {
      double x = 4 * level - LAMBDA;
      return THETA_MAX - (THETA_MAX - 1) * x * x / squaredLambda;
    }
    if (level <= LAMBDA) {
      return 4 * fromCentre * fromCentre / squaredLambda;
    }
    if (level <= 1.5 * LAMBDA) {
      return -4 * fromCentre * fromCentre / squaredLambda;
    }
    double x = 4 * (2 * LAMBDA - level) - LAMBDA;
    return (THETA_MAX - 1) * x * x / squaredLambda - THETA_MAX;
  }
}
