package org.raphe.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.RunException;
import org.raphe.backend.cpu.Workers;

/**
 * Ridge regression of one-hot labels on activities h, from sums over samples:
 *
 * <pre>
 * G = sum h h^T [N][N];   T = sum h onehot^T [N][K];   V = (G + ridge I)^-1 T
 * </pre>
 *
 * V is what recursive least squares has after the same samples (Plackett 1950). To sum costs N^2 /
 * 2 products a sample, where the recursion costs 3 N^2 / 2 and gathers rounding; to solve costs N^3
 * / 6 whenever V is asked for. It is done by Cholesky's factors, G + ridge I = U^T U, block by
 * block.
 *
 * <p>Every entry of G, T and U is summed in the order of the samples or rows, by one thread.
 */
final class RidgeRegression {
  /** Rows of U that are made before the rest of the matrix is told of them. */
  private static final int BLOCK = 64;

  private final int size;
  private final int classes;
  private final Workers workers;
  private final OperationCount products;

  /** The upper half of G: row i begins with column i. */
  private final double[][] gram;

  private final double[][] targets;

  /**
   * @param size N
   * @param classes K
   * @param products counts the products of this regression
   */
  RidgeRegression(int size, int classes, Workers workers, OperationCount products) {
    this.size = size;
    this.classes = classes;
    this.workers = workers;
    this.products = products;
    gram = new double[size][];
    Arrays.setAll(gram, row -> new double[size - row]);
    targets = new double[size][classes];
  }

  /** Adds samples: their activities, [sample][N], and labels. */
  void add(double[][] activities, int[] labels) {
    addProducts(gram, 0, activities, 1);
    for (int k = 0; k < labels.length; k++) {
      for (int row = 0; row < size; row++) {
        targets[row][labels[k]] += activities[k][row];
      }
    }
  }

  /**
   * Adds sign x sum_k v_k v_k^T to the rows of an upper half from {@code first} on.
   *
   * @param vectors v_k, [k][N]; only entries from {@code first} on are read
   */
  private void addProducts(double[][] upper, int first, double[][] vectors, double sign) {
    workers.run(
        size - first,
        (item, worker) -> {
          int row = first + item;
          double[][] active = new double[vectors.length][];
          int count = 0;
          for (double[] vector : vectors) {
            if (vector[row] != 0) {
              active[count++] = vector;
            }
          }
          addToRow(upper[row], row, active, count, sign);
          products.add((long) count * (size - row));
        });
  }

  /** Four vectors at a time, one after the other, so that the row is gone through less often. */
  private static void addToRow(
      double[] target, int row, double[][] vectors, int count, double sign) {
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      double[] v0 = vectors[k];
      double[] v1 = vectors[k + 1];
      double[] v2 = vectors[k + 2];
      double[] v3 = vectors[k + 3];
      double f0 = sign * v0[row];
      double f1 = sign * v1[row];
      double f2 = sign * v2[row];
      double f3 = sign * v3[row];
      for (int j = 0; j < target.length; j++) {
        double sum = target[j] + f0 * v0[row + j];
        sum += f1 * v1[row + j];
        sum += f2 * v2[row + j];
        target[j] = sum + f3 * v3[row + j];
      }
    }
    for (; k < count; k++) {
      addScaled(target, sign * vectors[k][row], vectors[k], row);
    }
  }

  /** target[j] += factor x source[from + j]. */
  private static void addScaled(double[] target, double factor, double[] source, int from) {
    for (int j = 0; j < target.length; j++) {
      target[j] += factor * source[from + j];
    }
  }

  /**
   * V, [N][K].
   *
   * @throws RunException if G + ridge I is singular for double precision
   */
  double[][] solve(double ridge) {
    double[][] upper = factor(ridge);
    double[][] solution = new double[size][];
    Arrays.setAll(solution, row -> targets[row].clone());
    for (int row = 0; row < size; row++) {
      scale(solution[row], 1 / upper[row][0]);
      for (int below = row + 1; below < size; below++) {
        addScaled(solution[below], -upper[row][below - row], solution[row], 0);
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int below = row + 1; below < size; below++) {
        addScaled(solution[row], -upper[row][below - row], solution[below], 0);
      }
      scale(solution[row], 1 / upper[row][0]);
    }
    products.add((long) size * (size + 1) * classes);
    return solution;
  }

  /** U, its row i beginning with column i. */
  private double[][] factor(double ridge) {
    double[][] upper = new double[size][];
    for (int row = 0; row < size; row++) {
      upper[row] = gram[row].clone();
      upper[row][0] += ridge;
    }
    for (int first = 0; first < size; first += BLOCK) {
      int end = Math.min(size, first + BLOCK);
      double[][] made = new double[end - first][size];
      for (int row = first; row < end; row++) {
        finish(upper, row, end);
        System.arraycopy(upper[row], 0, made[row - first], row, size - row);
      }
      addProducts(upper, end, made, -1);
    }
    return upper;
  }

  /** Makes a row of U, and takes its products from the rows of its block below. */
  private void finish(double[][] upper, int row, int end) {
    double pivot = upper[row][0];
    if (!(pivot > 0)) {
      throw new RunException(
          "the ridge regression of "
              + size
              + " activities has no solution in double precision;"
              + " choose a larger ridge");
    }
    scale(upper[row], 1 / Math.sqrt(pivot));
    for (int below = row + 1; below < end; below++) {
      addScaled(upper[below], -upper[row][below - row], upper[row], below - row);
      products.add(size - below);
    }
  }

  private static void scale(double[] values, double factor) {
    for (int k = 0; k < values.length; k++) {
      values[k] *= factor;
    }
  }

  /** G and T. */
  List<double[]> kept() {
    List<double[]> kept = new ArrayList<>(Arrays.asList(gram));
    kept.addAll(Arrays.asList(targets));
    return kept;
  }
}
