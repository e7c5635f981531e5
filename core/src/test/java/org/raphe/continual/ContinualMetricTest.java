package org.raphe.continual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures worked out by hand. */
class ContinualMetricTest {
  /**
   *
   *
   * <pre>
   *             j=1 (10)  j=2 (20)  j=3 (10)
   *   initial     0.1       0.2       0.3
   *   i=1         0.8       0.1       0.5
   *   i=2         0.9       0.7       0.1
   *   i=3         0.3       0.9       0.6
   * </pre>
   */
  private static final AccuracyMatrix R =
      new AccuracyMatrix(
          List.of(10, 20, 10),
          List.of(
              new long[] {1, 4, 3},
              new long[] {8, 2, 5},
              new long[] {9, 14, 1},
              new long[] {3, 18, 6}));

  private static ContinualMetric metric(AccuracyMatrix r, String name) {
    return ContinualMetric.of(r).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertValue(String name, double expected) {
    assertEquals(expected, metric(R, name).value(), 1e-12, name);
    assertFalse(metric(R, name).formula().isBlank());
    assertNull(metric(R, name).reason());
  }

  @Test
  void theMatrixIsRowsOfLearnedByColumnsOfTested() {
    assertEquals(0.1, R.accuracy(1, 2));
    assertEquals(0.7, R.accuracy(2, 2));
    assertEquals(3, R.learned());
    assertEquals(List.of(0.3, 0.9, 0.6), R.rows().get(3));
    assertThrows(
        IllegalArgumentException.class,
        () -> new AccuracyMatrix(List.of(10, 20), List.of(new long[] {1})));
  }

  /** (3 + 18 + 6) / 40: larger experiences weigh more. */
  @Test
  void finalAccuracyIsOverSamples() {
    assertValue("final_accuracy", 27 / 40.0);
  }

  /** (0.3 + 0.9 + 0.6) / 3: every experience weighs the same. */
  @Test
  void finalMeanAccuracyIsOverExperiences() {
    assertValue("final_mean_accuracy", 0.6);
  }

  /** (0.8 + (0.9 + 0.7) / 2 + 0.6) / 3: unseen experiences and row 0 are left out. */
  @Test
  void averageAccuracyIsOfExperiencesSeenSoFar() {
    assertValue("average_accuracy", (0.8 + 0.8 + 0.6) / 3);
  }

  /** j = 1: 0.9 - 0.3; j = 2: 0.7 - 0.9, gained rather than forgotten. The last does not count. */
  @Test
  void forgettingIsFromTheBestSoFar() {
    assertValue("forgetting", (0.6 - 0.2) / 2);
  }

  /** The best is looked for from row 1 on: the initial network has learned nothing. */
  @Test
  void whatWasNeverLearnedIsNotForgotten() {
    AccuracyMatrix r =
        new AccuracyMatrix(
            List.of(10, 10), List.of(new long[] {10, 0}, new long[] {4, 0}, new long[] {1, 9}));
    assertEquals(0.3, metric(r, "forgetting").value(), 1e-12);
  }

  /** j = 1: 0.3 - 0.8; j = 2: 0.9 - 0.7. */
  @Test
  void backwardTransferIsFromWhenItWasLearned() {
    assertValue("backward_transfer", (-0.5 + 0.2) / 2);
  }

  /** j = 2: R[1][2] - R[0][2] = 0.1 - 0.2; j = 3: R[2][3] - R[0][3] = 0.1 - 0.3. */
  @Test
  void forwardTransferIsAgainstTheInitialNetwork() {
    assertValue("forward_transfer", (-0.1 - 0.2) / 2);
  }

  @Test
  void oneExperienceForgetsNothingAndSaysSo() {
    AccuracyMatrix r = new AccuracyMatrix(List.of(4), List.of(new long[] {0}, new long[] {3}));
    assertEquals(0.75, metric(r, "average_accuracy").value());
    for (String name : List.of("forgetting", "backward_transfer", "forward_transfer")) {
      assertNull(metric(r, name).value(), name);
      assertNotNull(metric(r, name).reason());
    }
  }

  @Test
  void learnedAtOnceThereIsNoOrderToForgetIn() {
    AccuracyMatrix r =
        new AccuracyMatrix(List.of(4, 4), List.of(new long[] {0, 1}, new long[] {3, 2}));
    assertEquals(0.625, metric(r, "final_accuracy").value());
    for (String name :
        List.of("average_accuracy", "forgetting", "backward_transfer", "forward_transfer")) {
      assertNull(metric(r, name).value(), name);
      assertEquals("all experiences were learned at once", metric(r, name).reason());
    }
  }
}
