package org.raphe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of the page: words, a plot and the table behind it. */
final class Section {
  private final String id;
  private final String title;
  private final List<String> words = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private String part;
  private Map<String, Object> plot;
  private Table table;
  private Table whole;
  private List<Map<String, String>> commands;

  Section(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** What this section and its neighbours are about. */
  Section part(String name) {
    part = name;
    return this;
  }

  /** What is shown and how it is counted; null: nothing more. */
  Section words(String text) {
    if (text != null) {
      words.add(text);
    }
    return this;
  }

  /** What a reader must know before trusting the plot, such as what is missing; null: nothing. */
  Section notice(String text) {
    if (text != null) {
      notices.add(text);
    }
    return this;
  }

  Section plot(Map<String, Object> drawn) {
    plot = drawn;
    return this;
  }

  Section table(Table rows) {
    return table(rows, rows);
  }

  /**
   * A table of which the page holds a part.
   *
   * @param rows what the page shows
   * @param all what a file of it holds
   */
  Section table(Table rows, Table all) {
    table = rows;
    whole = all;
    return this;
  }

  Section commands(List<Map<String, String>> lines) {
    commands = lines;
    return this;
  }

  String id() {
    return id;
  }

  /** All rows, whatever the page shows of them; null where there is no table. */
  Table table() {
    return whole;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("title", title);
    json.put("part", part);
    json.put("words", words);
    json.put("notices", notices);
    json.put("plot", plot);
    json.put("table", table == null ? null : table.json());
    json.put("commands", commands);
    return json;
  }
}
