package org.raphe.agent;

import org.raphe.InputException;
import org.raphe.random.Philox;
import org.raphe.random.RandomStream;

/**
 * Two arms, one of which is rewarded more often; at each shift they exchange. There is one
 * stimulus, which says nothing.
 *
 * @param plan trials and shifts
 * @param better probability that the better arm pays 1, else 0
 * @param worse that of the other arm
 * @param seed key of what is paid
 */
public record ReversalBandit(SessionPlan plan, float better, float worse, long seed)
    implements Task {
  private static final int PAID = 1;

  /**
   * Checks it.
   *
   * @throws InputException if a probability is not in [0, 1] or the better arm is not better
   */
  public ReversalBandit {
    for (float probability : new float[] {better, worse}) {
      if (!(probability >= 0 && probability <= 1)) {
        throw new InputException("a probability of reward must be in [0, 1], not " + probability);
      }
    }
    if (!(better > worse)) {
      throw new InputException(
          "the better arm must pay more often than the other, not with "
              + better
              + " and "
              + worse);
    }
  }

  @Override
  public String name() {
    return "bandit";
  }

  @Override
  public int stimuli() {
    return 1;
  }

  @Override
  public int trials() {
    return plan.trials();
  }

  @Override
  public int[] shifts() {
    return plan.places();
  }

  @Override
  public float[] rewards() {
    return new float[] {0f, 1f, 0f, 0f};
  }

  @Override
  public int word(int learner, int trial) {
    int[] words = new int[4];
    Philox.draw(seed, RandomStream.TASK.number(trial), learner, 0, 0, words);
    int right = plan.shiftsBefore(trial) % 2 == 0 ? 1 : 0;
    int[] pays = new int[2];
    for (int arm = 0; arm < 2; arm++) {
      pays[arm] = Philox.uniform(words[arm]) < (arm == right ? better : worse) ? PAID : 0;
    }
    return Trial.word(1, pays[0], pays[1], right, true);
  }
}
