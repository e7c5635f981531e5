package org.raphe.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniformSequenceTest {

  @Test
  void numbersAreTheWordsOfConsecutiveCounters() {
    UniformSequence sequence = new UniformSequence(5, 3, 7);
    int[] words = new int[4];
    for (int n = 0; n < 12; n++) {
      Philox.draw(5, 3, 7, 0, n / 4, words);
      assertEquals(words[n % 4], sequence.nextWord(), "number " + n);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 1000})
  void permutationHoldsEveryNumberOnce(int size) {
    int[] order = order(1, 1, size);
    Arrays.sort(order);
    int[] ascending = new int[size];
    Arrays.setAll(ascending, k -> k);
    assertArrayEquals(ascending, order);
  }

  @Test
  void permutationFollowsFromSeedAndEpochAlone() {
    int[] first = order(1, 1, 100);
    assertArrayEquals(first, order(1, 1, 100));
    assertFalse(Arrays.equals(first, order(1, 2, 100)));
    assertFalse(Arrays.equals(first, order(2, 1, 100)));
    assertFalse(Arrays.equals(first, order(1L << 32 | 1, 1, 100)), "the seed's high word counts");
  }

  @Test
  void permutationsAreEquallyLikely() {
    int[] seen = new int[64];
    for (int epoch = 0; epoch < 24_000; epoch++) {
      int[] order = order(3, epoch, 4);
      seen[order[0] << 4 | order[1] << 2 | order[2]]++;
    }
    double chiSquare = 0;
    int kinds = 0;
    for (int count : seen) {
      kinds += count > 0 ? 1 : 0;
      chiSquare += count > 0 ? (count - 1000.0) * (count - 1000.0) / 1000.0 : 0;
    }
    assertEquals(24, kinds);
    assertTrue(chiSquare < 49.7, "chi-square of 23 degrees, 0.1 % quantile: " + chiSquare);
  }

  private static int[] order(long seed, int epoch, int size) {
    return new UniformSequence(seed, RandomStream.ORDER.number(epoch), 0).nextPermutation(size);
  }

  @Test
  void numbersBelowABoundAreEquallyLikely() {
    int bound = 10;
    int draws = 100_000;
    UniformSequence sequence = new UniformSequence(1, 1, 1);
    int[] seen = new int[bound];
    for (int k = 0; k < draws; k++) {
      seen[sequence.nextBelow(bound)]++;
    }
    double chiSquare = 0;
    for (int count : seen) {
      double difference = count - (double) draws / bound;
      chiSquare += difference * difference / ((double) draws / bound);
    }
    assertTrue(chiSquare < 27.9, "chi-square of 9 degrees, 0.1 % quantile: " + chiSquare);
  }

  /**
   * With a bound of 3/8 of 2^32, multiplication without rejection gives numbers of remainder 0, 1
   * and 2 modulo 3 the shares 3/8, 3/8 and 2/8.
   */
  @Test
  void largeBoundsAreNotBiased() {
    int bound = 3 << 29;
    int draws = 60_000;
    UniformSequence sequence = new UniformSequence(2, 1, 1);
    int[] seen = new int[3];
    for (int k = 0; k < draws; k++) {
      seen[sequence.nextBelow(bound) % 3]++;
    }
    for (int remainder = 0; remainder < 3; remainder++) {
      assertEquals(draws / 3.0, seen[remainder], 5 * Math.sqrt(draws * 2 / 9.0));
    }
  }
}
