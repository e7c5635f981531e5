package org.raphe.agent;

/**
 * Acetylcholine and serotonin beside dopamine and noradrenaline.
 *
 * @param acetylcholine whether it is there: k, the running mean of |DA|, is expected uncertainty;
 *     the learning rate counts 1 - k, and noradrenaline is released above k/(0.5 + k) (Yu and
 *     Dayan, Neuron 46, 2005)
 * @param acetylcholineTrials time constant of k
 * @param serotonin whether it is there: the running mean of punishment favours No-Go
 * @param serotoninTrials time constant of it
 * @param noGoBias what a mean punishment of 1 adds to No-Go's rate
 */
public record OtherModulators(
    boolean acetylcholine,
    float acetylcholineTrials,
    boolean serotonin,
    float serotoninTrials,
    float noGoBias) {

  /** Neither. */
  public static final OtherModulators NONE = new OtherModulators(false, 50f, false, 50f, 0.1f);

  /**
   * Checks it.
   *
   * @throws org.raphe.InputException if one is out of its range
   */
  public OtherModulators {
    AgentSettings.within("trials of acetylcholine", acetylcholineTrials, 1, 1e6);
    AgentSettings.within("trials of serotonin", serotoninTrials, 1, 1e6);
    AgentSettings.within("bias towards No-Go", noGoBias, 0, 100);
  }
}
