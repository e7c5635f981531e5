package org.raphe.parity;

import java.util.Locale;

/**
 * Collects differences between computed and recorded numbers, and remembers the first that is too
 * large.
 */
final class Comparison {
  /** Float sums were recorded in another order: 1e-5 relative or 1e-6 absolute. */
  static final double RELATIVE = 1e-5;

  static final double ABSOLUTE = 1e-6;

  private long compared;
  private double largest;
  private String fault;

  /** Compares to tolerance. */
  void close(String what, float[] computed, float[] recorded) {
    if (sameLength(what, computed.length, recorded.length)) {
      for (int k = 0; k < recorded.length; k++) {
        close(what + "[" + k + "]", computed[k], recorded[k]);
      }
    }
  }

  /** Compares one number to tolerance. */
  void close(String what, double computed, double recorded) {
    double difference = Math.abs(computed - recorded);
    compared++;
    largest = Math.max(largest, difference);
    boolean agrees = difference <= Math.max(ABSOLUTE, RELATIVE * Math.abs(recorded));
    if (!agrees && fault == null) {
      fault = what + " is " + computed + ", recorded " + recorded;
    }
  }

  /** Compares counts exactly. */
  void same(String what, int[] computed, int[] recorded) {
    if (sameLength(what, computed.length, recorded.length)) {
      for (int k = 0; k < recorded.length; k++) {
        compared++;
        if (computed[k] != recorded[k] && fault == null) {
          fault = what + "[" + k + "] is " + computed[k] + ", recorded " + recorded[k];
        }
      }
    }
  }

  private boolean sameLength(String what, int computed, int recorded) {
    if (computed != recorded && fault == null) {
      fault = what + " has " + computed + " numbers, recorded " + recorded;
    }
    return computed == recorded;
  }

  /** The row of {@code file}. */
  CheckRow row(String file) {
    if (compared == 0 && fault == null) {
      return new CheckRow(file, CheckRow.Outcome.FAILED, "it holds no number to compare with");
    }
    return fault == null
        ? new CheckRow(
            file,
            CheckRow.Outcome.PASSED,
            compared
                + " numbers, largest difference "
                + String.format(Locale.ROOT, "%.1e", largest))
        : new CheckRow(file, CheckRow.Outcome.FAILED, fault);
  }
}
