package org.raphe.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page's script draws, as plain data. */
final class Plot {
  private Plot() {}

  private static Map<String, Object> of(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int k = 0; k < keysAndValues.length; k += 2) {
      map.put((String) keysAndValues[k], keysAndValues[k + 1]);
    }
    return map;
  }

  /**
   * Accuracy against a cost, with the runs that nothing beats drawn as a front.
   *
   * @param levels published accuracies without a cost of this kind, drawn as bands
   */
  static Map<String, Object> points(
      String cost, String unit, List<Object> series, List<Object> levels) {
    return of(
        "kind",
        "points",
        "x",
        cost,
        "unit",
        unit,
        "y",
        "accuracy, %",
        "series",
        series,
        "levels",
        levels);
  }

  static Map<String, Object> point(
      String name, int colour, Spread x, Spread accuracy, boolean front) {
    return of(
        "name",
        name,
        "colour",
        colour,
        "x",
        x.mean(),
        "xDeviation",
        x.deviation(),
        "y",
        accuracy.mean(),
        "yDeviation",
        accuracy.deviation(),
        "count",
        accuracy.count(),
        "front",
        front);
  }

  /** A published point: no colour of ours. */
  static Map<String, Object> published(String name, double x, double accuracy) {
    return of("name", name, "published", true, "x", x, "y", accuracy, "front", false);
  }

  static Map<String, Object> level(String name, double from, double to) {
    return of("name", name, "from", from, "to", to);
  }

  static Map<String, Object> curves(String x, List<Object> series, List<Object> levels) {
    return of("kind", "curves", "x", x, "y", "accuracy, %", "series", series, "levels", levels);
  }

  /** A curve: for each x its spread over seeds, null where nothing was measured. */
  static Map<String, Object> curve(String name, int colour, List<Spread> spreads) {
    List<Object> points = new ArrayList<>();
    for (int k = 0; k < spreads.size(); k++) {
      Spread spread = spreads.get(k);
      if (spread != null) {
        points.add(Arrays.asList(k + 1, spread.mean(), spread.deviation(), spread.count()));
      }
    }
    return of("name", name, "colour", colour, "points", points);
  }

  static Map<String, Object> publishedCurve(String name, double... values) {
    List<Object> points = new ArrayList<>();
    for (int k = 0; k < values.length; k++) {
      points.add(Arrays.asList(k + 1, values[k], null, 1));
    }
    return of("name", name, "published", true, "points", points);
  }

  /** Bars of a value by group. */
  static Map<String, Object> bars(String value, boolean percent, List<Object> bars) {
    return of("kind", "bars", "y", value, "percent", percent, "bars", bars);
  }

  static Map<String, Object> bar(String name, int colour, Spread value) {
    return of(
        "name",
        name,
        "colour",
        colour,
        "value",
        value.mean(),
        "deviation",
        value.deviation(),
        "count",
        value.count());
  }

  static Map<String, Object> publishedBar(String name, double value) {
    return of("name", name, "published", true, "value", value);
  }

  /** Heat maps of which one is shown at a time. */
  static Map<String, Object> heat(List<Object> views) {
    return of("kind", "heat", "views", views);
  }

  /** One heat map: rows of values, null where nothing was measured. */
  static Map<String, Object> heatView(String name, List<List<Double>> values) {
    return of("name", name, "values", values);
  }

  /** Histograms of which one is shown at a time. */
  static Map<String, Object> histograms(String x, List<Object> views) {
    return of("kind", "histogram", "x", x, "y", "share of weights, %", "views", views);
  }

  static Map<String, Object> histogram(
      String name, int colour, List<Double> edges, List<Double> shares) {
    return of("name", name, "colour", colour, "edges", edges, "shares", shares);
  }
}
