package org.raphe.agent;

import org.raphe.InputException;

/**
 * What Go/No-Go pays.
 *
 * @param hit Go at a Go cue
 * @param falseAlarm Go at a No-Go cue
 * @param miss No-Go at a Go cue
 * @param correctRejection No-Go at a No-Go cue
 */
public record RewardTable(float hit, float falseAlarm, float miss, float correctRejection) {
  /** Hits are rewarded, false alarms punished. */
  public static final RewardTable STANDARD = new RewardTable(1f, -1f, 0f, 0f);

  private static final float MOST = 100f;

  /**
   * Checks it.
   *
   * @throws InputException if a reward is not a number in [-100, 100]
   */
  public RewardTable {
    for (float reward : new float[] {hit, falseAlarm, miss, correctRejection}) {
      if (!(Math.abs(reward) <= MOST)) {
        throw new InputException("a reward must be in [-100, 100], not " + reward);
      }
    }
  }

  /** By {@link Trial}'s numbers: hit, false alarm, miss, correct rejection. */
  float[] rewards() {
    return new float[] {hit, falseAlarm, miss, correctRejection};
  }
}
