package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.raphe.backend.Counters;

/** Where two states must agree to the bit. */
final class SameState {
  private SameState() {}

  /** All but seconds. */
  static void assertSame(TrainingState expected, TrainingState actual) {
    assertEquals(expected.epoch(), actual.epoch());
    assertEquals(expected.samplesDone(), actual.samplesDone());
    assertEquals(expected.stepsDone(), actual.stepsDone());
    assertSame(expected.running(), actual.running());
    assertEquals(expected.finished().size(), actual.finished().size());
    for (int k = 0; k < expected.finished().size(); k++) {
      assertEquals(expected.finished().get(k).epoch(), actual.finished().get(k).epoch());
      assertSame(expected.finished().get(k).train(), actual.finished().get(k).train());
      assertSame(expected.finished().get(k).test(), actual.finished().get(k).test());
    }
    assertEquals(expected.parameters().sha256(), actual.parameters().sha256(), "parameters");
    assertEquals(expected.firstMoments().sha256(), actual.firstMoments().sha256(), "moments");
    assertEquals(expected.secondMoments().sha256(), actual.secondMoments().sha256(), "moments");
  }

  static void assertSame(Counters expected, Counters actual) {
    assertEquals(expected.samples(), actual.samples());
    assertEquals(expected.hits(), actual.hits());
    assertEquals(expected.squaredError(), actual.squaredError());
    assertArrayEquals(expected.activeInputs(), actual.activeInputs());
    assertArrayEquals(expected.synapseUpdates(), actual.synapseUpdates());
  }
}
