package org.raphe.result;

import java.util.List;
import java.util.Map;

/**
 * Modulators that a network learned under, and their levels.
 *
 * @param modulators settings, by option
 * @param course means over the run
 */
public record ModulationResult(Map<String, String> modulators, Course course) {

  /**
   * Means of consecutive samples, the last perhaps of fewer.
   *
   * @param samples how many a mean is of
   * @param accuracy share of right answers, each before its update, by the labels given
   * @param levels by modulator, of those that are there
   * @param hiddenRate factor of hidden layers' learning rates
   * @param readoutRate factor of the read-out's learning rate
   * @param fired how often noradrenaline fired
   */
  public record Course(
      Long samples,
      List<Double> accuracy,
      Map<String, List<Double>> levels,
      List<Double> hiddenRate,
      List<Double> readoutRate,
      List<Integer> fired) {}
}
