package org.raphe.agent;

import org.raphe.InputException;

/**
 * How long a session is and how often its rule changes, at even distances.
 *
 * @param trials of a session, 4 to {@link #MOST_TRIALS}
 * @param shifts how often the rule changes, at least 0; each rule has at least {@link #LEAST}
 *     trials
 */
public record SessionPlan(int trials, int shifts) {
  /** Trials that have numbers of their own in a stream of random numbers. */
  public static final int MOST_TRIALS = 1 << 20;

  /** Trials of a rule, at least: those that the criterion looks at. */
  public static final int LEAST = 20;

  /**
   * Checks it.
   *
   * @throws InputException if there are too few or too many trials
   */
  public SessionPlan {
    if (trials < LEAST || trials > MOST_TRIALS) {
      throw new InputException(
          "a session has " + LEAST + " to " + MOST_TRIALS + " trials, not " + trials);
    }
    if (shifts < 0 || trials / (shifts + 1L) < LEAST) {
      throw new InputException(
          "with "
              + shifts
              + " shifts of the rule "
              + trials
              + " trials leave less than "
              + LEAST
              + " to a rule");
    }
  }

  /** The first trial under each new rule. */
  public int[] places() {
    int[] places = new int[shifts];
    for (int k = 0; k < shifts; k++) {
      places[k] = (int) ((long) trials * (k + 1) / (shifts + 1));
    }
    return places;
  }

  /** How often the rule has changed before a trial. */
  int shiftsBefore(int trial) {
    // The largest k with trials * k / (shifts + 1) <= trial, rounded down.
    int k = 0;
    while (k < shifts && (long) trials * (k + 1) / (shifts + 1) <= trial) {
      k++;
    }
    return k;
  }
}
