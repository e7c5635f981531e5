package org.raphe.datasets.speech;

import org.raphe.InputException;

/** What is wrong with a SPHERE file, in one line that names the file. */
final class SphereFault {
  private SphereFault() {}

  /**
   * The exception to throw.
   *
   * @param source what messages call the file
   * @param place where in the file, or which field
   */
  static InputException of(String source, String place, String expected, Object found) {
    return new InputException(
        source
            + ": "
            + place
            + ": expected "
            + expected
            + ", found "
            + printable(String.valueOf(found))
            + "; give an intact NIST SPHERE file");
  }

  /** Bytes of a file go into messages only where they are letters on any terminal. */
  static String printable(String text) {
    String shown = text.replaceAll("[^ -~]", "?");
    return shown.length() <= 60 ? shown : shown.substring(0, 60) + "...";
  }
}
