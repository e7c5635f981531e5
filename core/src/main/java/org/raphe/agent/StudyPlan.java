package org.raphe.agent;

import java.util.List;
import org.raphe.InputException;

/**
 * Many learners of several kinds, each kind through one session of a task.
 *
 * @param learners of each kind
 * @param seed key of their weights, spikes and choices
 * @param variants the kinds; the first is what others are compared with
 */
public record StudyPlan(Task task, int learners, long seed, List<StudyVariant> variants) {

  /**
   * Checks it.
   *
   * @throws InputException if there is no learner, or more than memory holds
   */
  public StudyPlan {
    variants = List.copyOf(variants);
    LearnerConstants constants = new LearnerConstants(variants.get(0).settings(), task.stimuli());
    long memory = Runtime.getRuntime().maxMemory();
    LearnerArrays.check(constants, learners, memory / 2);
    long outcomes = (long) learners * task.trials();
    if (outcomes > Integer.MAX_VALUE - 8 || outcomes * variants.size() > memory / 4) {
      throw new InputException(
          learners
              + " learners through "
              + task.trials()
              + " trials in "
              + variants.size()
              + " variants leave more outcomes than memory holds; choose fewer");
    }
  }

  /** Trials of all learners of a variant. */
  public int outcomes() {
    return learners * task.trials();
  }
}
