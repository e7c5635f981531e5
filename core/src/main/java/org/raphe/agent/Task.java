package org.raphe.agent;

/**
 * A task whose trials do not hang on what was done before, so that any trial of any learner can be
 * made on its own and a whole trial runs at once. A trial is a word of bits ({@link Trial}).
 */
public interface Task {
  /** The name that users type. */
  String name();

  /** Stimuli there are. */
  int stimuli();

  /** Trials of a session. */
  int trials();

  /** Trials after which the rule changes, ascending: the first trial under each new rule. */
  int[] shifts();

  /** Four rewards that {@link Trial}'s words point at. */
  float[] rewards();

  /**
   * A trial.
   *
   * @param learner number of the learner
   * @param trial from 0
   * @return bits of {@link Trial}
   */
  int word(int learner, int trial);
}
