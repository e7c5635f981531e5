package org.raphe.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.raphe.result.VolatileResult;

/** How the learners of volatile streams answered, and by how much one was better than another. */
final class VolatileLearners {
  /** 97.5 % quantiles of Student's t by degrees of freedom, from 1. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double NORMAL = 1.960;

  private VolatileLearners() {}

  /**
   * A difference over seeds, each with itself.
   *
   * @param mean of the differences
   * @param half of the interval that holds the mean with 95 %, by Student's t; null of one seed
   * @param least of the differences
   * @param seeds how many
   */
  record Difference(double mean, Double half, double least, int seeds) {}

  /** Accuracy of a learner; null where it did not run. */
  static Double accuracy(Run run, String group, String name) {
    List<VolatileResult.Learner> learners = run.volatileStream().learners();
    return learners == null
        ? null
        : learners.stream()
            .filter(each -> group.equals(each.group()) && name.equals(each.name()))
            .map(each -> Run.fraction(each.accuracy()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  /** Names of a group's learners, in their order. */
  static Set<String> names(RunGroup runs, String group) {
    Set<String> names = new LinkedHashSet<>();
    for (Run run : runs.runs()) {
      if (run.volatileStream().learners() != null) {
        run.volatileStream().learners().stream()
            .filter(each -> group.equals(each.group()) && each.name() != null)
            .forEach(each -> names.add(each.name()));
      }
    }
    return names;
  }

  /** By how much the bank under all modulators is better than a learner; null where none ran. */
  static Difference loss(RunGroup runs, String group, String name) {
    List<Double> differences = new ArrayList<>();
    for (Run run : runs.runs()) {
      Double all = accuracy(run, "modulated", "modulated");
      Double other = accuracy(run, group, name);
      if (all != null && other != null) {
        differences.add(all - other);
      }
    }
    Spread spread = Spread.of(differences);
    if (spread == null) {
      return null;
    }
    int freedom = spread.count() - 1;
    double quantile = freedom < 1 || freedom > STUDENT.length ? NORMAL : STUDENT[freedom - 1];
    Double half =
        freedom < 1 ? null : (Double) (quantile * spread.deviation() / Math.sqrt(spread.count()));
    double least = differences.stream().mapToDouble(each -> each).min().orElseThrow();
    return new Difference(spread.mean(), half, least, spread.count());
  }
}
