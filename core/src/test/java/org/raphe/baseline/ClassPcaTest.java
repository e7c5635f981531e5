package org.raphe.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.backend.cpu.Workers;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

class ClassPcaTest {
  private static final Samples TRAIN = SmallBaselineRun.DATASET.train();
  private static final Samples TEST = SmallBaselineRun.DATASET.test();
  private static final int FEATURES = SmallBaselineRun.FEATURES;
  private static final int DIRECTIONS = 4;

  private static double[] mean(int[] own) {
    double[] mean = new double[FEATURES];
    for (int index : own) {
      double[] sample = SmallBaselineRun.sample(TRAIN, index);
      for (int input = 0; input < FEATURES; input++) {
        mean[input] += sample[input] / own.length;
      }
    }
    return mean;
  }

  /** Directions one by one, each by the power method on what those before it leave of samples. */
  private static double[][] directions(int[] own, double[] mean) {
    double[][] left = new double[own.length][];
    for (int k = 0; k < own.length; k++) {
      left[k] = minus(SmallBaselineRun.sample(TRAIN, own[k]), mean, 1);
    }
    double[][] directions = new double[DIRECTIONS][];
    for (int r = 0; r < DIRECTIONS; r++) {
      double[] along = new double[FEATURES];
      Arrays.setAll(along, input -> Math.cos(input));
      for (int round = 0; round < 20_000; round++) {
        double[] next = new double[FEATURES];
        for (double[] sample : left) {
          next = minus(next, sample, -dot(sample, along));
        }
        double length = Math.sqrt(dot(next, next));
        Arrays.setAll(along, input -> 0);
        along = minus(along, next, -1 / length);
      }
      directions[r] = along;
      for (int k = 0; k < left.length; k++) {
        left[k] = minus(left[k], along, dot(left[k], along));
      }
    }
    return directions;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int input = 0; input < one.length; input++) {
      sum += one[input] * other[input];
    }
    return sum;
  }

  private static double[] minus(double[] one, double[] other, double factor) {
    double[] difference = one.clone();
    for (int input = 0; input < one.length; input++) {
      difference[input] -= factor * other[input];
    }
    return difference;
  }

  /** The residual of every class, from whole classes and what is left of a sample step by step. */
  private static double[][] residuals() {
    double[][] residuals = new double[TEST.size()][SmallBaselineRun.CLASSES];
    for (int label = 0; label < SmallBaselineRun.CLASSES; label++) {
      double[] mean = mean(TRAIN.indicesOf(label));
      double[][] directions = directions(TRAIN.indicesOf(label), mean);
      for (int k = 0; k < residuals.length; k++) {
        double[] left = minus(SmallBaselineRun.sample(TEST, k), mean, 1);
        for (double[] direction : directions) {
          left = minus(left, direction, dot(left, direction));
        }
        residuals[k][label] = dot(left, left);
      }
    }
    return residuals;
  }

  @Test
  void scoresAreThoseOfTheResiduals() {
    double[][] residuals = residuals();
    int[] least = new int[TEST.size()];
    try (Workers workers = new Workers(2)) {
      BaselineLearner learner =
          new ClassPca(DIRECTIONS).begin(TRAIN.shape(), SmallBaselineRun.CLASSES, 1, workers);
      for (int label = 0; label < SmallBaselineRun.CLASSES; label++) {
        learner.learn(TRAIN, TRAIN.indicesOf(label));
        learner.endExperience();
      }
      for (int k = 0; k < least.length; k++) {
        double[] sample = SmallBaselineRun.sample(TEST, k);
        float[] features = new float[FEATURES];
        TEST.copyFeatures(k, features, 0);
        double[] scores = new double[SmallBaselineRun.CLASSES];
        learner.scores(features, scores);
        for (int label = 0; label < scores.length; label++) {
          double residual = dot(sample, sample) - 2 * scores[label];
          assertEquals(residuals[k][label], residual, 1e-6, "sample " + k + ", class " + label);
          least[k] = residuals[k][label] < residuals[k][least[k]] ? label : least[k];
        }
      }
    }
    assertArrayEquals(least, SmallBaselineRun.run(new ClassPca(DIRECTIONS), 1, 1).told());
  }

  @Test
  void predictionsAreAsRecorded() {
    assertEquals(
        "254f520a4ff39d2b495a09ab6daa6f430d52f303aff7e1b80e8e6ea23c82dc60",
        SmallBaselineRun.digest(SmallBaselineRun.run(new ClassPca(DIRECTIONS), 1, 1).told()));
  }

  @Test
  void itKeepsMeansAndDirectionsAloneAndDoesNotTellWhatItDidNotCount() {
    BaselineOutcome outcome = SmallBaselineRun.run(new ClassPca(DIRECTIONS), 1, 1);
    long each = (FEATURES + 1) * (DIRECTIONS + 1);
    assertEquals(8 * SmallBaselineRun.CLASSES * each, outcome.keptBytes());
    assertNull(outcome.learningMacs());
    assertTrue(outcome.uncounted().contains("eigenvectors"), outcome.uncounted());
    long active = 0;
    for (int k = 0; k < TEST.size(); k++) {
      active += Arrays.stream(SmallBaselineRun.sample(TEST, k)).filter(value -> value != 0).count();
    }
    assertEquals(
        SmallBaselineRun.CLASSES * (active * (DIRECTIONS + 1) + (long) TEST.size() * DIRECTIONS),
        outcome.scoringMacs());
  }

  /** Three samples vary along two directions: no third is made up. */
  @Test
  void aClassOfFewSamplesHasFewDirections() {
    float[] features = {0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0};
    Samples few =
        Samples.ofFeatures("few", InputShape.vector(4), 2, features, new int[] {0, 0, 0, 1, 1});
    try (Workers workers = new Workers(1)) {
      BaselineLearner learner = new ClassPca(3).begin(few.shape(), 2, 1, workers);
      learner.learn(few, new int[] {0, 1, 2, 3, 4});
      learner.endExperience();
      int numbers = learner.kept().stream().mapToInt(part -> part.length).sum();
      assertEquals((4 + 1) * (2 + 1) + (4 + 1), numbers, "class 1 does not vary at all");
      double[] scores = new double[2];
      learner.scores(new float[] {5, 7, 0, 0}, scores);
      assertEquals(5 * 5 + 7 * 7, 2 * scores[0], 1e-9, "in the plane of class 0");
    }
  }

  @Test
  void whatLeavesNoResidualIsRefused() {
    try (Workers workers = new Workers(1)) {
      InputException refused =
          assertThrows(
              InputException.class,
              () -> new ClassPca(FEATURES).begin(TRAIN.shape(), 5, 1, workers));
      assertTrue(refused.getMessage().endsWith("choose fewer directions"), refused.getMessage());
    }
    assertThrows(InputException.class, () -> new ClassPca(0));
    InputException word =
        assertThrows(InputException.class, () -> new ClassPca().with("directions", "many"));
    assertEquals("directions must be a whole number, not \"many\"", word.getMessage());
    assertEquals(new ClassPca(3), new ClassPca().with("directions", "3"));
  }
}
