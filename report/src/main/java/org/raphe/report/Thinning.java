package org.raphe.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of many points of a curve are drawn: a page stays small, and opens at once, however long
 * its runs are.
 */
final class Thinning {
  /** Points of all curves of a plot together, and of one curve at least and at most. */
  private static final int MOST_OF_PLOT = 8000;

  private static final int FEWEST = 50;
  private static final int MOST = 400;

  private Thinning() {}

  /** How many points of each of some curves are drawn at most. */
  static int most(int curves) {
    return Math.max(FEWEST, Math.min(MOST, MOST_OF_PLOT / Math.max(1, curves)));
  }

  /**
   * Places of the points that are drawn, ascending: the first, the last, and between at equal
   * steps.
   */
  static List<Integer> places(int points, int most) {
    if (points <= most) {
      return IntStream.range(0, points).boxed().toList();
    }
    return IntStream.range(0, most)
        .mapToObj(k -> (int) Math.round((double) k * (points - 1) / (most - 1)))
        .toList();
  }
}
