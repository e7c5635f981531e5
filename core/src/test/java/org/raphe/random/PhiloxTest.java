package org.raphe.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known answers are those of the Random123 distribution (philox4x32, 10 rounds). */
class PhiloxTest {

  @ParameterizedTest
  @CsvSource({
    "0,0,0,0, 0,0, 6627e8d5,e169c58d,bc57ac4c,9b00dbd8",
    "ffffffff,ffffffff,ffffffff,ffffffff, ffffffff,ffffffff, 408f276d,41c83b0e,a20bc7c6,6d5451fd",
    "243f6a88,85a308d3,13198a2e,03707344, a4093822,299f31d0, d16cfe09,94fdcceb,5001e420,24126ea1"
  })
  void knownAnswersHold(
      String c0,
      String c1,
      String c2,
      String c3,
      String k0,
      String k1,
      String w0,
      String w1,
      String w2,
      String w3) {
    long seed = Long.parseLong(k1, 16) << 32 | Long.parseLong(k0, 16);
    int[] words = new int[4];
    Philox.draw(seed, word(c0), word(c1), word(c2), word(c3), words);
    assertArrayEquals(new int[] {word(w0), word(w1), word(w2), word(w3)}, words);
  }

  private static int word(String hexadecimal) {
    return Integer.parseUnsignedInt(hexadecimal, 16);
  }

  @Test
  void thresholdsAreFloorsOfProbabilityTimesTwoToThe24() {
    assertEquals(0, Philox.threshold(0f));
    assertEquals(0, Philox.threshold(-0f));
    assertEquals(1 << 24, Philox.threshold(1f));
    assertEquals(1 << 23, Philox.threshold(0.5f));
    assertEquals((1 << 24) - 1, Philox.threshold(0x0.ffffffp0f));
    assertEquals(1, Philox.threshold(0x1p-24f));
    assertEquals(0, Philox.threshold(0x0.ffffffp-24f));
    assertEquals(3, Philox.threshold(0x3.fp-24f));
  }

  @Test
  void thresholdsOutOfRangeAreClamped() {
    assertEquals(0, Philox.threshold(-1e-30f));
    assertEquals(0, Philox.threshold(Float.NEGATIVE_INFINITY));
    assertEquals(0, Philox.threshold(Float.NaN));
    assertEquals(1 << 24, Philox.threshold(1.0000001f));
    assertEquals(1 << 24, Philox.threshold(Float.POSITIVE_INFINITY));
  }

  @Test
  void uniformNumbersAreTheTop24Bits() {
    assertEquals(0f, Philox.uniform(0xFF));
    assertEquals(0x1p-24f, Philox.uniform(0x100));
    assertEquals(0.5f, Philox.uniform(0x80000000));
    assertEquals(0x0.ffffffp0f, Philox.uniform(-1));
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 0.001f, 0.1f, 0.5f, 0.9f, 1f})
  void unitsSpikeAtTheirProbability(float probability) {
    int draws = 200_000;
    int threshold = Philox.threshold(probability);
    int[] words = new int[4];
    int spikes = 0;
    for (int k = 0; k < draws; k += 4) {
      Philox.draw(11, 1, k % 1000, k / 1000, k, words);
      for (int word : words) {
        spikes += (word >>> 8) < threshold ? 1 : 0;
      }
    }
    double deviation = Math.sqrt(draws * probability * (1 - probability));
    double difference = Math.abs(spikes - (double) draws * probability);
    assertTrue(difference <= 4 * deviation, spikes + " spikes of " + draws);
  }
}
