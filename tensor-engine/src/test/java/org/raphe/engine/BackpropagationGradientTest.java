package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.engine.ReferenceSlopes.Loss;
import org.raphe.network.Activation;
import org.raphe.network.LifDynamics;
import org.raphe.network.Mode;

/** The engine's backward formulas, and the squares of single samples' gradients. */
class BackpropagationGradientTest {

  /** Slope of one sample's loss along one parameter. */
  private interface Slope {
    double of(int sample, int parameter);
  }

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
  }

  private static RateBackpropagation rate(Loss loss, Activation activation) {
    return new RateBackpropagation(loss.settings(), activation);
  }

  private static SpikingBackpropagation spiking(Loss loss) {
    LifDynamics lif = LifDynamics.of(Mode.CLASSIFICATION);
    return new SpikingBackpropagation(loss.settings(), lif, ReferenceSlopes.STEPS);
  }

  private static double mean(Slope slope, int parameter) {
    double sum = 0;
    for (int sample = 0; sample < ReferenceSlopes.BATCH; sample++) {
      sum += slope.of(sample, parameter);
    }
    return sum / ReferenceSlopes.BATCH;
  }

  private static double sumOfSquares(Slope slope, int parameter) {
    double sum = 0;
    for (int sample = 0; sample < ReferenceSlopes.BATCH; sample++) {
      sum += Math.pow(slope.of(sample, parameter), 2);
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "MEAN_SQUARED, TANH",
    "CROSS_ENTROPY, TANH",
    "MEAN_SQUARED, RELU",
    "CROSS_ENTROPY, RELU"
  })
  void rateGradientsAreTheSlopesOfTheLoss(Loss loss, Activation activation) {
    Random random = new Random(3);
    ReferenceSlopes reference = new ReferenceSlopes(random, 0.8, activation);
    double[] x = ReferenceSlopes.features(random);
    double[] gradients = reference.engine(rate(loss, activation), x, TrainedDense::gradients);
    for (int k = 0; k < gradients.length; k++) {
      double expected = mean((sample, at) -> reference.rateSlope(loss, x, sample, at), k);
      assertEquals(expected, gradients[k], 1e-7, "parameter " + k);
    }
    long none = Arrays.stream(gradients).filter(gradient -> gradient == 0).count();
    boolean rectified = activation == Activation.RELU;
    assertTrue(
        rectified ? none > 0 && none < 2 * gradients.length / 3 : none == 0, none + " are 0");
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void spikingGradientsAreThoseOfTangentsCarriedForward(Loss loss) {
    Random random = new Random(8);
    ReferenceSlopes reference = new ReferenceSlopes(random, 1.2);
    double[] x = ReferenceSlopes.spikes(random);
    double[] gradients = reference.engine(spiking(loss), x, TrainedDense::gradients);
    assertAgree(gradients, k -> mean((b, at) -> reference.spikingSlope(loss, x, b, at), k));
  }

  /** The sum over samples of squared slopes, which no square of a batch's gradient is. */
  @Test
  void rateSquaresAreThoseOfEachSampleByItself() {
    Random random = new Random(4);
    ReferenceSlopes reference = new ReferenceSlopes(random, 0.8);
    double[] x = ReferenceSlopes.features(random);
    double[] squares =
        reference.engine(rate(Loss.CROSS_ENTROPY, Activation.TANH), x, new SquaredGradients(1));
    for (int k = 0; k < squares.length; k++) {
      double expected =
          sumOfSquares((b, at) -> reference.rateSlope(Loss.CROSS_ENTROPY, x, b, at), k);
      // Scalars of the formulas are rounded to float32, whatever the arrays hold.
      assertEquals(expected, squares[k], 1e-6 * Math.max(1, expected), "parameter " + k);
    }
  }

  @Test
  void spikingSquaresAreThoseOfEachSampleByItself() {
    Random random = new Random(8);
    ReferenceSlopes reference = new ReferenceSlopes(random, 1.2);
    double[] x = ReferenceSlopes.spikes(random);
    double[] squares =
        reference.engine(
            spiking(Loss.CROSS_ENTROPY), x, new SquaredGradients(ReferenceSlopes.STEPS));
    assertAgree(
        squares,
        k -> sumOfSquares((b, at) -> reference.spikingSlope(Loss.CROSS_ENTROPY, x, b, at), k));
  }

  /** Scalars of the spiking formulas are rounded to float32, whatever the arrays hold. */
  private static void assertAgree(double[] found, IntToDoubleFunction reference) {
    int notZero = 0;
    for (int k = 0; k < found.length; k++) {
      double expected = reference.applyAsDouble(k);
      assertEquals(expected, found[k], 1e-6 * Math.max(1, Math.abs(expected)), "at " + k);
      notZero += expected == 0 ? 0 : 1;
    }
    assertTrue(notZero > found.length / 2, notZero + " of " + found.length);
  }
}
