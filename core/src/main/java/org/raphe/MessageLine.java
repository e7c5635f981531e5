package org.raphe;

/** Messages of one line, although a name or a text out of a file may bring anything. */
final class MessageLine {
  private static final int LONGEST = 1000;

  private MessageLine() {}

  /**
   * The text with line breaks made spaces and other control characters made question marks, cut
   * where it grows too long to read.
   */
  static String of(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return shown.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
