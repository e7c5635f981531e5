package org.raphe.agent;

/** A device that learners can be placed on. */
public interface LearnerDevice {
  /**
   * Places learners, before their first trial.
   *
   * @param learners how many, at least 1
   * @param seed key of all that they draw
   * @throws org.raphe.InputException if the device has no room for them
   */
  PlacedLearners placeLearners(LearnerConstants constants, int learners, long seed);

  /**
   * Refuses more learners than the device holds, before any is placed.
   *
   * @throws org.raphe.InputException with how many there may be
   */
  void check(LearnerConstants constants, int learners);

  /** What runs them, in a line. */
  String loops();
}
