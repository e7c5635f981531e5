package org.raphe.neuromodulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.OneLine;

class ReceptorDensityTest {
  private static float[] drawn(String text, Modulator modulator, int units) {
    return ReceptorDensity.parse(text).draw(3, modulator, 0, units);
  }

  @Test
  void aNumberIsTheDensityOfEveryUnit() {
    assertArrayEquals(new float[] {0.25f, 0.25f, 0.25f}, drawn("0.25", Modulator.DOPAMINE, 3));
    assertArrayEquals(
        new float[] {1f, 1f}, ReceptorDensity.FULL.draw(1, Modulator.SEROTONIN, 0, 2));
  }

  @Test
  void drawnDensitiesFillTheUnitInterval() {
    float[] densities = drawn("drawn", Modulator.SEROTONIN, 4000);
    double mean = 0;
    for (float density : densities) {
      assertTrue(density >= 0 && density < 1);
      mean += density / 4000;
    }
    assertEquals(0.5, mean, 0.02);
    assertFalse(Arrays.equals(densities, drawn("drawn", Modulator.DOPAMINE, 4000)));
    assertArrayEquals(densities, drawn("drawn", Modulator.SEROTONIN, 4000));
  }

  @Test
  void halfTheUnitsAnswerWithTheOppositeSign() {
    int positive = 0;
    for (float density : drawn("d1-d2", Modulator.DOPAMINE, 4000)) {
      assertEquals(1f, Math.abs(density));
      positive += density > 0 ? 1 : 0;
    }
    assertEquals(2000, positive, 130);
  }

  @Test
  void otherDensitiesAreRefusedInOneLine() {
    for (String wrong : new String[] {"-0.1", "1.01", "NaN"}) {
      OneLine.assertFails(
          InputException.class, () -> ReceptorDensity.parse(wrong), "lies in [0, 1]");
    }
    OneLine.assertFails(
        InputException.class, () -> ReceptorDensity.parse("dense"), "drawn or d1-d2");
  }
}
