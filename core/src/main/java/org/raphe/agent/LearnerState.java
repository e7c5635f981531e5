package org.raphe.agent;

/** What a learner keeps beside its weights: {@link #SIZE} numbers, at these places. */
final class LearnerState {
  static final int NORADRENALINE = 0;

  /** Running mean of |DA|. */
  static final int DOPAMINE = 1;

  /** Running means of the reward: what is expected, of late and of old. */
  static final int FAST = 2;

  static final int SLOW = 3;
  static final int ACETYLCHOLINE = 4;
  static final int SEROTONIN = 5;

  /** Trials until noradrenaline may be released again, or 1 where a surprise is armed. */
  static final int WAIT = 6;

  /** How often it was released. */
  static final int RELEASES = 7;

  static final int SIZE = 8;

  private static final float EXPECTED_UNCERTAINTY = 0.5f;

  private LearnerState() {}

  /** The state of a learner before its first trial. */
  static void begin(float[] state, int at) {
    state[at + ACETYLCHOLINE] = EXPECTED_UNCERTAINTY;
  }
}
