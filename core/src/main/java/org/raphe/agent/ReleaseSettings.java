package org.raphe.agent;

/**
 * The predictor of outcomes and what it releases. It expects the reward of late by two running
 * means; their difference is the shortfall, and the slow one stands still while that is large.
 *
 * @param rule what releases noradrenaline
 * @param high above which shortfall it is released
 * @param low below which shortfall the slow mean follows, and {@link ReleaseRule#SURPRISE} is armed
 * @param fastTrials time constant of the fast mean
 * @param slowTrials time constant of the slow mean
 * @param dopamineTrials time constant of the mean of |DA|
 * @param dopamineBound mean of |DA| from which on dopamine is taken to mend what is wrong
 * @param decay of the level from trial to trial
 * @param refractoryTrials trials from a release to the next at least, under {@link
 *     ReleaseRule#UNMENDED}
 */
public record ReleaseSettings(
    ReleaseRule rule,
    float high,
    float low,
    float fastTrials,
    float slowTrials,
    float dopamineTrials,
    float dopamineBound,
    float decay,
    int refractoryTrials) {

  /**
   * Checks it.
   *
   * @throws org.raphe.InputException if one is out of its range
   */
  public ReleaseSettings {
    AgentSettings.within("shortfall that releases noradrenaline", high, 0, 100);
    AgentSettings.within("shortfall that arms it", low, 0, 100);
    AgentSettings.within("trials of the fast mean", fastTrials, 1, 1e6);
    AgentSettings.within("trials of the slow mean", slowTrials, 1, 1e6);
    AgentSettings.within("trials of dopamine's mean", dopamineTrials, 1, 1e6);
    AgentSettings.within("bound of dopamine's mean", dopamineBound, 1e-6, 100);
    AgentSettings.within("decay of noradrenaline", decay, 0, 1);
    AgentSettings.within("trials between releases", refractoryTrials, 1, 1e6);
  }

  /** The settings of docs/GONOGO.md. */
  public static ReleaseSettings standard() {
    return new ReleaseSettings(ReleaseRule.UNMENDED, 0.2f, 0.1f, 10f, 100f, 10f, 0.3f, 0.9f, 20);
  }

  /** The same under another rule. */
  public ReleaseSettings by(ReleaseRule other) {
    return new ReleaseSettings(
        other,
        high,
        low,
        fastTrials,
        slowTrials,
        dopamineTrials,
        dopamineBound,
        decay,
        refractoryTrials);
  }
}
