package org.raphe.continual;

import java.util.ArrayList;
import java.util.List;

/**
 * One figure of a stream, with its formula: libraries define these differently. R is the {@link
 * AccuracyMatrix}, N the experiences, n_j the test samples of experience j.
 *
 * @param name such as {@code forgetting}
 * @param value the figure; null where the formula does not apply
 * @param formula how it is computed
 * @param reason why it is null; null otherwise
 */
public record ContinualMetric(String name, Double value, String formula, String reason) {

  private static final String AT_ONCE = "all experiences were learned at once";

  /** How a figure is computed from a whole matrix. */
  @FunctionalInterface
  private interface Figure {
    double of(AccuracyMatrix r);
  }

  /**
   * All figures of a finished stream.
   *
   * @param r the matrix; N + 1 rows where experiences were learned one by one, 2 rows where all
   *     were learned at once
   */
  public static List<ContinualMetric> of(AccuracyMatrix r) {
    String joint = r.learned() == r.experiences() ? null : AT_ONCE;
    String alone = r.experiences() == 1 ? "the stream has one experience" : joint;
    List<ContinualMetric> all = new ArrayList<>(atTheEnd(r));
    all.add(
        figure(
            r,
            "average_accuracy",
            "mean_i mean_{j<=i} R[i][j], i = 1..N: experiences seen so far, after each (Rebuffi et al. 2017)",
            joint,
            ContinualMetric::average));
    all.addAll(transfer(r, alone));
    return all;
  }

  /** What stands at the end; it needs no order. */
  private static List<ContinualMetric> atTheEnd(AccuracyMatrix r) {
    int n = r.experiences();
    return List.of(
        new ContinualMetric(
            "final_accuracy",
            r.pooled(r.learned(), n),
            "sum_j n_j R[N][j] / sum_j n_j: over all test samples after the last experience",
            null),
        new ContinualMetric(
            "final_mean_accuracy",
            r.mean(r.learned(), n),
            "mean_j R[N][j], j = 1..N (Lopez-Paz and Ranzato 2017)",
            null));
  }

  /** What one experience did to others. */
  private static List<ContinualMetric> transfer(AccuracyMatrix r, String whyNot) {
    return List.of(
        figure(
            r,
            "forgetting",
            "mean_{j<N} (max_{1<=i<N} R[i][j] - R[N][j]) (Chaudhry et al. 2018)",
            whyNot,
            ContinualMetric::forgetting),
        figure(
            r,
            "backward_transfer",
            "mean_{j<N} (R[N][j] - R[j][j]) (Lopez-Paz and Ranzato 2017)",
            whyNot,
            ContinualMetric::backward),
        figure(
            r,
            "forward_transfer",
            "mean_{j>1} (R[j-1][j] - R[0][j]), R[0] the initial network (Lopez-Paz and Ranzato 2017)",
            whyNot,
            ContinualMetric::forward));
  }

  private static ContinualMetric figure(
      AccuracyMatrix r, String name, String formula, String whyNot, Figure figure) {
    return new ContinualMetric(name, whyNot == null ? figure.of(r) : null, formula, whyNot);
  }

  private static double average(AccuracyMatrix r) {
    double sum = 0;
    for (int i = 1; i <= r.learned(); i++) {
      sum += r.mean(i, i);
    }
    return sum / r.learned();
  }

  private static double forgetting(AccuracyMatrix r) {
    int n = r.experiences();
    double sum = 0;
    for (int j = 1; j < n; j++) {
      double best = 0;
      for (int i = 1; i < n; i++) {
        best = Math.max(best, r.accuracy(i, j));
      }
      sum += best - r.accuracy(n, j);
    }
    return sum / (n - 1);
  }

  private static double backward(AccuracyMatrix r) {
    int n = r.experiences();
    double sum = 0;
    for (int j = 1; j < n; j++) {
      sum += r.accuracy(n, j) - r.accuracy(j, j);
    }
    return sum / (n - 1);
  }

  private static double forward(AccuracyMatrix r) {
    int n = r.experiences();
    double sum = 0;
    for (int j = 2; j <= n; j++) {
      sum += r.accuracy(j - 1, j) - r.accuracy(0, j);
    }
    return sum / (n - 1);
  }
}
