package org.raphe.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.InputException;
import org.raphe.backend.cpu.Workers;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Samples;

/** What holds of every baseline. */
class BaselineRunTest {
  private static final Samples TRAIN = SmallBaselineRun.DATASET.train();
  private static final Samples TEST = SmallBaselineRun.DATASET.test();

  static Stream<StreamBaseline> baselines() {
    return StreamBaselines.all().stream();
  }

  @ParameterizedTest
  @MethodSource("baselines")
  void everyExperienceIsTestedBeforeTheFirstAndAfterEach(StreamBaseline baseline) {
    BaselineOutcome outcome = SmallBaselineRun.run(baseline, 2, 1);
    ExperienceStream stream = SmallBaselineRun.stream(1);
    AccuracyMatrix matrix = AccuracyMatrix.of(stream, outcome.finished());
    assertEquals(SmallBaselineRun.CLASSES, matrix.learned());
    for (int j = 1; j <= SmallBaselineRun.CLASSES; j++) {
      int label = stream.order().classes().get(j - 1);
      assertEquals(label == 0 ? 1.0 : 0.0, matrix.accuracy(0, j), "the lowest class is told");
      for (int i = 1; i < j; i++) {
        assertEquals(0.0, matrix.accuracy(i, j), "a class that did not come is not told");
      }
    }
    assertEquals(1.0, matrix.accuracy(1, 1), "the only class there is");
    assertTrue(matrix.mean(5, 5) > 0.5, () -> "learns: " + matrix.mean(5, 5));
    long right =
        IntStream.range(0, TEST.size()).filter(k -> outcome.told()[k] == TEST.label(k)).count();
    assertEquals(matrix.pooled(5, 5), (double) right / TEST.size(), 1e-15);
  }

  @ParameterizedTest
  @MethodSource("baselines")
  void noBitDependsOnThreads(StreamBaseline baseline) {
    BaselineOutcome one = SmallBaselineRun.run(baseline, 1, 2);
    BaselineOutcome three = SmallBaselineRun.run(baseline, 3, 2);
    assertEquals(one.sha256(), three.sha256());
    assertArrayEquals(one.told(), three.told());
    assertEquals(one.learningMacs(), three.learningMacs());
    assertEquals(one.scoringMacs(), three.scoringMacs());
    assertEquals(one.keptBytes(), three.keptBytes());
  }

  /** The scores of a sample have the same bits whatever is judged before it or beside it. */
  @ParameterizedTest
  @MethodSource("baselines")
  void aSampleIsJudgedByItself(StreamBaseline baseline) {
    try (Workers workers = new Workers(1)) {
      BaselineLearner learner =
          baseline.begin(TRAIN.shape(), SmallBaselineRun.CLASSES, SmallBaselineRun.SEED, workers);
      for (int label = 0; label < SmallBaselineRun.CLASSES; label++) {
        learner.learn(TRAIN, TRAIN.indicesOf(label));
        learner.endExperience();
      }
      List<double[]> forwards = new ArrayList<>();
      for (int k = 0; k < TEST.size(); k++) {
        forwards.add(scores(learner, k));
      }
      for (int k = TEST.size() - 1; k >= 0; k--) {
        assertArrayEquals(forwards.get(k), scores(learner, k), "sample " + k);
      }
    }
  }

  private static double[] scores(BaselineLearner learner, int index) {
    float[] features = new float[SmallBaselineRun.FEATURES];
    TEST.copyFeatures(index, features, 0);
    double[] scores = new double[SmallBaselineRun.CLASSES];
    learner.scores(features, scores);
    assertTrue(Arrays.stream(scores).allMatch(Double::isFinite), () -> Arrays.toString(scores));
    return scores;
  }

  @ParameterizedTest
  @MethodSource("baselines")
  void aSettingThatItHasNotIsRefused(StreamBaseline baseline) {
    InputException refused = assertThrows(InputException.class, () -> baseline.with("wings", "2"));
    assertEquals("baseline " + baseline.name() + " has no setting wings", refused.getMessage());
  }

  @Test
  void itStopsWhenAskedTo() {
    AtomicInteger asked = new AtomicInteger();
    List<ExperienceMetrics> finished = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      BaselineLearner learner =
          new ClassMean()
              .begin(TRAIN.shape(), SmallBaselineRun.CLASSES, SmallBaselineRun.SEED, workers);
      assertNull(
          new BaselineRun(
                  learner,
                  SmallBaselineRun.DATASET,
                  SmallBaselineRun.stream(1),
                  workers,
                  finished::add,
                  () -> asked.incrementAndGet() > 14)
              .run());
    }
    assertEquals(15, asked.get(), "nothing is done once it was asked to stop");
    assertEquals(List.of(0, 1), finished.stream().map(ExperienceMetrics::experience).toList());
  }

  @Test
  void noTrainingAccuracyIsToldWhereNoneIsMeasured() {
    for (ExperienceMetrics metrics : SmallBaselineRun.run(new ClassMean(), 1, 1).finished()) {
      assertNotNull(metrics.test().accuracy());
      metrics.passes().forEach(pass -> assertNull(pass.train().accuracy()));
    }
  }
}
