package org.raphe.agent;

/**
 * The bits of a trial's word: 0 to 7 which stimuli are shown, 8 and 9 which of the task's rewards
 * action 0 receives, 10 and 11 which action 1 does, 12 the action that is right, 13 whether
 * noradrenaline is released at its end where times are given, 14 whether it counts for the entropy
 * of the actions (in Go/No-Go: a Go cue).
 */
public final class Trial {
  static final int STIMULI = 0xFF;
  static final int RELEASE = 1 << 13;
  private static final int REWARD = 8;
  private static final int RIGHT = 12;
  private static final int CUE = 14;

  private Trial() {}

  /** The word of a trial. */
  static int word(int stimuli, int reward0, int reward1, int right, boolean cue) {
    return stimuli
        | reward0 << REWARD
        | reward1 << REWARD + 2
        | right << RIGHT
        | (cue ? 1 << CUE : 0);
  }

  /** Which stimuli are shown, a bit each. */
  public static int stimuli(int word) {
    return word & STIMULI;
  }

  /** Which reward an action receives, 0 to 3. */
  public static int reward(int word, int action) {
    return word >>> REWARD + 2 * action & 3;
  }

  /** The action that is right. */
  public static int right(int word) {
    return word >>> RIGHT & 1;
  }

  /** Whether noradrenaline is released at its end, where times are given. */
  public static boolean release(int word) {
    return (word & RELEASE) != 0;
  }

  /** Whether the entropy of actions is taken over it. */
  public static boolean cue(int word) {
    return (word >>> CUE & 1) != 0;
  }
}
