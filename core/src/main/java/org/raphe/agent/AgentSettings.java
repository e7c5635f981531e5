package org.raphe.agent;

import org.raphe.InputException;

/**
 * A spiking actor-critic: sizes and constants of its units, synapses and learning. Three groups of
 * units - No-Go, Go and critic - read the same input units; each has excitatory ones (E) and
 * inhibitory ones (I).
 *
 * @param steps T of a trial
 * @param stimulusUnits input units of a stimulus, 1 to 8
 * @param excitatory E units of a group
 * @param inhibitory I units of a group
 * @param inputRate probability that an input unit of a stimulus that is there spikes at a step
 * @param decay of a membrane in a step
 * @param threshold of a membrane
 * @param inhibition what a spike of an I unit takes from each E unit of its group a step later
 * @param initialWeight weights begin evenly in [0, this)
 * @param goWeight by how much those of Go's E units begin larger: responding comes first
 * @param largestWeight weights stay in [0, this]: a synapse of an input excites (Dale's law)
 * @param traceSteps time constant of the presynaptic trace, in steps
 * @param eligibilitySteps time constant of the eligibility trace, in steps
 * @param actorRate learning rate of No-Go and Go
 * @param criticRate that of the critic
 * @param slope a of the policy that learning assumes: p = softmax(a (rE - rI))
 * @param valueOffset b of the value V = b + m (rE - rI)
 * @param valueGain m of it
 * @param discount of the next value, where an episode goes on
 * @param temperature of the choice: 0 takes the group of the higher rate
 */
public record AgentSettings(
    int steps,
    int stimulusUnits,
    int excitatory,
    int inhibitory,
    float inputRate,
    float decay,
    float threshold,
    float inhibition,
    float initialWeight,
    float goWeight,
    float largestWeight,
    float traceSteps,
    float eligibilitySteps,
    float actorRate,
    float criticRate,
    float slope,
    float valueOffset,
    float valueGain,
    float discount,
    float temperature) {

  /** Stimuli there can be: an input unit has a bit of 32. */
  public static final int MOST_STIMULI = 4;

  /** Units of all groups: a unit has a bit of 64. */
  public static final int MOST_UNITS = 64;

  /** Steps of a trial there can be. */
  public static final int MOST_STEPS = 1000;

  static final int GROUPS = 3;
  private static final int MOST_STIMULUS_UNITS = 8;

  /** The settings of docs/GONOGO.md. */
  public static AgentSettings standard() {
    return new AgentSettings(
        60, 8, 8, 8, 0.3f, 0.8f, 1f, 0.05f, 0.12f, 1.5f, 0.4f, 10f, 40f, 0.02f, 0.02f, 10f, 0f, 3f,
        0.9f, 0f);
  }

  /**
   * Checks it.
   *
   * @throws InputException if a size or a constant is out of its range
   */
  public AgentSettings {
    within("steps of a trial", steps, 1, MOST_STEPS);
    within("units of a stimulus", stimulusUnits, 1, MOST_STIMULUS_UNITS);
    within("excitatory units of a group", excitatory, 1, MOST_UNITS);
    within("inhibitory units of a group", inhibitory, 1, MOST_UNITS);
    within("units of all groups", (excitatory + inhibitory) * GROUPS, 1, MOST_UNITS);
    within("probability of an input spike", inputRate, 0, 1);
    within("decay of a membrane", decay, 0, 1);
    within("threshold", threshold, 1e-3, 1e3);
    within("inhibition", inhibition, 0, 1e3);
    within("initial weight", initialWeight, 0, 1e3);
    within("factor of Go's initial weights", goWeight, 0, 1e3);
    within("largest weight", largestWeight, 1e-6, 1e3);
    within("steps of the presynaptic trace", traceSteps, 1e-3, 1e6);
    within("steps of the eligibility trace", eligibilitySteps, 1e-3, 1e6);
    within("actor's learning rate", actorRate, 0, 1e3);
    within("critic's learning rate", criticRate, 0, 1e3);
    within("slope of the policy", slope, 0, 1e3);
    within("offset of the value", valueOffset, -1e3, 1e3);
    within("gain of the value", valueGain, 0, 1e3);
    within("discount", discount, 0, 1);
    within("temperature", temperature, 0, 1e3);
  }

  static void within(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new InputException(
          what + " must be in [" + plain(least) + ", " + plain(most) + "], not " + plain(value));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Float.toString((float) value);
  }

  /** Units of a group. */
  int groupUnits() {
    return excitatory + inhibitory;
  }

  /** Units of all groups. */
  public int units() {
    return GROUPS * groupUnits();
  }
}
