package org.raphe.cli.verify;

/** What came of a check. Only {@link #PASSED} is a success. */
public enum Outcome {
  PASSED("passed"),
  FAILED("FAILED"),
  NOT_RUN("not run");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** As users read it. */
  @Override
  public String toString() {
    return word;
  }
}
