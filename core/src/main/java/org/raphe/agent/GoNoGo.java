package org.raphe.agent;

import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * Go/No-Go with set shifting: a trial pairs a visual stimulus (A or B) with an auditory one (X or
 * Y), and one cue of the dimension that decides means Go. First A does. Each four trials hold the
 * four pairs in an order of their own. Task: Mei et al., arXiv 2501.06762 (2025).
 *
 * @param plan trials and shifts; each shift goes there or back again
 * @param shift what changes at a shift
 * @param table what is paid
 * @param seed key of the order of trials
 */
public record GoNoGo(SessionPlan plan, Shift shift, RewardTable table, long seed) implements Task {
  private static final int PAIRS = 4;
  private static final int HIT = 0;
  private static final int FALSE_ALARM = 1;
  private static final int MISS = 2;
  private static final int CORRECT_REJECTION = 3;

  @Override
  public String name() {
    return "go-nogo";
  }

  @Override
  public int stimuli() {
    return PAIRS;
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
    return table.rewards();
  }

  @Override
  public int word(int learner, int trial) {
    int pair =
        new UniformSequence(seed, RandomStream.TASK.number(trial / PAIRS), learner)
            .nextPermutation(PAIRS)[trial % PAIRS];
    int visual = pair & 1;
    int auditory = pair >>> 1;
    boolean go = isGo(visual, auditory, plan.shiftsBefore(trial) % 2 == 1);
    int shown = 1 << visual | 1 << 2 + auditory;
    return go
        ? Trial.word(shown, MISS, HIT, 1, true)
        : Trial.word(shown, CORRECT_REJECTION, FALSE_ALARM, 0, false);
  }

  private boolean isGo(int visual, int auditory, boolean shifted) {
    if (!shifted) {
      return visual == 0;
    }
    return shift == Shift.REVERSAL ? visual == 1 : auditory == 0;
  }
}
