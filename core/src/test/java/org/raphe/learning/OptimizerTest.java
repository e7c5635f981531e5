package org.raphe.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;

class OptimizerTest {

  /** One float32 rounding of a positive number. */
  private static final double ROUNDING = 0x1p-24;

  @ParameterizedTest
  @CsvSource({"1e-4, 1", "1e-3, 0.5", "0.3, 0.0625"})
  void adamScalarsAreOneRoundingFromTheFormulas(double rate, double factor) {
    Optimizer.Adam adam = Optimizer.Adam.of(rate);
    double power1 = 1;
    double power2 = 1;
    for (int t = 1; t <= 1000; t++) {
      power1 *= 0.9;
      power2 *= 0.999;
      OptimizerStep step = adam.step(t, factor);
      assertRounded(rate * factor / (1 - power1), step.stepSize(), t);
      assertRounded(1 / Math.sqrt(1 - power2), step.inverseRoot(), t);
    }
  }

  private static void assertRounded(double expected, float actual, int t) {
    assertEquals(expected, actual, expected * (ROUNDING + 1e-11), "step " + t);
  }

  @Test
  void adamConstantsAreThoseWritten() {
    OptimizerStep step = Optimizer.Adam.of(1e-4).step(3, 1);
    assertEquals(OptimizerStep.Kind.ADAM, step.kind());
    assertEquals(0.1f, step.complement1());
    assertEquals(0.999f, step.beta2());
    assertEquals(0.001f, step.complement2());
    assertEquals(1e-8f, step.epsilon());
  }

  @Test
  void descentMultipliesRateAndFactor() {
    OptimizerStep step = new Optimizer.Sgd(5e-4).step(77, 0.5);
    assertEquals(OptimizerStep.Kind.SGD, step.kind());
    assertEquals(2.5e-4f, step.stepSize());
  }

  @Test
  void probeHasNoRate() {
    assertEquals(OptimizerStep.Kind.PROBE, new Optimizer.GradientProbe().step(1, 1).kind());
    assertEquals(0, new Optimizer.GradientProbe().learningRate());
  }

  @ParameterizedTest
  @ValueSource(floats = {-1e-9f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void unusableRatesAreRefused(float rate) {
    assertThrows(InputException.class, () -> new Optimizer.Sgd(rate));
    assertThrows(InputException.class, () -> Optimizer.Adam.of(rate));
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0.999, 1e-8",
    "1, 0.999, 1e-8",
    "0.9, 1, 1e-8",
    "0.9, -1, 1e-8",
    "NaN, 0.999, 1e-8",
    "0.9, NaN, 1e-8",
    "0.9, 0.999, 0",
    "0.9, 0.999, NaN"
  })
  void unusableConstantsOfAdamAreRefused(float beta1, float beta2, float epsilon) {
    assertThrows(InputException.class, () -> new Optimizer.Adam(1e-3f, beta1, beta2, epsilon));
  }
}
