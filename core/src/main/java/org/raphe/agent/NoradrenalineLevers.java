package org.raphe.agent;

import java.util.Set;

/**
 * What noradrenaline at level 1 does to the E units of actor and critic; in between in proportion.
 * Four levers, separate: 0 switches one off.
 *
 * @param gain by how much more their currents count: 1 + gain times the level
 * @param burst probability that an actor's group has a correlated burst in a trial
 * @param temperature added to that of the choice
 * @param plasticity by how much faster is learned: 1 + plasticity times the level
 * @param burstCurrent current of a burst, to all E units of its group alike
 * @param burstSteps steps of a burst
 * @param criticBurst the share of {@code burst} that the critic's group has
 */
public record NoradrenalineLevers(
    float gain,
    float burst,
    float temperature,
    float plasticity,
    float burstCurrent,
    int burstSteps,
    float criticBurst) {

  /**
   * Checks it.
   *
   * @throws org.raphe.InputException if one is out of its range
   */
  public NoradrenalineLevers {
    AgentSettings.within("noradrenaline's gain", gain, 0, 1e3);
    AgentSettings.within("probability of a burst", burst, 0, 1);
    AgentSettings.within("noradrenaline's temperature", temperature, 0, 1e3);
    AgentSettings.within("noradrenaline's plasticity", plasticity, 0, 1e3);
    AgentSettings.within("current of a burst", burstCurrent, 0, 1e3);
    AgentSettings.within("steps of a burst", burstSteps, 1, AgentSettings.MOST_STEPS);
    AgentSettings.within("share of the critic's bursts", criticBurst, 0, 1);
  }

  /** The settings of docs/GONOGO.md. */
  public static NoradrenalineLevers standard() {
    return new NoradrenalineLevers(0.3f, 0.5f, 0.1f, 2f, 1.2f, 30, 0f);
  }

  /** The same with some levers alone; the others are 0. */
  public NoradrenalineLevers only(Set<Lever> kept) {
    return new NoradrenalineLevers(
        kept.contains(Lever.GAIN) ? gain : 0f,
        kept.contains(Lever.BURSTS) ? burst : 0f,
        kept.contains(Lever.TEMPERATURE) ? temperature : 0f,
        kept.contains(Lever.PLASTICITY) ? plasticity : 0f,
        burstCurrent,
        burstSteps,
        criticBurst);
  }
}
