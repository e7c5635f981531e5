package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void constantNeverChanges() {
    assertEquals(1, LearningRateSchedule.CONSTANT.factor(0, 10));
    assertEquals(1, LearningRateSchedule.CONSTANT.factor(9, 10));
  }

  @Test
  void linearFallsFromOneTowardsZero() {
    assertEquals(1, LearningRateSchedule.LINEAR.factor(0, 4));
    assertEquals(0.75, LearningRateSchedule.LINEAR.factor(1, 4));
    assertEquals(0.25, LearningRateSchedule.LINEAR.factor(3, 4));
    assertEquals(
        1 - 3_000_000_000.0 / 4_000_000_000.0,
        LearningRateSchedule.LINEAR.factor(3_000_000_000L, 4_000_000_000L));
  }

  @Test
  void namesAreWhatUsersType() {
    assertEquals("constant", LearningRateSchedule.CONSTANT.toString());
    assertEquals("linear", LearningRateSchedule.LINEAR.toString());
  }
}
