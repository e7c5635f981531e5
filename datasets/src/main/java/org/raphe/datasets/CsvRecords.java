package org.raphe.datasets;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into records of cells as RFC 4180 has it: cells stand between separators, records end
 * with a line; a cell within double quotes may hold separators, lines and quotes, each of these
 * doubled. Spaces around cells are taken away, lines without a cell are passed over.
 *
 * <p>Text is untrusted: what a cell and a record may hold is bounded.
 */
final class CsvRecords {
  private static final int MAX_CELL = 1 << 16;
  private static final int MAX_CELLS = 1 << 24;
  private static final int END = -1;

  /** What is wrong with a record, of which the line is known by {@link #line}. */
  static final class BrokenRecord extends Exception {
    private static final long serialVersionUID = 1;

    BrokenRecord(String why) {
      super(why);
    }
  }

  private final Reader text;
  private final char separator;
  private int line = 1;
  private int nextLine = 1;
  private int next;

  /**
   * @param text buffered; not closed
   * @throws IOException if reading fails
   */
  CsvRecords(Reader text, char separator) throws IOException {
    this.text = text;
    this.separator = separator;
    next = text.read();
    if (next == '\uFEFF') {
      next = text.read();
    }
  }

  /** The line, from 1, on which the last record began. */
  int line() {
    return line;
  }

  /**
   * The cells of the next record; null at the end.
   *
   * @throws BrokenRecord if quotes do not close, or a cell or record is longer than is read
   * @throws IOException if reading fails
   */
  List<String> next() throws IOException, BrokenRecord {
    while (next != END) {
      line = nextLine;
      List<String> cells = record();
      if (cells.size() > 1 || !cells.get(0).isEmpty()) {
        return cells;
      }
    }
    return null;
  }

  private List<String> record() throws IOException, BrokenRecord {
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(cell());
      if (cells.size() > MAX_CELLS) {
        throw new BrokenRecord("more than " + MAX_CELLS + " cells");
      }
      if (next != separator) {
        break;
      }
      advance();
    }
    if (next == '\r') {
      advance();
    }
    if (next == '\n') {
      advance();
    }
    return cells;
  }

  private void advance() throws IOException {
    if (next == '\n') {
      nextLine++;
    }
    next = text.read();
  }

  private boolean atEndOfCell() {
    return next == END || next == separator || next == '\n' || next == '\r';
  }

  private String cell() throws IOException, BrokenRecord {
    while (next != separator && (next == ' ' || next == '\t')) {
      advance();
    }
    if (next == '"') {
      return quoted();
    }
    StringBuilder cell = new StringBuilder();
    while (!atEndOfCell()) {
      if (next == '"') {
        throw new BrokenRecord(
            "a quote within a cell; put the whole cell in quotes, and double it");
      }
      add(cell);
    }
    return cell.toString().strip();
  }

  private String quoted() throws IOException, BrokenRecord {
    StringBuilder cell = new StringBuilder();
    advance();
    while (true) {
      if (next == END) {
        throw new BrokenRecord("a quote that nothing closes");
      }
      if (next == '"') {
        advance();
        if (next != '"') {
          break;
        }
      }
      add(cell);
    }
    while (next != separator && (next == ' ' || next == '\t')) {
      advance();
    }
    if (!atEndOfCell()) {
      throw new BrokenRecord("text after the closing quote of a cell");
    }
    return cell.toString().strip();
  }

  private void add(StringBuilder cell) throws IOException, BrokenRecord {
    if (cell.length() == MAX_CELL) {
      throw new BrokenRecord("a cell of more than " + MAX_CELL + " characters");
    }
    cell.append((char) next);
    advance();
  }
}
