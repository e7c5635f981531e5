package org.raphe.report;

import java.util.List;
import java.util.Objects;

/**
 * Values of one setting over seeds.
 *
 * @param mean their mean
 * @param deviation their standard deviation (n - 1); null where there is one only
 * @param count how many there are
 */
public record Spread(double mean, Double deviation, int count) {

  /** Of the values that are there; null if none is. */
  public static Spread of(List<Double> values) {
    List<Double> known = values.stream().filter(Objects::nonNull).toList();
    if (known.isEmpty()) {
      return null;
    }
    double mean = known.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = known.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    int count = known.size();
    return new Spread(mean, count < 2 ? null : Math.sqrt(squares / (count - 1)), count);
  }

  static Double meanOf(Spread spread) {
    return spread == null ? null : (Double) spread.mean;
  }

  static Double deviationOf(Spread spread) {
    return spread == null ? null : spread.deviation;
  }

  static int countOf(Spread spread) {
    return spread == null ? 0 : spread.count;
  }
}
