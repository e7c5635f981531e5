package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.tensor.TensorSpec;

/** Where two states must agree to the bit. */
final class SameState {
  private SameState() {}

  /** All but seconds. */
  static void assertSame(TrainingState expected, TrainingState actual) {
    assertEquals(expected.passNumber(), actual.passNumber());
    assertEquals(expected.samplesDone(), actual.samplesDone());
    assertEquals(expected.stepsDone(), actual.stepsDone());
    assertSame(expected.running(), actual.running());
    assertEquals(expected.finished().size(), actual.finished().size());
    assertEquals(expected.allPasses().size(), actual.allPasses().size());
    for (int k = 0; k < expected.allPasses().size(); k++) {
      assertEquals(expected.allPasses().get(k).epoch(), actual.allPasses().get(k).epoch());
      assertSame(expected.allPasses().get(k).train(), actual.allPasses().get(k).train());
      assertSame(expected.allPasses().get(k).test(), actual.allPasses().get(k).test());
    }
    assertEquals(expected.atStart().sha256(), actual.atStart().sha256(), "start");
    assertSame(expected.network(), actual.network());
  }

  /** By names, shapes and bits; but seconds, which a clock measures. */
  static void assertSame(NetworkState expected, NetworkState actual) {
    assertEquals(expected.tensors().specs(), actual.tensors().specs());
    for (TensorSpec spec : expected.tensors().specs()) {
      assertArrayEquals(
          expected.tensors().values(spec.name()),
          actual.tensors().values(spec.name()),
          spec.name());
    }
    assertEquals(expected.tensors().sha256(), actual.tensors().sha256());
    assertEquals(expected.scalars().keySet(), actual.scalars().keySet());
  }

  static void assertSame(Counters expected, Counters actual) {
    assertEquals(expected.samples(), actual.samples());
    assertEquals(expected.hits(), actual.hits());
    assertEquals(expected.squaredError(), actual.squaredError());
    assertArrayEquals(expected.activeInputs(), actual.activeInputs());
    assertArrayEquals(expected.synapseUpdates(), actual.synapseUpdates());
  }
}
