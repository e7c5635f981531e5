package org.raphe.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.raphe.data.Samples;

class ClassMeanTest {
  private static final Samples TRAIN = SmallBaselineRun.DATASET.train();
  private static final Samples TEST = SmallBaselineRun.DATASET.test();

  /** Means of whole classes, and squared distances feature by feature. */
  private static int[] nearest() {
    double[][] means = new double[SmallBaselineRun.CLASSES][SmallBaselineRun.FEATURES];
    for (int label = 0; label < means.length; label++) {
      int[] own = TRAIN.indicesOf(label);
      for (int index : own) {
        for (int input = 0; input < SmallBaselineRun.FEATURES; input++) {
          means[label][input] += (double) TRAIN.feature(index, input) / own.length;
        }
      }
    }
    int[] nearest = new int[TEST.size()];
    for (int k = 0; k < nearest.length; k++) {
      double[] sample = SmallBaselineRun.sample(TEST, k);
      double least = Double.POSITIVE_INFINITY;
      for (int label = 0; label < means.length; label++) {
        double distance = 0;
        for (int input = 0; input < sample.length; input++) {
          distance += Math.pow(sample[input] - means[label][input], 2);
        }
        if (distance < least) {
          least = distance;
          nearest[k] = label;
        }
      }
    }
    return nearest;
  }

  @Test
  void itTellsTheClassOfTheNearestMean() {
    assertArrayEquals(nearest(), SmallBaselineRun.run(new ClassMean(), 1, 1).told());
  }

  @Test
  void predictionsAreAsRecorded() {
    assertEquals(
        "5ff148ce37168a00928849e501f05aed9808037fefa2de24e97d6ea1dca100ea",
        SmallBaselineRun.digest(SmallBaselineRun.run(new ClassMean(), 1, 1).told()));
  }

  @Test
  void itKeepsAMeanAndACountOfEachClassAndCountsItsProducts() {
    BaselineOutcome outcome = SmallBaselineRun.run(new ClassMean(), 1, 1);
    long means = (long) SmallBaselineRun.CLASSES * SmallBaselineRun.FEATURES;
    assertEquals(8 * (means + SmallBaselineRun.CLASSES), outcome.keptBytes());
    assertEquals(
        (long) TRAIN.size() * SmallBaselineRun.FEATURES + SmallBaselineRun.CLASSES * means,
        outcome.learningMacs(),
        "each sample moves its mean, and each experience ends with the squares of all");
    assertEquals(TEST.size() * means, outcome.scoringMacs());
  }
}
