package org.raphe.rule;

/** Where the same seed and settings give the same weights, bit for bit. */
public enum SameBits {
  /** On each backend and any number of threads: its kernels keep the numeric contract. */
  ON_EVERY_BACKEND("on every backend, with any number of threads"),

  /** It runs on the CPU alone, in one order whatever shares the work. */
  ON_THE_CPU("on the CPU, with any number of threads"),

  /** An engine adds in an order of its own, which these decide. */
  ON_ONE_MACHINE("on one machine, with one number of threads");

  private final String words;

  SameBits(String words) {
    this.words = words;
  }

  /** In words, the end of a sentence. */
  @Override
  public String toString() {
    return words;
  }
}
