package org.raphe.random;

/**
 * The numbers of one (stream, sample) in order: number n is word {@code n % 4} of the counter
 * (stream, sample, 0, n / 4). For parameters and permutations, which are drawn once by the host.
 */
public final class UniformSequence {
  private final long seed;
  private final int stream;
  private final int sample;
  private final int[] words = new int[4];
  private int next;

  public UniformSequence(long seed, int stream, int sample) {
    this.seed = seed;
    this.stream = stream;
    this.sample = sample;
  }

  /** The next 32 random bits. */
  public int nextWord() {
    if (next % 4 == 0) {
      Philox.draw(seed, stream, sample, 0, next / 4, words);
    }
    return words[next++ % 4];
  }

  /** The next uniform number in [0, 1), a multiple of 2^-24. */
  public float nextUniform() {
    return Philox.uniform(nextWord());
  }

  /**
   * A number in 0..bound-1, every one equally likely (Lemire's rejection of the biased remainder).
   */
  public int nextBelow(int bound) {
    long product = (nextWord() & 0xFFFFFFFFL) * bound;
    long biased = (1L << 32) % bound;
    while ((product & 0xFFFFFFFFL) < biased) {
      product = (nextWord() & 0xFFFFFFFFL) * bound;
    }
    return (int) (product >>> 32);
  }

  /** A permutation of 0..size-1 (Fisher and Yates), equally likely among all. */
  public int[] nextPermutation(int size) {
    int[] order = new int[size];
    for (int k = 0; k < size; k++) {
      int other = nextBelow(k + 1);
      order[k] = order[other];
      order[other] = k;
    }
    return order;
  }
}
