package org.raphe.agent;

import java.util.Arrays;

/** What a step begins and ends with, whatever loops run between. */
final class TraceAndBurst {
  private TraceAndBurst() {}

  /** Presynaptic traces of the step, and bursts that begin or end at it. */
  static void begin(LearnerConstants constants, TrialScratch scratch, int step) {
    int inputs = scratch.inputs[step];
    float factor = constants.eligibility[step];
    float[] trace = scratch.trace;
    for (int input = 0; input < LearnerConstants.INPUTS; input++) {
      trace[input] = Math.fma(trace[input], constants.traceDecay, inputs >>> input & 1);
      scratch.share[input] = trace[input] * factor;
    }
    bursts(constants, scratch, step);
  }

  /** Currents of bursts that begin or end at a step. */
  static void bursts(LearnerConstants constants, TrialScratch scratch, int step) {
    NoradrenalineLevers levers = constants.settings.levers();
    for (int group = 0; group < AgentSettings.GROUPS; group++) {
      int onset = scratch.onsets[group];
      if (onset >= 0 && (step == onset || step == onset + levers.burstSteps())) {
        int first = group * constants.groupUnits;
        float current = step == onset ? levers.burstCurrent() : 0f;
        Arrays.fill(scratch.burst, first, first + constants.excitatory, current);
      }
    }
  }

  /** Counts and eligibility of the units that spiked, and whom the I units among them inhibit. */
  static void credit(LearnerConstants constants, TrialScratch scratch, long spikes) {
    for (long left = spikes; left != 0; left &= left - 1) {
      int unit = Long.numberOfTrailingZeros(left);
      scratch.counts[unit]++;
      int row = unit * LearnerConstants.INPUTS;
      for (int input = 0; input < LearnerConstants.INPUTS; input++) {
        scratch.eligibility[row + input] += scratch.share[input];
      }
    }
    inhibit(constants, scratch, spikes);
  }

  /** Whom the I units among those that spiked inhibit. */
  static void inhibit(LearnerConstants constants, TrialScratch scratch, long spikes) {
    long inhibitory = (1L << constants.inhibitory) - 1 << constants.excitatory;
    for (int group = 0; group < AgentSettings.GROUPS; group++) {
      int first = group * constants.groupUnits;
      float count = Long.bitCount(spikes & inhibitory << first);
      Arrays.fill(scratch.inhibited, first, first + constants.excitatory, count);
    }
  }
}
