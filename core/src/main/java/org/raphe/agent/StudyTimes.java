package org.raphe.agent;

import org.raphe.agent.StudyVariant.GivenTimes;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * Trials at whose end noradrenaline is released, where they are given: {@code [trial][learner]}.
 */
final class StudyTimes {
  private final int learners;
  private final boolean[] due;

  private StudyTimes(int learners, int trials) {
    this.learners = learners;
    due = new boolean[learners * trials];
  }

  boolean due(int trial, int learner) {
    return due[trial * learners + learner];
  }

  /** Of a kind of times; null where a learner's own rule says. */
  static StudyTimes of(GivenTimes kind, StudyPlan plan, StudyRecord first) {
    if (kind == null) {
      return null;
    }
    StudyTimes times = new StudyTimes(plan.learners(), plan.task().trials());
    for (int learner = 0; learner < plan.learners(); learner++) {
      switch (kind) {
        case ORACLE -> times.atShifts(plan.task().shifts(), learner);
        case YOKED -> times.copy(first, (learner + 1) % plan.learners(), learner);
        case RANDOM -> times.draw(plan, first, learner);
      }
    }
    return times;
  }

  /** The level is there from the trial after on: released one trial before the shift. */
  private void atShifts(int[] shifts, int learner) {
    for (int shift : shifts) {
      due[(shift - 1) * learners + learner] = true;
    }
  }

  private void copy(StudyRecord from, int other, int learner) {
    for (int trial = 0; trial < from.trials(); trial++) {
      due[trial * learners + learner] = from.is(trial, other, PlacedLearners.RELEASED);
    }
  }

  private void draw(StudyPlan plan, StudyRecord first, int learner) {
    UniformSequence numbers =
        new UniformSequence(plan.seed(), RandomStream.RELEASE_TIMES.number(0), learner);
    int left = 0;
    for (int trial = 0; trial < first.trials(); trial++) {
      left += first.is(trial, learner, PlacedLearners.RELEASED) ? 1 : 0;
    }
    while (left > 0) {
      int place = numbers.nextBelow(first.trials()) * learners + learner;
      if (!due[place]) {
        due[place] = true;
        left--;
      }
    }
  }
}
