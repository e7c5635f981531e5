package org.raphe.cli;

import java.io.Writer;
import java.util.stream.Stream;

/** The end of what a run printed. */
final class LogTail extends Writer {
  private static final String OF_RAPHE = "raphe: ";

  private final int most;
  private final StringBuilder kept = new StringBuilder();

  /**
   * @param most characters that are kept
   */
  LogTail(int most) {
    this.most = most;
  }

  @Override
  public void write(char[] text, int from, int length) {
    kept.append(text, from, length);
    if (kept.length() > 2 * most) {
      kept.delete(0, kept.length() - most);
    }
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  @Override
  public String toString() {
    return kept.substring(Math.max(0, kept.length() - most));
  }

  /** Why a run that ended with a status other than 0 failed, in one line. */
  String failure(int status) {
    String line = lastLine(toString());
    return line == null ? "ended with status " + status : line;
  }

  /** The last line in which a command said what was wrong; null where none did. */
  static String lastLine(String log) {
    try (Stream<String> lines = log.lines()) {
      return lines
          .filter(line -> line.startsWith(OF_RAPHE))
          .reduce((one, next) -> next)
          .map(line -> line.substring(OF_RAPHE.length()))
          .orElse(null);
    }
  }
}
