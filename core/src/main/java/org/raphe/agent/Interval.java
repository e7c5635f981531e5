package org.raphe.agent;

/**
 * A mean over learners with its 95 % interval.
 *
 * @param mean over them
 * @param low lower end
 * @param high upper end
 * @param count how many learners it is of
 */
public record Interval(double mean, double low, double high, int count) {
  private static final double NORMAL = 1.959964;

  /**
   * Of numbers, by the normal distribution of their mean; null where there is none.
   *
   * @param sum of them
   * @param squares sum of their squares
   */
  static Interval ofMean(double sum, double squares, int count) {
    if (count == 0) {
      return null;
    }
    double mean = sum / count;
    double variance = count < 2 ? 0 : Math.max(0, squares - count * mean * mean) / (count - 1);
    double half = NORMAL * Math.sqrt(variance / count);
    return new Interval(mean, mean - half, mean + half, count);
  }

  /** Of a share, by Wilson's interval (1927), which stays in [0, 1]. */
  static Interval ofShare(int those, int count) {
    double share = (double) those / count;
    double square = NORMAL * NORMAL;
    double centre = (share + square / (2 * count)) / (1 + square / count);
    double half =
        NORMAL
            * Math.sqrt(share * (1 - share) / count + square / (4.0 * count * count))
            / (1 + square / count);
    return new Interval(share, Math.max(0, centre - half), Math.min(1, centre + half), count);
  }
}
