package org.raphe.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How large weights are.
 *
 * @param edges bounds of bins of equal width, symmetric around 0
 * @param counts weights of each bin; the last holds its upper bound too
 * @param count how many weights there are
 * @param mean of the weights
 * @param deviation their standard deviation, of all of them and not of a sample
 * @param least the smallest
 * @param greatest the largest
 */
record WeightHistogram(
    List<Double> edges,
    List<Double> counts,
    int count,
    double mean,
    double deviation,
    double least,
    double greatest) {
  private static final int BINS = 41;

  /**
   * Counts weights.
   *
   * @param weights at least one, all finite
   */
  static WeightHistogram of(float[] weights) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (float weight : weights) {
      sum += weight;
      least = Math.min(least, weight);
      greatest = Math.max(greatest, weight);
    }
    double mean = sum / weights.length;
    double bound = Math.max(Math.abs(least), Math.abs(greatest));
    double half = bound == 0 ? 1 : bound;
    long[] bins = new long[BINS];
    double squares = 0;
    for (float weight : weights) {
      squares += (weight - mean) * (weight - mean);
      bins[(int) Math.min(BINS - 1, (weight + half) / (2 * half) * BINS)]++;
    }
    List<Double> edges = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    for (int k = 0; k <= BINS; k++) {
      edges.add((2.0 * k / BINS - 1) * half);
    }
    for (long bin : bins) {
      counts.add((double) bin);
    }
    double deviation = Math.sqrt(squares / weights.length);
    return new WeightHistogram(edges, counts, weights.length, mean, deviation, least, greatest);
  }
}
