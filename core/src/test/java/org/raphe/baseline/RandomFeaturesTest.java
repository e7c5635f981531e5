package org.raphe.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.backend.cpu.Workers;
import org.raphe.data.Samples;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

class RandomFeaturesTest {
  private static final Samples TRAIN = SmallBaselineRun.DATASET.train();
  private static final Samples TEST = SmallBaselineRun.DATASET.test();
  private static final int CLASSES = SmallBaselineRun.CLASSES;

  /** More than a block of the factors, and no whole number of blocks. */
  private static final int FEATURES = 150;

  private static final double RIDGE = 0.5;
  private static final StreamBaseline BASELINE = new RandomFeatures(FEATURES, RIDGE);

  /** Activities of a sample, from numbers drawn here. */
  private static double[] activities(double[] sample) {
    double[] activities = new double[FEATURES];
    for (int input = 0; input < sample.length; input++) {
      UniformSequence drawn =
          new UniformSequence(SmallBaselineRun.SEED, RandomStream.WEIGHTS.number(0), input);
      for (int unit = 0; unit < FEATURES; unit++) {
        double weight = (2 * drawn.nextUniform() - 1) * Math.sqrt(3.0 / sample.length);
        activities[unit] += sample[input] * weight;
      }
    }
    return Arrays.stream(activities).map(value -> Math.max(0, value)).toArray();
  }

  /** The read-out by recursive least squares, sample by sample in the order of the stream. */
  private static double[][] recursion() {
    double[][] inverse = new double[FEATURES][FEATURES];
    for (int row = 0; row < FEATURES; row++) {
      inverse[row][row] = 1 / RIDGE;
    }
    double[][] readout = new double[FEATURES][CLASSES];
    for (int label : SmallBaselineRun.stream(1).order().classes()) {
      for (int index : TRAIN.indicesOf(label)) {
        step(inverse, readout, activities(SmallBaselineRun.sample(TRAIN, index)), label);
      }
    }
    return readout;
  }

  private static void step(double[][] inverse, double[][] readout, double[] h, int label) {
    double[] along = new double[FEATURES];
    double[] told = new double[CLASSES];
    for (int row = 0; row < FEATURES; row++) {
      for (int column = 0; column < FEATURES; column++) {
        along[row] += inverse[row][column] * h[column];
      }
      for (int k = 0; k < CLASSES; k++) {
        told[k] += h[row] * readout[row][k];
      }
    }
    double gain = 1;
    for (int row = 0; row < FEATURES; row++) {
      gain += h[row] * along[row];
    }
    for (int row = 0; row < FEATURES; row++) {
      for (int column = 0; column < FEATURES; column++) {
        inverse[row][column] -= along[row] * along[column] / gain;
      }
      for (int k = 0; k < CLASSES; k++) {
        readout[row][k] += along[row] * ((k == label ? 1 : 0) - told[k]) / gain;
      }
    }
  }

  private static BaselineLearner learned(StreamBaseline baseline, Workers workers) {
    BaselineLearner learner =
        baseline.begin(TRAIN.shape(), CLASSES, SmallBaselineRun.SEED, workers);
    for (int label : SmallBaselineRun.stream(1).order().classes()) {
      learner.learn(TRAIN, TRAIN.indicesOf(label));
      learner.endExperience();
    }
    return learner;
  }

  private static double[] scores(BaselineLearner learner, int index) {
    float[] features = new float[SmallBaselineRun.FEATURES];
    TEST.copyFeatures(index, features, 0);
    double[] scores = new double[CLASSES];
    learner.scores(features, scores);
    return scores;
  }

  @Test
  void scoresAreThoseOfRecursiveLeastSquares() {
    double[][] readout = recursion();
    try (Workers workers = new Workers(2)) {
      BaselineLearner learner = learned(BASELINE, workers);
      for (int k = 0; k < TEST.size(); k++) {
        double[] activities = activities(SmallBaselineRun.sample(TEST, k));
        double[] expected = new double[CLASSES];
        for (int unit = 0; unit < FEATURES; unit++) {
          for (int label = 0; label < CLASSES; label++) {
            expected[label] += activities[unit] * readout[unit][label];
          }
        }
        double[] scores = scores(learner, k);
        for (int label = 0; label < CLASSES; label++) {
          assertEquals(expected[label], scores[label], 1e-6, "sample " + k + ", class " + label);
        }
      }
    }
  }

