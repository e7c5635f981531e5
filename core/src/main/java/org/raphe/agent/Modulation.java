package org.raphe.agent;

/**
 * The modulators of one learner, trial by trial (docs/NUMERICS.md, section 21): dopamine is the
 * prediction error {@code r + discount V' - V}; noradrenaline is released by the predictor of
 * outcomes.
 */
final class Modulation {
  /** A level below this is 0: it would decay into denormal numbers. */
  private static final float LEAST_LEVEL = 0x1p-10f;

  private static final float LEAST_UNCERTAINTY = 0.03f;
  private static final float MOST_UNCERTAINTY = 0.8f;

  private Modulation() {}

  private static float follow(float mean, float value, float rate) {
    return Math.fma(rate, value - mean, mean);
  }

  private static float hold(float x, float low, float high) {
    return x > high ? high : x >= low ? x : low;
  }

  /** The level a trial later, if nothing is released. */
  static float decayed(float level, ReleaseSettings release) {
    float decayed = level * release.decay();
    return decayed < LEAST_LEVEL ? 0f : decayed;
  }

  /** What dopamine is multiplied by where it changes weights, without a group's learning rate. */
  static float plasticity(LearnerSettings settings, float[] state, int at) {
    float level = state[at + LearnerState.NORADRENALINE];
    float plastic = Math.fma(settings.levers().plasticity(), level, 1f);
    return settings.others().acetylcholine()
        ? plastic * (1f - state[at + LearnerState.ACETYLCHOLINE])
        : plastic;
  }

  /** What serotonin adds to No-Go's rate. */
  static float noGo(LearnerSettings settings, float[] state, int at) {
    return settings.others().serotonin()
        ? settings.others().noGoBias() * state[at + LearnerState.SEROTONIN]
        : 0f;
  }

  /**
   * After a trial: means follow, the level decays, and noradrenaline is released or not.
   *
   * @param dopamine the prediction error
   * @param due whether it is to be released, where times are given
   * @return whether it was released
   */
  static boolean after(
      LearnerConstants constants,
      float[] state,
      int at,
      float reward,
      float dopamine,
      boolean due) {
    ReleaseSettings release = constants.settings.release();
    float size = Math.abs(dopamine);
    float active = follow(state[at + LearnerState.DOPAMINE], size, constants.dopamineRate);
    float fast = follow(state[at + LearnerState.FAST], reward, constants.fastRate);
    float slow = state[at + LearnerState.SLOW];
    float shortfall = slow - fast;
    state[at + LearnerState.DOPAMINE] = active;
    state[at + LearnerState.FAST] = fast;
    if (shortfall < release.low()) {
      state[at + LearnerState.SLOW] = follow(slow, reward, constants.slowRate);
      state[at + LearnerState.ACETYLCHOLINE] =
          hold(
              follow(state[at + LearnerState.ACETYLCHOLINE], size, constants.acetylcholineRate),
              LEAST_UNCERTAINTY,
              MOST_UNCERTAINTY);
    }
    float punished = reward < 0f ? -reward : 0f;
    state[at + LearnerState.SEROTONIN] =
        follow(state[at + LearnerState.SEROTONIN], punished, constants.serotoninRate);
    state[at + LearnerState.NORADRENALINE] =
        decayed(state[at + LearnerState.NORADRENALINE], release);
    boolean released = released(constants, state, at, shortfall, due);
    if (released) {
      state[at + LearnerState.NORADRENALINE] = 1f;
      state[at + LearnerState.RELEASES] += 1f;
    }
    return released;
  }

  private static boolean released(
      LearnerConstants constants, float[] state, int at, float shortfall, boolean due) {
    ReleaseSettings release = constants.settings.release();
    float k = state[at + LearnerState.ACETYLCHOLINE];
    float high = constants.settings.others().acetylcholine() ? k / (0.5f + k) : release.high();
    float wait = state[at + LearnerState.WAIT];
    switch (release.rule()) {
      case TIMES:
        return due;
      case SURPRISE:
        boolean jumps = wait > 0f && shortfall > high;
        boolean armed = shortfall < release.low() && state[at + LearnerState.SLOW] > high;
        state[at + LearnerState.WAIT] = armed || (wait > 0f && !jumps) ? 1f : 0f;
        return jumps;
      case UNMENDED:
        float active = state[at + LearnerState.DOPAMINE];
        float idle = Math.fma(-active, constants.dopamineFactor, 1f);
        boolean unmended = wait == 0f && shortfall * (idle > 0f ? idle : 0f) > high;
        state[at + LearnerState.WAIT] =
            unmended ? release.refractoryTrials() : wait > 0f ? wait - 1f : 0f;
        return unmended;
      default:
        return false;
    }
  }
}
