package org.raphe.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * What the learners of a variant showed, over learners.
 *
 * @param blockTrials trials of a block; the last may have fewer
 * @param correct share of right actions a block
 * @param noradrenaline mean level a block
 * @param entropy {@code H(A | cue)} in bits a block: {@code -sum_a p_a log2 p_a}, p_a a learner's
 *     share of action a among the block's cues (in Go/No-Go: Go cues)
 * @param criteria how each rule was learned, first one first
 * @param releases of noradrenaline, of a learner
 */
public record StudyMeasures(
    int blockTrials,
    List<Interval> correct,
    List<Interval> noradrenaline,
    List<Interval> entropy,
    List<Criterion> criteria,
    Interval releases) {
  /** Trials that the criterion looks at, and how many of them must be right. */
  public static final int WINDOW = 20;

  /** How many of {@link #WINDOW} trials in a row must be right. */
  public static final int NEEDED = 18;

  /**
   * How a rule was learned.
   *
   * @param firstTrial of the rule
   * @param reached share of learners that reached 18 right ones of 20 trials in a row under it
   * @param trials from the rule's first to the criterion's last, of those who did; null where none
   *     did
   */
  public record Criterion(int firstTrial, Interval reached, Interval trials) {}

  /** Of what learners did. */
  public static StudyMeasures of(
      StudyRecord record, Task task, ReleaseSettings release, int blockTrials) {
    List<Interval> correct = new ArrayList<>();
    List<Interval> levels = new ArrayList<>();
    List<Interval> entropy = new ArrayList<>();
    float[] level = new float[record.learners()];
    for (int from = 0; from < record.trials(); from += blockTrials) {
      int to = Math.min(record.trials(), from + blockTrials);
      Sums right = new Sums();
      Sums noradrenaline = new Sums();
      Sums uncertain = new Sums();
      for (int learner = 0; learner < record.learners(); learner++) {
        right.add(share(record, learner, from, to));
        noradrenaline.add(follow(record, release, level, learner, from, to));
        uncertain.add(entropy(record, learner, from, to));
      }
      correct.add(right.interval());
      levels.add(noradrenaline.interval());
      entropy.add(uncertain.interval());
    }
    return new StudyMeasures(
        blockTrials, correct, levels, entropy, criteria(record, task), releases(record));
  }

  private static final class Sums {
    private double sum;
    private double squares;
    private int count;

    void add(double value) {
      if (!Double.isNaN(value)) {
        sum += value;
        squares += value * value;
        count++;
      }
    }

    Interval interval() {
      return Interval.ofMean(sum, squares, count);
    }
  }

  private static double share(StudyRecord record, int learner, int from, int to) {
    int right = 0;
    for (int trial = from; trial < to; trial++) {
      right += record.is(trial, learner, StudyRecord.RIGHT) ? 1 : 0;
    }
    return (double) right / (to - from);
  }

  /** The mean level of a block; the level itself goes on as in {@link Modulation}. */
  private static double follow(
      StudyRecord record, ReleaseSettings release, float[] level, int learner, int from, int to) {
    double sum = 0;
    for (int trial = from; trial < to; trial++) {
      sum += level[learner];
      level[learner] =
          record.is(trial, learner, PlacedLearners.RELEASED)
              ? 1f
              : Modulation.decayed(level[learner], release);
    }
    return sum / (to - from);
  }

  /** NaN where a block has no cue. */
  private static double entropy(StudyRecord record, int learner, int from, int to) {
    int cues = 0;
    int acted = 0;
    for (int trial = from; trial < to; trial++) {
      if (record.is(trial, learner, StudyRecord.CUE)) {
        cues++;
        acted += record.is(trial, learner, PlacedLearners.ACTION) ? 1 : 0;
      }
    }
    double share = (double) acted / cues;
    return cues == 0 ? Double.NaN : bits(share) + bits(1 - share);
  }

  private static double bits(double share) {
    return share <= 0 ? 0 : -share * Math.log(share) / Math.log(2);
  }

  private static List<Criterion> criteria(StudyRecord record, Task task) {
    List<Criterion> criteria = new ArrayList<>();
    int[] shifts = task.shifts();
    for (int rule = 0; rule <= shifts.length; rule++) {
      int from = rule == 0 ? 0 : shifts[rule - 1];
      int to = rule == shifts.length ? record.trials() : shifts[rule];
      Sums needed = new Sums();
      for (int learner = 0; learner < record.learners(); learner++) {
        needed.add(trialsToCriterion(record, learner, from, to));
      }
      criteria.add(
          new Criterion(
              from, Interval.ofShare(needed.count, record.learners()), needed.interval()));
    }
    return criteria;
  }

  /** NaN where it was not reached. */
  private static double trialsToCriterion(StudyRecord record, int learner, int from, int to) {
    int right = 0;
    for (int trial = from; trial < to; trial++) {
      right += record.is(trial, learner, StudyRecord.RIGHT) ? 1 : 0;
      if (trial - from >= WINDOW) {
        right -= record.is(trial - WINDOW, learner, StudyRecord.RIGHT) ? 1 : 0;
      }
      if (trial - from >= WINDOW - 1 && right >= NEEDED) {
        return trial - from + 1;
      }
    }
    return Double.NaN;
  }

  private static Interval releases(StudyRecord record) {
    Sums sums = new Sums();
    for (int learner = 0; learner < record.learners(); learner++) {
      int count = 0;
      for (int trial = 0; trial < record.trials(); trial++) {
        count += record.is(trial, learner, PlacedLearners.RELEASED) ? 1 : 0;
      }
      sums.add(count);
    }
    return sums.interval();
  }
}
