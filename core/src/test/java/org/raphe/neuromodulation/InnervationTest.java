package org.raphe.neuromodulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;
import org.raphe.random.Philox;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

class InnervationTest {
  private static final int DRAWS = 100_000;

  private static float[] draws(InnervationDistribution distribution) {
    UniformSequence uniform = new UniformSequence(17, 1, 2);
    float[] draws = new float[DRAWS];
    for (int k = 0; k < DRAWS; k++) {
      draws[k] = distribution.next(uniform);
    }
    return draws;
  }

  /**
   * Mean 1/2 by symmetry. Variances: uniform 1/12; Beta(1/2, 1/2) 1/8; Normal(1/2, 1) clamped to
   * [0, 1]: twice the integral of z^2 phi(z) over [0, 1/2] plus 1/4 of the clamped share 0.61708,
   * which is 0.03086 + 0.15427.
   */
  @ParameterizedTest
  @CsvSource({"UNIFORM, 0.5, 0.083333", "NORMAL, 0.5, 0.185128", "BETA, 0.5, 0.125", "ZERO, 0, 0"})
  void momentsAndRangeHold(InnervationDistribution distribution, double mean, double variance) {
    double sum = 0;
    double squares = 0;
    for (float entry : draws(distribution)) {
      assertTrue(entry >= 0f && entry <= 1f, distribution + " drew " + entry);
      sum += entry;
      squares += (entry - mean) * (entry - mean);
    }
    assertEquals(mean, sum / DRAWS, 5 * Math.sqrt(variance / DRAWS));
    assertEquals(variance, squares / DRAWS, 0.002);
  }

  /** P(entry < 1/4): uniform 1/4; arcsine 1/3; clamped normal Phi(-1/4) = 0.40129. */
  @ParameterizedTest
  @CsvSource({"UNIFORM, 0.25", "NORMAL, 0.40129", "BETA, 0.33333", "ZERO, 1"})
  void quartersHoldTheirShare(InnervationDistribution distribution, double share) {
    int below = 0;
    for (float entry : draws(distribution)) {
      below += entry < 0.25f ? 1 : 0;
    }
    assertEquals(share, (double) below / DRAWS, 0.007);
  }

  @Test
  void levelIsTheMeanOfTheTwoOpenRows() {
    Expectation expectation = new Expectation(2);
    float[] matrix = {0.125f, 0.25f, 0.5f, 0.75f, 1f, 0f, 0.25f, 0.5f};
    Innervation innervation = new Innervation(expectation, 2, matrix);
    assertEquals(0.625f, innervation.level(0, 0), "rows 2 and 3 of unit 0");
    assertEquals(0.25f, innervation.level(0, 1));
    assertEquals(0.3125f, innervation.level(1, 0), "rows 0 and 1 of unit 0");
    assertEquals(0.5f, innervation.level(1, 1));
    ModulationCurve curve = ModulationCurve.PUBLISHED;
    float[] signals = {curve.at(0.625f), curve.at(0.25f), curve.at(0.3125f), curve.at(0.5f)};
    assertArrayEquals(signals, innervation.modulation(curve));
  }

  @Test
  void drawnEntriesComeFromTheirOwnCounters() {
    Expectation expectation = new Expectation(3);
    Innervation innervation =
        Innervation.draw(9, 4, expectation, 6, InnervationDistribution.UNIFORM);
    int lower = expectation.lowerRow(1);
    for (int unit = 0; unit < 6; unit++) {
      float level = 0.5f * entry(lower, unit) + 0.5f * entry(lower + 1, unit);
      assertEquals(level, innervation.level(1, unit));
    }
  }

  private static float entry(int row, int unit) {
    int[] words = new int[4];
    Philox.draw(9, RandomStream.INNERVATION.number(4), row, 0, unit / 4, words);
    return Philox.uniform(words[unit % 4]);
  }

  @Test
  void theAblationHasLevelZero() {
    Innervation innervation =
        Innervation.draw(1, 0, new Expectation(2), 3, InnervationDistribution.ZERO);
    for (float signal : innervation.modulation(ModulationCurve.PUBLISHED)) {
      assertEquals(1f, signal, 1e-6f);
    }
  }

  @Test
  void aMatrixOfAnotherSizeIsRefused() {
    assertThrows(InputException.class, () -> new Innervation(new Expectation(2), 3, new float[11]));
  }
}
