package org.raphe.agent;

/** The window of a trial: all T steps of a learner's units. */
interface TrialLoops {
  /** What the loops are called. */
  String description();

  /**
   * Runs a trial from rest (docs/NUMERICS.md, section 21).
   *
   * @param weights of all learners, those of this one from {@code at} on, {@code [input][stride]}
   * @param scratch input spikes, gains and bursts; receives counts and eligibility
   */
  void window(LearnerConstants constants, float[] weights, int at, TrialScratch scratch);
}
