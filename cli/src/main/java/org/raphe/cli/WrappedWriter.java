package org.raphe.cli;

import java.io.PrintWriter;
import java.io.Writer;

/** Breaks lines between words where the terminal would break them anywhere. */
final class WrappedWriter extends PrintWriter {
  private static final String INDENT = "  ";

  private final int width;

  /**
   * @param width columns of the terminal
   */
  WrappedWriter(Writer target, int width) {
    super(target);
    this.width = width;
  }

  @Override
  public void println(String line) {
    super.println(wrapped(line, width));
  }

  /** The line in lines of at most so many columns, all but the first indented; words stay whole. */
  static String wrapped(String line, int width) {
    StringBuilder all = new StringBuilder();
    int column = 0;
    for (String word : line.split(" ")) {
      if (column > 0 && column + 1 + word.length() > width) {
        all.append(System.lineSeparator()).append(INDENT);
        column = INDENT.length();
      } else if (column > 0) {
        all.append(' ');
        column++;
      }
      all.append(word);
      column += word.length();
    }
    return all.toString();
  }
}
