package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;

/** Where two states of a stream must agree to the bit. */
final class SameStream {
  private static final int NEVER = Integer.MAX_VALUE - 1;

  private SameStream() {}

  /**
   * Asserts that a run which is stopped after any batch, written to {@code file}, read and
   * continued ends with the same bits.
   *
   * @return the end of the run that was not stopped
   */
  static TrainingState assertResumes(TrainingPlan plan, Path file) {
    ExperienceStream stream = SmallStream.stream(SmallStream.dataset());
    TrainingState whole = SmallStream.run(plan, TrainingState.initial(plan), NEVER);
    assertTrue(whole.isDone(stream));
    for (int batches = 1; batches < whole.stepsDone(); batches++) {
      TrainingState stopped = SmallStream.run(plan, TrainingState.initial(plan), batches);
      assertTrue(!stopped.isDone(stream), "stopped after " + batches);
      Checkpoint.write(file, plan.network(), "here", stopped);
      TrainingState read = SmallStream.read(file, plan, "here");
      assertSame(stopped, read);
      assertSame(whole, SmallStream.run(plan, read, NEVER - batches));
    }
    return whole;
  }

  /** All but seconds. */
  static void assertSame(TrainingState expected, TrainingState actual) {
    SameState.assertSame(expected.network(), actual.network());
    assertEquals(expected.atStart().sha256(), actual.atStart().sha256(), "start");
    assertEquals(expected.stepsDone(), actual.stepsDone());
    assertEquals(expected.passNumber(), actual.passNumber());
    assertEquals(expected.finished().size(), actual.finished().size());
    for (int k = 0; k < expected.finished().size(); k++) {
      assertSame(expected.finished().get(k), actual.finished().get(k));
    }
  }

  private static void assertSame(ExperienceMetrics expected, ExperienceMetrics actual) {
    assertArrayEquals(expected.hits(), actual.hits());
    assertEquals(expected.test().squaredError(), actual.test().squaredError());
    assertEquals(expected.passes().size(), actual.passes().size());
    for (int k = 0; k < expected.passes().size(); k++) {
      var before = expected.passes().get(k).train();
      var after = actual.passes().get(k).train();
      assertEquals(before.hits(), after.hits());
      assertEquals(before.samples(), after.samples());
      assertArrayEquals(before.activeInputs(), after.activeInputs());
      assertArrayEquals(before.synapseUpdates(), after.synapseUpdates());
    }
    for (int k = 0; k < expected.changes().size(); k++) {
      assertEquals(expected.changes().get(k).meanBefore(), actual.changes().get(k).meanBefore());
      assertArrayEquals(expected.changes().get(k).counts(), actual.changes().get(k).counts());
    }
  }
}