  @Test
  void predictionsAreAsRecorded() {
    assertEquals(
        "be54ac6a85f7c93d888f38df4ead6513e8e12d03c51b2bc0ccab9e032ddcafc4",
        SmallBaselineRun.digest(SmallBaselineRun.run(BASELINE, 1, 1).told()));
  }

  @Test
  void itKeepsSumsWeightsAndTheReadOutAndCountsItsProducts() {
    BaselineOutcome outcome = SmallBaselineRun.run(BASELINE, 1, 1);
    long sums = FEATURES * (FEATURES + 1L) / 2 + FEATURES * CLASSES;
    assertEquals(
        8 * (sums + FEATURES * (SmallBaselineRun.FEATURES + CLASSES)), outcome.keptBytes());
    assertNull(outcome.uncounted());
    assertEquals(products() + CLASSES * factors(), outcome.learningMacs());
  }

  /** To make activities and to add their products to the upper half. */
  private static long products() {
    long products = 0;
    for (int k = 0; k < TRAIN.size(); k++) {
      double[] sample = SmallBaselineRun.sample(TRAIN, k);
      products += FEATURES * Arrays.stream(sample).filter(value -> value != 0).count();
      double[] activities = activities(sample);
      for (int unit = 0; unit < FEATURES; unit++) {
        products += activities[unit] == 0 ? 0 : FEATURES - unit;
      }
    }
    return products;
  }

  /** To factor the matrix, row by row, and to solve with the factors. */
  private static long factors() {
    long products = (long) FEATURES * (FEATURES + 1) * CLASSES;
    for (int row = 0; row < FEATURES; row++) {
      for (int below = row + 1; below < FEATURES; below++) {
        products += FEATURES - below;
      }
    }
    return products;
  }

  @Test
  void seedFeaturesAndRidgeDecideIt() {
    String usual = SmallBaselineRun.run(BASELINE, 1, 1).sha256();
    assertNotEquals(usual, SmallBaselineRun.run(new RandomFeatures(149, RIDGE), 1, 1).sha256());
    assertNotEquals(usual, SmallBaselineRun.run(new RandomFeatures(FEATURES, 1), 1, 1).sha256());
    try (Workers workers = new Workers(1)) {
      BaselineLearner other = BASELINE.begin(TRAIN.shape(), CLASSES, 12, workers);
      BaselineLearner same = BASELINE.begin(TRAIN.shape(), CLASSES, SmallBaselineRun.SEED, workers);
      assertNotEquals(other.kept().get(0)[0], same.kept().get(0)[0]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "features | 0 | random features must be 1..16384, not 0",
        "features | 16385 | random features must be 1..16384, not 16385",
        "features | 1.5 | features must be a whole number, not \"1.5\"",
        "ridge | 0 | the ridge must be finite and above 0, not 0.0",
        "ridge | Infinity | the ridge must be finite and above 0, not Infinity",
        "ridge | much | ridge must be a number, not \"much\"",
      })
  void aSettingThatCannotBeIsRefused(String setting, String value, String message) {
    InputException refused =
        assertThrows(InputException.class, () -> new RandomFeatures().with(setting, value));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void whatHasNoSolutionSaysSo() {
    try (Workers workers = new Workers(1)) {
      RidgeRegression regression = new RidgeRegression(2, 2, workers, new OperationCount());
      regression.add(new double[][] {{1e9, 1e9}}, new int[] {1});
      RunException none = assertThrows(RunException.class, () -> regression.solve(1e-9));
      assertTrue(none.getMessage().endsWith("choose a larger ridge"), none.getMessage());
    }
  }
}
