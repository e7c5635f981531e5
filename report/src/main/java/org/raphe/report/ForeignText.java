package org.raphe.report;

import java.util.regex.Pattern;

/** Text out of a file that anyone may have written. */
final class ForeignText {
  private static final int LONGEST = 300;
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private ForeignText() {}

  /**
   * The text with control characters and marks that reorder text made question marks, cut where it
   * grows too long to read.
   */
  static String of(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return UNFIT.matcher(shown).replaceAll("?");
  }

  /** Whether no character of a text, of whatever length, has to be replaced. */
  static boolean isPlain(String text) {
    return !UNFIT.matcher(text).find();
  }
}
