package org.raphe.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.network.Mode;
import org.raphe.neuromodulation.InnervationDistribution;
import org.raphe.neuromodulation.ModulationCurve;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Naca;

class LearningSpecTest {

  @Test
  void publishedClassificationUsesAdamAndMeanSquaredError() {
    LearningSpec published =
        LearningSpec.published(Mode.CLASSIFICATION, new DirectRandomTargetProjection());
    assertEquals(new DirectRandomTargetProjection(), published.rule());
    assertEquals(new Optimizer.Adam(1e-4, 0.9, 0.999, 1e-8), published.hidden());
    assertEquals(published.hidden(), published.readout());
    assertEquals(ReadoutLoss.Kind.MEAN_SQUARED, published.loss().kind());
  }

  @Test
  void publishedContinualLearningUsesDescentAndTheLastStep() {
    LearningSpec published = LearningSpec.published(Mode.CLASS_CONTINUAL, new Naca());
    assertEquals(new Optimizer.Sgd(5e-4), published.hidden());
    assertEquals(new Optimizer.Sgd(5e-4), published.readout());
    assertEquals(ReadoutLoss.Kind.LAST_STEP, published.loss().kind());
    assertEquals(
        new Naca(new ModulationCurve(0.5f, 1.2f), InnervationDistribution.UNIFORM),
        published.rule());
  }

  @Test
  void layersHaveTheirOwnOptimizer() {
    LearningSpec published = LearningSpec.published(Mode.CLASSIFICATION, new Naca());
    Optimizer slow = new Optimizer.Sgd(1e-5);
    LearningSpec mixed =
        new LearningSpec(
            new Naca(), slow, published.readout(), published.loss(), SignalGain.SURPRISE);
    assertEquals(slow, mixed.optimizer(false));
    assertEquals(published.readout(), mixed.optimizer(true));
    LearningSpec same = mixed.withOptimizer(new Optimizer.GradientProbe());
    assertEquals(new Optimizer.GradientProbe(), same.optimizer(false));
    assertEquals(new Optimizer.GradientProbe(), same.optimizer(true));
    assertEquals(mixed.loss(), same.loss());
    assertEquals(SignalGain.CONSTANT, published.gain());
    assertEquals(SignalGain.SURPRISE, same.gain());
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY})
  void unusableScalesOfALossAreRefused(float scale) {
    assertThrows(InputException.class, () -> ReadoutLoss.crossEntropy(scale));
  }

  @Test
  void lossesKeepTheirScale() {
    assertEquals(
        new ReadoutLoss(ReadoutLoss.Kind.CROSS_ENTROPY, 4f, ReadoutLoss.Credit.CHAIN),
        ReadoutLoss.crossEntropy(4f));
    assertEquals(
        new ReadoutLoss(ReadoutLoss.Kind.MEAN_SQUARED, 1f, ReadoutLoss.Credit.CHAIN),
        ReadoutLoss.PUBLISHED);
    assertEquals(
        new ReadoutLoss(ReadoutLoss.Kind.LAST_STEP, 1f, ReadoutLoss.Credit.CHAIN),
        ReadoutLoss.CONTINUAL);
  }
}
