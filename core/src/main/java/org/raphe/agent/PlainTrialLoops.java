package org.raphe.agent;

/** The readable form. */
final class PlainTrialLoops implements TrialLoops {
  @Override
  public String description() {
    return "plain";
  }

  @Override
  public void window(LearnerConstants constants, float[] weights, int at, TrialScratch scratch) {
    for (int step = 0; step < constants.steps; step++) {
      TraceAndBurst.begin(constants, scratch, step);
      integrate(constants, weights, at, scratch, scratch.inputs[step]);
      long spikes = fire(constants, scratch);
      TraceAndBurst.credit(constants, scratch, spikes);
    }
  }

  private static void integrate(
      LearnerConstants constants, float[] weights, int at, TrialScratch scratch, int inputs) {
    for (int unit = 0; unit < constants.units; unit++) {
      scratch.current[unit] = 0f;
    }
    for (int left = inputs; left != 0; left &= left - 1) {
      int row = at + Integer.numberOfTrailingZeros(left) * constants.stride;
      for (int unit = 0; unit < constants.units; unit++) {
        scratch.current[unit] += weights[row + unit];
      }
    }
  }

  private static long fire(LearnerConstants constants, TrialScratch scratch) {
    float decay = constants.settings.agent().decay();
    float threshold = constants.settings.agent().threshold();
    long spikes = 0;
    for (int unit = 0; unit < constants.units; unit++) {
      float inhibited =
          Math.fma(scratch.inhibition[unit], scratch.inhibited[unit], scratch.current[unit]);
      float current = inhibited * scratch.gain[unit] + scratch.burst[unit];
      float membrane = Math.fma(decay, scratch.membrane[unit], current);
      boolean spike = membrane > threshold;
      scratch.membrane[unit] = spike ? 0f : membrane;
      spikes |= spike ? 1L << unit : 0L;
    }
    return spikes;
  }
}
