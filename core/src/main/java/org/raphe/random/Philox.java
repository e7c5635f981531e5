package org.raphe.random;

/**
 * Philox4x32-10, a counter-based generator: four 32-bit words from a 128-bit counter and a 64-bit
 * key, with no state, so that any backend draws any number on its own.
 *
 * <p>Raphe's counters are {@code (stream, sample, step, unit / 4)} and its key is the seed, low
 * word first.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
public final class Philox {
  /** Rounds of the bijection. */
  public static final int ROUNDS = 10;

  /** Multiplier of words 0 and 2. */
  public static final int MULTIPLIER_0 = 0xD2511F53;

  public static final int MULTIPLIER_1 = 0xCD9E8D57;

  /** What a round adds to the key's low word. */
  public static final int WEYL_0 = 0x9E3779B9;

  public static final int WEYL_1 = 0xBB67AE85;

  /** 2^24: a draw's top 24 bits count up to here. */
  public static final int DRAW_RANGE = 1 << 24;

  private Philox() {}

  /**
   * Writes the four words of one counter to {@code words}.
   *
   * @param seed key, low word first
   * @param words receives 4 words
   */
  public static void draw(long seed, int stream, int sample, int step, int quad, int[] words) {
    int c0 = stream;
    int c1 = sample;
    int c2 = step;
    int c3 = quad;
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = (c0 & 0xFFFFFFFFL) * (MULTIPLIER_0 & 0xFFFFFFFFL);
      long product1 = (c2 & 0xFFFFFFFFL) * (MULTIPLIER_1 & 0xFFFFFFFFL);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c1 = (int) product1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
  }

  /** The draw of a word as a uniform number k / 2^24 in [0, 1), exact in float32. */
  public static float uniform(int word) {
    return (word >>> 8) * 0x1p-24f;
  }

  /**
   * Integer threshold of a probability: a unit spikes iff {@code (word >>> 8) < threshold(p)}.
   *
   * @param probability p; below 0 counts as 0, above 1 as 1
   * @return floor(p 2^24)
   */
  public static int threshold(float probability) {
    return (int) (Math.min(1f, Math.max(0f, probability)) * DRAW_RANGE);
  }
}
