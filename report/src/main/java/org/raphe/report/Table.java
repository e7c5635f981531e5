package org.raphe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows behind a plot. Cells are texts, numbers, or null where nothing was measured. */
final class Table {
  /** How a column is shown; files hold the numbers themselves. */
  enum Format {
    TEXT,
    COUNT,
    WHOLE,
    PERCENT,
    NUMBER
  }

  private record Column(String name, Format format) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<List<Object>> rows = new ArrayList<>();

  Table column(String name, Format format) {
    columns.add(new Column(name, format));
    return this;
  }

  void row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size());
    }
    rows.add(Arrays.asList(cells));
  }

  int size() {
    return rows.size();
  }

  /** Rows whose texts are numbers into a list, since most texts stand in many rows. */
  Map<String, Object> json() {
    Map<String, Integer> texts = new LinkedHashMap<>();
    List<List<Object>> coded = new ArrayList<>();
    for (List<Object> row : rows) {
      List<Object> cells = new ArrayList<>();
      for (int k = 0; k < row.size(); k++) {
        Object cell = row.get(k);
        boolean text = columns.get(k).format == Format.TEXT && cell != null;
        cells.add(text ? texts.computeIfAbsent(cell.toString(), t -> texts.size()) : cell);
      }
      coded.add(cells);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "columns",
        columns.stream().map(c -> Map.of("name", c.name, "format", c.format.name())).toList());
    json.put("texts", texts.keySet());
    json.put("rows", coded);
    return json;
  }

  /**
   * Comma-separated values after RFC 4180. A text that a spreadsheet would take for a formula is
   * led by an apostrophe.
   */
  String csv() {
    StringBuilder text = new StringBuilder();
    append(text, columns.stream().map(column -> (Object) column.name).toList());
    rows.forEach(row -> append(text, row));
    return text.toString();
  }

  private static void append(StringBuilder text, List<Object> cells) {
    for (int k = 0; k < cells.size(); k++) {
      text.append(k == 0 ? "" : ",").append(cell(cells.get(k)));
    }
    text.append("\r\n");
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Number) {
      return value.toString();
    }
    String text = value.toString();
    String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    return safe.matches("(?s).*[\",\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
