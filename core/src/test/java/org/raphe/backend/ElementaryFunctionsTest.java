package org.raphe.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Bounds are the measured maxima, rounded up; the error is in ulps of the float nearest. */
class ElementaryFunctionsTest {
  private static final int POINTS = 1 << 20;

  /** A function of the contract. */
  @FunctionalInterface
  private interface FloatFunction {
    float at(float x);
  }

  private static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** Largest error over a grid and over as many random values. */
  private static double largestError(
      FloatFunction computed, DoubleUnaryOperator exact, float low, float high) {
    SplittableRandom random = new SplittableRandom(4);
    double largest = 0;
    for (int k = 0; k <= POINTS; k++) {
      float grid = (float) (low + (double) (high - low) * k / POINTS);
      largest = Math.max(largest, error(computed, exact, grid));
      float drawn = (float) random.nextDouble(low, high);
      largest = Math.max(largest, error(computed, exact, drawn));
    }
    return largest;
  }

  private static double error(FloatFunction computed, DoubleUnaryOperator exact, float x) {
    double truth = exact.applyAsDouble(x);
    return Math.abs(computed.at(x) - truth) / Math.ulp((float) truth);
  }

  private static void assertError(String what, double measured, double bound) {
    System.out.printf("%s: largest error %.4f ulp%n", what, measured);
    assertTrue(measured <= bound, what + ": " + measured + " ulp");
    assertTrue(measured > 0.4, what + " cannot be better than rounding: " + measured);
  }

  @Test
  void expIsCloseToStrictMath() {
    double wide = largestError(ElementaryFunctions::exp, StrictMath::exp, -87f, 88f);
    double narrow = largestError(ElementaryFunctions::exp, StrictMath::exp, -1f, 1f);
    assertError("exp on [-87, 88]", wide, 1.04);
    assertError("exp on [-1, 1]", narrow, 0.9);
  }

  @Test
  void logisticIsCloseToStrictMath() {
    DoubleUnaryOperator exact = ElementaryFunctionsTest::logistic;
    double negative = largestError(ElementaryFunctions::logistic, exact, -87f, 0f);
    double positive = largestError(ElementaryFunctions::logistic, exact, 0f, 20f);
    assertError("logistic on [-87, 0]", negative, 2.4);
    assertError("logistic on [0, 20]", positive, 1.5);
  }

  @Test
  void tanhIsCloseToStrictMath() {
    double wide = largestError(ElementaryFunctions::tanh, StrictMath::tanh, -10f, 10f);
    double narrow = largestError(ElementaryFunctions::tanh, StrictMath::tanh, -0.5f, 0.5f);
    double tiny = largestError(ElementaryFunctions::tanh, StrictMath::tanh, 0f, 1e-3f);
    assertError("tanh on [-10, 10]", wide, 2.17);
    assertError("tanh on [-0.5, 0.5]", narrow, 2.26);
    assertError("tanh on [0, 0.001]", tiny, 1.95);
  }

  @Test
  void expMinusOneIsCloseToStrictMath() {
    double measured = largestError(ElementaryFunctions::expMinusOne, StrictMath::expm1, 0f, 20f);
    assertError("expm1 on [0, 20]", measured, 1.52);
  }

  @Test
  void logIsCloseToStrictMath() {
    double below = largestError(ElementaryFunctions::log, StrictMath::log, 1e-6f, 0.9f);
    double above = largestError(ElementaryFunctions::log, StrictMath::log, 1.1f, 1e6f);
    double around = largestError(ElementaryFunctions::log, StrictMath::log, 0.7f, 1.42f);
    assertError("log on [1e-6, 0.9]", below, 2);
    assertError("log on [1.1, 1e6]", above, 2);
    assertError("log on [0.7, 1.42]", around, 2);
    assertEquals(0f, ElementaryFunctions.log(1f));
  }

  @Test
  void knownValuesAreExact() {
    assertEquals(1f, ElementaryFunctions.exp(0f));
    assertEquals(1f, ElementaryFunctions.exp(-0f));
    assertEquals(0f, ElementaryFunctions.expMinusOne(0f));
    assertEquals(0.5f, ElementaryFunctions.logistic(0f));
    assertEquals(0.5f, ElementaryFunctions.logistic(-0f));
    assertEquals(0, Float.floatToRawIntBits(ElementaryFunctions.tanh(0f)));
    assertEquals(
        Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(ElementaryFunctions.tanh(-0f)));
  }

  @Test
  void argumentsOutOfRangeAreClamped() {
    float lowest = ElementaryFunctions.exp(-87f);
    float highest = ElementaryFunctions.exp(88f);
    assertTrue(lowest >= Float.MIN_NORMAL && highest < Float.POSITIVE_INFINITY);
    assertEquals(lowest, ElementaryFunctions.exp(-88f));
    assertEquals(lowest, ElementaryFunctions.exp(Float.NEGATIVE_INFINITY));
    assertEquals(highest, ElementaryFunctions.exp(89f));
    assertEquals(highest, ElementaryFunctions.exp(Float.POSITIVE_INFINITY));
    assertEquals(1f, ElementaryFunctions.logistic(Float.POSITIVE_INFINITY));
    assertEquals(1f / (1f + highest), ElementaryFunctions.logistic(Float.NEGATIVE_INFINITY));
    assertTrue(ElementaryFunctions.logistic(Float.NEGATIVE_INFINITY) > 0f);
    for (float x : new float[] {9.5f, 10f, 11f, 1e30f, Float.POSITIVE_INFINITY}) {
      assertEquals(1f, ElementaryFunctions.tanh(x));
      assertEquals(-1f, ElementaryFunctions.tanh(-x));
    }
  }

  @Test
  void tanhIsOddAndStaysBelowOne() {
    for (int k = 0; k <= POINTS; k++) {
      float x = 12f * k / POINTS;
      float h = ElementaryFunctions.tanh(x);
      assertEquals(-h, ElementaryFunctions.tanh(-x));
      assertTrue(h >= 0f && h <= 1f);
    }
  }

  @Test
  void notANumberStaysOne() {
    assertTrue(Float.isNaN(ElementaryFunctions.exp(Float.NaN)));
    assertTrue(Float.isNaN(ElementaryFunctions.logistic(Float.NaN)));
    assertTrue(Float.isNaN(ElementaryFunctions.tanh(Float.NaN)));
  }
}
