package org.raphe.report;

/** Text out of a file that anyone may have written. */
final class ForeignText {
  private static final int LONGEST = 300;

  private ForeignText() {}

  /**
   * The text with control characters and marks that reorder text made question marks, cut where it
   * grows too long to read.
   */
  static String of(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
  }
}
