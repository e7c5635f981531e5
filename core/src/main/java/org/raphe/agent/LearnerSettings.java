package org.raphe.agent;

/**
 * All that decides how a learner behaves, but its seed and its task.
 *
 * @param agent units, synapses, learning
 * @param levers what noradrenaline acts on
 * @param release what releases it
 * @param others acetylcholine and serotonin
 */
public record LearnerSettings(
    AgentSettings agent,
    NoradrenalineLevers levers,
    ReleaseSettings release,
    OtherModulators others) {

  /** Checks that a burst fits into a trial. */
  public LearnerSettings {
    AgentSettings.within("steps of a burst", levers.burstSteps(), 1, agent.steps());
  }

  /** The settings of docs/GONOGO.md: dopamine and noradrenaline. */
  public static LearnerSettings standard() {
    return new LearnerSettings(
        AgentSettings.standard(),
        NoradrenalineLevers.standard(),
        ReleaseSettings.standard(),
        OtherModulators.NONE);
  }

  /** The same with other levers. */
  public LearnerSettings with(NoradrenalineLevers other) {
    return new LearnerSettings(agent, other, release, others);
  }

  /** The same under another rule of release. */
  public LearnerSettings by(ReleaseRule rule) {
    return new LearnerSettings(agent, levers, release.by(rule), others);
  }
}
