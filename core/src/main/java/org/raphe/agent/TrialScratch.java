package org.raphe.agent;

import java.util.Arrays;

/** What one learner's trial computes with and leaves behind: memory of one worker. */
final class TrialScratch {
  /** [step] which input units spike, a bit each. */
  final int[] inputs;

  /** [stimulus] a number of 16 bits that a draw is below where an input unit spikes. */
  final int[] thresholds = new int[AgentSettings.MOST_STIMULI];

  /** [input] presynaptic trace, and what it adds to the eligibility at this step. */
  final float[] trace = new float[LearnerConstants.INPUTS];

  final float[] share = new float[LearnerConstants.INPUTS];

  /** [unit] membrane, 0 after a spike. */
  final float[] membrane;

  final float[] current;

  /** [unit] what a spike of the group's I units adds, what currents are multiplied by. */
  final float[] inhibition;

  final float[] gain;

  /** [unit] spikes of the group's I units a step ago; current of a burst. */
  final float[] inhibited;

  final float[] burst;

  /** [unit][input] eligibility. */
  final float[] eligibility;

  /** [unit] spikes in the trial. */
  final int[] counts;

  /** [group] the step at which a burst begins; -1 where there is none. */
  final int[] onsets = new int[AgentSettings.GROUPS];

  final int[] words = new int[4];
  final int[] burstWords = new int[4];

  /** [group] rE - rI. */
  final float[] rates = new float[AgentSettings.GROUPS];

  /** Level of noradrenaline in the trial, probability of action 1, value, choice. */
  float noradrenaline;

  float probability;
  float value;
  int action;

  TrialScratch(LearnerConstants constants) {
    int stride = constants.stride;
    inputs = new int[constants.steps];
    membrane = new float[stride];
    current = new float[stride];
    inhibition = new float[stride];
    gain = new float[stride];
    inhibited = new float[stride];
    burst = new float[stride];
    eligibility = new float[stride * LearnerConstants.INPUTS];
    counts = new int[stride];
    for (int unit = 0; unit < constants.units; unit++) {
      inhibition[unit] = constants.excites(unit) ? -constants.settings.agent().inhibition() : 0f;
    }
  }

  /** Before a trial: rest. */
  void clear() {
    Arrays.fill(trace, 0f);
    Arrays.fill(membrane, 0f);
    Arrays.fill(inhibited, 0f);
    Arrays.fill(burst, 0f);
    Arrays.fill(eligibility, 0f);
    Arrays.fill(counts, 0);
  }
}
