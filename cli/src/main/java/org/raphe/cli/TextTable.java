package org.raphe.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** Prints rows in columns as wide as their content; the last column wraps. */
final class TextTable {
  private static final int LAST_COLUMN = 100;

  private TextTable() {}

  /** Prints a heading and rows of as many texts. */
  static void print(PrintWriter out, List<String> heading, List<List<String>> rows) {
    int count = heading.size();
    Column[] columns = new Column[count];
    for (int k = 0; k < count; k++) {
      int width = heading.get(k).length();
      for (List<String> row : rows) {
        width = Math.max(width, row.get(k).length());
      }
      boolean last = k == count - 1;
      columns[k] =
          new Column(
              (last ? Math.min(width, LAST_COLUMN) : width) + 2,
              0,
              last ? Overflow.WRAP : Overflow.TRUNCATE);
    }
    ColorScheme plain = Help.defaultColorScheme(Ansi.OFF);
    Help.TextTable table = Help.TextTable.forColumns(plain, columns);
    table.addRowValues(heading.toArray(String[]::new));
    rows.forEach(
        row -> table.addRowValues(row.stream().map(TextTable::shown).toArray(String[]::new)));
    out.print(table);
    out.flush();
  }

  /** A name out of a file may hold what a terminal obeys. */
  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
