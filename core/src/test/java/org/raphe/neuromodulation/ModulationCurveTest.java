package org.raphe.neuromodulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;

class ModulationCurveTest {

  @ParameterizedTest
  @CsvSource({"0.5, 1.2", "1, 1.2", "0.25, 2", "0.4, 1"})
  void landmarksHold(float lambda, float thetaMax) {
    ModulationCurve curve = new ModulationCurve(lambda, thetaMax);
    assertEquals(1f, curve.at(0f), 1e-6f);
    assertEquals(thetaMax, curve.at(lambda / 4), 1e-6f);
    assertEquals(1f, curve.at(lambda / 2), 1e-6f);
    assertEquals(0.25f, curve.at(0.75f * lambda), 1e-6f);
    assertEquals(0f, curve.at(lambda));
    assertEquals(-0.25f, curve.at(1.25f * lambda), 1e-5f);
    assertEquals(-1f, curve.at(1.5f * lambda), 1e-5f);
    assertEquals(-thetaMax, curve.at(1.75f * lambda), 1e-5f);
    assertEquals(-1f, curve.at(2f * lambda), 1e-5f);
  }

  /** f of docs/ALGORITHM.md, section 3, in double precision. */
  private static double reference(double lambda, double thetaMax, double n) {
    double square = lambda * lambda;
    if (n <= lambda / 2) {
      return thetaMax - (thetaMax - 1) * Math.pow(4 * n - lambda, 2) / square;
    }
    if (n <= lambda) {
      return 4 * Math.pow(n - lambda, 2) / square;
    }
    if (n <= 1.5 * lambda) {
      return -4 * Math.pow(lambda - n, 2) / square;
    }
    return (thetaMax - 1) * Math.pow(4 * (2 * lambda - n) - lambda, 2) / square - thetaMax;
  }

  @Test
  void thePublishedCurveFollowsItsFormula() {
    for (int k = 0; k <= 10_000; k++) {
      float level = k / 10_000f;
      assertEquals(
          reference(0.5, 1.2f, level), ModulationCurve.PUBLISHED.at(level), 1e-6, "n = " + level);
    }
  }

  @Test
  void theCurveIsOddAboutLambda() {
    for (int k = 0; k <= 512; k++) {
      float distance = k / 1024f;
      assertEquals(
          ModulationCurve.PUBLISHED.at(0.5f - distance),
          -ModulationCurve.PUBLISHED.at(0.5f + distance),
          1e-6f);
    }
  }

  @Test
  void unusableConstantsAreRefused() {
    assertThrows(InputException.class, () -> new ModulationCurve(0f, 1.2f));
    assertThrows(InputException.class, () -> new ModulationCurve(-1f, 1.2f));
    assertThrows(InputException.class, () -> new ModulationCurve(Float.NaN, 1.2f));
    assertThrows(InputException.class, () -> new ModulationCurve(Float.POSITIVE_INFINITY, 1.2f));
    assertThrows(InputException.class, () -> new ModulationCurve(0.5f, -0.1f));
    assertThrows(InputException.class, () -> new ModulationCurve(0.5f, Float.NaN));
    assertThrows(InputException.class, () -> new ModulationCurve(0.5f, Float.NEGATIVE_INFINITY));
  }
}
