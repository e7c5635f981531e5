package org.raphe.parity;

/**
 * The outcome of one recorded file.
 *
 * @param file its name
 * @param outcome passed, failed or skipped
 * @param detail largest difference, first fault, or why it was skipped
 */
public record CheckRow(String file, Outcome outcome, String detail) {

  /** What came of it. */
  public enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }
}
