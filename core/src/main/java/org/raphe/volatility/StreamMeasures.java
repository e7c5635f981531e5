package org.raphe.volatility;

import java.util.List;

/**
 * How well a stream was answered: each answer is scored before its update, against what the label
 * means at that moment, from the first switch on.
 *
 * @param accuracy share of right answers; null where labels never change their meaning
 * @param afterSwitch the same of the first 300 samples after each switch
 * @param settled the same of all others
 * @param fresh how soon new meanings are learned
 * @param returning how soon meanings that come back are told again
 */
public record StreamMeasures(
    Double accuracy, Double afterSwitch, Double settled, Regain fresh, Regain returning) {
  /** Samples after a switch that are looked at by themselves, and before it for its level. */
  public static final int AROUND = 300;

  /** Samples of a running mean. */
  public static final int WINDOW = 50;

  /** Share of the level before that counts as regained. */
  public static final double SHARE = 0.9;

  /**
   * Samples after a switch until the mean of the last {@link #WINDOW} of them is back at {@link
   * #SHARE} of the run's level in the {@link #AROUND} samples before it. Where it is not before the
   * next switch, or the end, the samples until then are counted.
   *
   * @param switches how many there were
   * @param samples mean of the samples; null where there were none
   * @param failed how many were not regained
   */
  public record Regain(int switches, Double samples, int failed) {}

  /**
   * The measures of a run.
   *
   * @param hits whether each sample was answered right
   */
  public static StreamMeasures of(VolatileStream stream, boolean[] hits) {
    List<VolatileStream.Switch> switches = stream.switches();
    if (switches.isEmpty()) {
      return new StreamMeasures(null, null, null, new Regain(0, null, 0), new Regain(0, null, 0));
    }
    int soon = 0;
    int soonRight = 0;
    int right = 0;
    int first = switches.get(0).sample();
    for (int k = 0; k < switches.size(); k++) {
      int from = switches.get(k).sample();
      int to = end(stream, k);
      int until = Math.min(to, from + AROUND);
      soon += until - from;
      soonRight += count(hits, from, until);
      right += count(hits, from, to);
    }
    int all = hits.length - first;
    return new StreamMeasures(
        share(right, all),
        share(soonRight, soon),
        share(right - soonRight, all - soon),
        regain(stream, hits, false),
        regain(stream, hits, true));
  }

  private static Double share(int right, int of) {
    return of == 0 ? null : (Double) ((double) right / of);
  }

  private static int end(VolatileStream stream, int number) {
    List<VolatileStream.Switch> switches = stream.switches();
    return number + 1 < switches.size() ? switches.get(number + 1).sample() : stream.size();
  }

  private static int count(boolean[] hits, int from, int to) {
    int count = 0;
    for (int sample = from; sample < to; sample++) {
      count += hits[sample] ? 1 : 0;
    }
    return count;
  }

  private static Regain regain(VolatileStream stream, boolean[] hits, boolean returning) {
    int switches = 0;
    int failed = 0;
    long samples = 0;
    for (int k = 0; k < stream.switches().size(); k++) {
      VolatileStream.Switch each = stream.switches().get(k);
      if (each.returning() == returning) {
        int to = end(stream, k);
        int taken = taken(hits, each.sample(), to);
        switches++;
        failed += taken < 0 ? 1 : 0;
        samples += taken < 0 ? to - each.sample() : taken;
      }
    }
    return new Regain(
        switches, switches == 0 ? null : (Double) ((double) samples / switches), failed);
  }

  /** Samples until the level is regained; -1 if it is not. */
  private static int taken(boolean[] hits, int from, int to) {
    int before = Math.max(0, from - AROUND);
    double level = (double) count(hits, before, from) / (from - before);
    for (int until = from + WINDOW; until <= to; until++) {
      if (count(hits, until - WINDOW, until) >= SHARE * level * WINDOW) {
        return until - from;
      }
    }
    return -1;
  }
}
