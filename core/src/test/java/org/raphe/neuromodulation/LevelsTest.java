package org.raphe.neuromodulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.OneLine;

/** Levels against closed forms, in double, and at their bounds. */
class LevelsTest {
  private static final int SIZE = Couplings.SIZE;
  private static final float[] NOTHING = new float[SIZE];

  private static Levels levels(float tonic, float phasic, Couplings couplings) {
    Map<Modulator, LevelDynamics> all = new EnumMap<>(Modulator.class);
    for (Modulator modulator : Modulator.values()) {
      all.put(modulator, new LevelDynamics(tonic, phasic, -1f, 1f));
    }
    return new Levels(all, couplings);
  }

  private static float[] only(Modulator modulator, float value) {
    float[] values = new float[SIZE];
    values[modulator.ordinal()] = value;
    return values;
  }

  @Test
  void aBurstDecaysByItsTimeConstant() {
    Levels levels = levels(1000f, 50f, Couplings.NONE);
    levels.step(NOTHING, only(Modulator.NORADRENALINE, 0.8f), 1f);
    for (int n = 1; n <= 200; n++) {
      levels.step(NOTHING, NOTHING, 1f);
      double exact = 0.8 * Math.pow(1 - 1 / 50.0, n);
      assertEquals(exact, levels.phasic(Modulator.NORADRENALINE), 2e-6, "step " + n);
      assertEquals(0.8 * Math.exp(-n / 50.0), levels.of(Modulator.NORADRENALINE), 0.01);
    }
    assertEquals(0f, levels.of(Modulator.DOPAMINE), "no other level moves");
  }

  @Test
  void aStepIsAnsweredByItsTimeConstant() {
    Levels levels = levels(300f, 10f, Couplings.NONE);
    for (int n = 1; n <= 300; n++) {
      levels.step(only(Modulator.ACETYLCHOLINE, 0.7f), NOTHING, 10f);
      double exact = 0.7 * (1 - Math.pow(1 - 10 / 300.0, n));
      assertEquals(exact, levels.tonic(Modulator.ACETYLCHOLINE), 2e-6, "step " + n);
    }
    assertEquals(0.7f, levels.of(Modulator.ACETYLCHOLINE), 1e-4f);
  }

  /** x' = x + r (d + C x - x) of a pair that drive each other, by the powers of its eigenvalues. */
  @Test
  void aCoupledPairMovesAlongItsEigenvectors() {
    float[] matrix = new float[SIZE * SIZE];
    matrix[SIZE * Modulator.DOPAMINE.ordinal() + Modulator.SEROTONIN.ordinal()] = 0.5f;
    matrix[SIZE * Modulator.SEROTONIN.ordinal() + Modulator.DOPAMINE.ordinal()] = 0.5f;
    Levels levels = levels(20f, 10f, new Couplings(matrix));
    for (int n = 1; n <= 150; n++) {
      levels.step(only(Modulator.DOPAMINE, 0.4f), NOTHING, 1f);
      double sum = 0.4 / (1 - 0.5) * (1 - Math.pow(1 - (1 - 0.5) / 20, n));
      double difference = 0.4 / (1 + 0.5) * (1 - Math.pow(1 - (1 + 0.5) / 20, n));
      assertEquals((sum + difference) / 2, levels.of(Modulator.DOPAMINE), 5e-6, "step " + n);
      assertEquals((sum - difference) / 2, levels.of(Modulator.SEROTONIN), 5e-6, "step " + n);
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1e30f
      })
  void extremeInputsAndCouplingsStayBounded(float extreme) {
    float[] matrix = new float[SIZE * SIZE];
    java.util.Arrays.fill(matrix, 1f);
    Levels levels = levels(0.001f, 0.001f, new Couplings(matrix));
    float[] drive = {extreme, extreme, -extreme, extreme};
    for (int n = 0; n < 20; n++) {
      levels.step(drive, n % 2 == 0 ? drive : NOTHING, 1000f);
      for (Modulator modulator : Modulator.values()) {
        assertTrue(Math.abs(levels.of(modulator)) <= 1, modulator + " " + levels.of(modulator));
        assertTrue(Math.abs(levels.tonic(modulator)) <= 1, modulator + " tonic");
        assertTrue(Math.abs(levels.phasic(modulator)) <= 2, modulator + " phasic");
      }
    }
  }

  @Test
  void aStateIsTakenUpToTheSameBits() {
    Levels one = levels(30f, 7f, Couplings.NONE);
    one.step(new float[] {0.3f, 0.1f, 0.9f, -0.4f}, new float[] {0.1f, 0f, 0f, 0.5f}, 1f);
    Levels other = levels(30f, 7f, Couplings.NONE);
    other.restore(one.state());
    one.step(NOTHING, NOTHING, 1f);
    other.step(NOTHING, NOTHING, 1f);
    for (Modulator modulator : Modulator.values()) {
      assertEquals(one.of(modulator), other.of(modulator), 0f);
      assertTrue(one.of(modulator) != 0f);
    }
  }

  @Test
  void whatIsNoLevelIsRefusedInOneLine() {
    for (float wrong : new float[] {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY}) {
      OneLine.assertFails(
          InputException.class, () -> new LevelDynamics(wrong, 1f, 0f, 1f), "time constant");
      OneLine.assertFails(
          InputException.class, () -> new LevelDynamics(1f, wrong, 0f, 1f), "time constant");
    }
    OneLine.assertFails(
        InputException.class, () -> new LevelDynamics(1f, 1f, 1f, 1f), "two finite bounds");
    OneLine.assertFails(
        InputException.class, () -> new Couplings(new float[9]), "16 in all, not 9");
    OneLine.assertFails(InputException.class, () -> Couplings.listed("0,0,x"), "no number");
    float[] large = new float[SIZE * SIZE];
    large[3] = 1.5f;
    OneLine.assertFails(InputException.class, () -> new Couplings(large), "[-1, 1], not at 1.5");
    large[3] = Float.NaN;
    OneLine.assertFails(InputException.class, () -> new Couplings(large), "[-1, 1]");
    OneLine.assertFails(InputException.class, () -> Modulator.named("dopamin"), "did you mean");
    OneLine.assertFails(
        InputException.class, () -> Modulator.listed("da,xx"), "da, ach, 5ht, na, dopamine");
  }

  @Test
  void modulatorsAreReadByBothNames() {
    assertEquals(Modulator.SEROTONIN, Modulator.named("5HT"));
    assertEquals(Modulator.SEROTONIN, Modulator.named("serotonin"));
    assertEquals(
        java.util.Set.of(Modulator.DOPAMINE, Modulator.NORADRENALINE), Modulator.listed("na, DA"));
    assertEquals(java.util.Set.of(), Modulator.listed("none"));
  }
}
