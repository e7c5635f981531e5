package org.raphe.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;

/** Trials of the tasks that ship. */
class TaskTest {
  private static final SessionPlan PLAN = new SessionPlan(80, 3);

  @Test
  void fourTrialsHoldTheFourPairs() {
    GoNoGo task = new GoNoGo(PLAN, Shift.REVERSAL, RewardTable.STANDARD, 5);
    for (int block = 0; block < 20; block++) {
      int first = 4 * block;
      int[] shown =
          IntStream.range(first, first + 4)
              .map(t -> Trial.stimuli(task.word(3, t)))
              .sorted()
              .toArray();
      assertArrayEquals(new int[] {0b0101, 0b0110, 0b1001, 0b1010}, shown);
    }
  }

  @Test
  void theRuleShiftsThereAndBack() {
    for (Shift shift : Shift.values()) {
      GoNoGo task = new GoNoGo(PLAN, shift, RewardTable.STANDARD, 5);
      assertArrayEquals(new int[] {20, 40, 60}, task.shifts());
      for (int trial = 0; trial < 80; trial++) {
        int word = task.word(0, trial);
        boolean shifted = trial / 20 % 2 == 1;
        int cue = !shifted ? 0b0001 : shift == Shift.REVERSAL ? 0b0010 : 0b0100;
        int go = (Trial.stimuli(word) & cue) != 0 ? 1 : 0;
        assertEquals(go, Trial.right(word));
        assertEquals(go == 1, Trial.cue(word));
        float paid = task.rewards()[Trial.reward(word, 1)];
        assertEquals(go == 1 ? 1f : -1f, paid, "Go is paid at a Go cue and punished at another");
        assertEquals(0f, task.rewards()[Trial.reward(word, 0)]);
      }
    }
  }

  @Test
  void theBetterArmPaysMoreOftenAndChanges() {
    ReversalBandit bandit = new ReversalBandit(new SessionPlan(4000, 1), 0.8f, 0.2f, 1);
    int[][] paid = new int[2][2];
    for (int trial = 0; trial < 4000; trial++) {
      for (int arm = 0; arm < 2; arm++) {
        paid[trial / 2000][arm] += (int) bandit.rewards()[Trial.reward(bandit.word(7, trial), arm)];
      }
      assertEquals(trial < 2000 ? 1 : 0, Trial.right(bandit.word(7, trial)));
    }
    assertEquals(0.8, paid[0][1] / 2000.0, 0.03);
    assertEquals(0.2, paid[0][0] / 2000.0, 0.03);
    assertEquals(0.8, paid[1][0] / 2000.0, 0.03);
    assertEquals(0.2, paid[1][1] / 2000.0, 0.03);
  }

  @Test
  void whatIsNoTaskIsRefused() {
    assertThrows(InputException.class, () -> new ReversalBandit(PLAN, 1.2f, 0.2f, 1));
    assertThrows(InputException.class, () -> new ReversalBandit(PLAN, 0.2f, 0.8f, 1));
    assertThrows(InputException.class, () -> new ReversalBandit(PLAN, 0.5f, Float.NaN, 1));
    assertThrows(InputException.class, () -> new RewardTable(Float.NaN, 0f, 0f, 0f));
    assertThrows(InputException.class, () -> new SessionPlan(80, 4));
    assertThrows(InputException.class, () -> new SessionPlan(3, 0));
  }
}
