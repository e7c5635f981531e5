package org.raphe.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Measures of outcomes that were made up. */
class StudyMeasuresTest {
  private static final int RIGHT_GO = StudyRecord.RIGHT | PlacedLearners.ACTION | StudyRecord.CUE;

  /** Learner 0 is right from trial 10 on, acting; learner 1 never is and never acts. */
  private static StudyRecord record() {
    StudyRecord record = new StudyRecord(2, 40);
    for (int trial = 0; trial < 40; trial++) {
      record.outcomes()[2 * trial] = (byte) (trial >= 10 ? RIGHT_GO : StudyRecord.CUE);
    }
    record.outcomes()[2 * 4] |= PlacedLearners.RELEASED;
    return record;
  }

  private static StudyMeasures measures() {
    GoNoGo task = new GoNoGo(new SessionPlan(40, 0), Shift.REVERSAL, RewardTable.STANDARD, 1);
    return StudyMeasures.of(record(), task, ReleaseSettings.standard(), 20);
  }

  @Test
  void criterionIsEighteenOfTwentyInARow() {
    StudyMeasures.Criterion criterion = measures().criteria().get(0);
    assertEquals(0.5, criterion.reached().mean());
    // Right from the 11th on: trials 9 to 28 hold 18 right ones after 2 wrong ones.
    assertEquals(28, criterion.trials().mean());
    assertEquals(1, criterion.trials().count());
  }

  @Test
  void ratesEntropyAndLevelsAreMeansOverLearners() {
    StudyMeasures measures = measures();
    assertEquals(0.25, measures.correct().get(0).mean());
    assertEquals(0.5, measures.correct().get(1).mean());
    // Learner 0: 10 of 20 cues answered by Go, one bit; learner 1 saw no cue.
    assertEquals(1, measures.entropy().get(0).mean(), 1e-12);
    assertEquals(1, measures.entropy().get(0).count());
    assertEquals(0, measures.entropy().get(1).mean());
    assertEquals(0.5, measures.releases().mean());
    double sum = 0;
    for (int trial = 0; trial < 15; trial++) {
      sum += Math.pow(0.9, trial);
    }
    assertEquals(sum / 20 / 2, measures.noradrenaline().get(0).mean(), 1e-6);
  }

  @Test
  void intervalsAreThoseOfTheFormulas() {
    Interval share = Interval.ofShare(8, 10);
    assertEquals(0.4902, share.low(), 1e-4); // Wilson, worked out by hand
    assertEquals(0.9433, share.high(), 1e-4);
    Interval mean = Interval.ofMean(10, 30, 4);
    assertEquals(2.5, mean.mean());
    assertEquals(2.5 + 1.959964 * Math.sqrt(5.0 / 3 / 4), mean.high(), 1e-9);
    assertNull(Interval.ofMean(0, 0, 0));
  }

  @Test
  void outcomesArePackedWithoutLoss() {
    StudyRecord record = record();
    StudyRecord again = new StudyRecord(2, 40);
    again.restore(record.tensor().values());
    assertArrayEquals(record.outcomes(), again.outcomes());
  }
}
