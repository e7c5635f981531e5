package org.raphe.report;

import java.math.BigDecimal;
import java.math.MathContext;
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

  /**
   * A setting's point.
   *
   * @param front what front it is on; null where another setting beats it
   * @param formula whether its cost comes from a formula
   */
  static Map<String, Object> point(
      String name, int colour, Spread x, Spread accuracy, String front, boolean formula) {
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
        front,
        "formula",
        formula);
  }

  /** A published point: no colour of ours. */
  static Map<String, Object> published(String name, double x, double accuracy) {
    return of("name", name, "published", true, "x", x, "y", accuracy);
  }

  static Map<String, Object> level(String name, double from, double to) {
    return of("name", name, "from", from, "to", to);
  }

  static Map<String, Object> curves(String x, List<Object> series, List<Object> levels) {
    return of("kind", "curves", "x", x, "y", "accuracy, %", "series", series, "levels", levels);
  }

  /**
   * Curves along which places are marked.
   *
   * @param y what they are of
   * @param lines where a line stands
   * @param bands from where to where a band does
   */
  static Map<String, Object> markedCurves(
      String x, String y, List<Object> series, List<Integer> lines, List<List<Integer>> bands) {
    Map<String, Object> drawn = curves(x, series, List.of());
    drawn.put("y", y);
    drawn.put("marks", of("lines", lines, "bands", bands));
    return drawn;
  }

  /**
   * A curve of one run.
   *
   * @param every samples from one value to the next
   */
  static Map<String, Object> course(String name, int colour, int every, List<Double> values) {
    List<Object> points = new ArrayList<>();
    for (int k = 0; k < values.size(); k++) {
      points.add(Arrays.asList(k * every, values.get(k), null, 1));
    }
    return of("name", name, "colour", colour, "points", points);
  }

  /**
   * A curve: for each x, counted from {@code first}, its spread over seeds, null where nothing was
   * measured.
   */
  static Map<String, Object> curve(String name, int colour, int first, List<Spread> spreads) {
    return curve(name, colour, first, spreads, Thinning.places(spreads.size(), spreads.size()));
  }

  /** The same of some places of the spreads. */
  static Map<String, Object> curve(
      String name, int colour, int first, List<Spread> spreads, List<Integer> places) {
    List<Object> points = new ArrayList<>();
    for (int k : places) {
      Spread spread = spreads.get(k);
      if (spread != null) {
        points.add(Arrays.asList(k + first, spread.mean(), spread.deviation(), spread.count()));
      }
    }
    return of("name", name, "colour", colour, "points", points);
  }

  /**
   * A curve of a part of a setting: a shade of its colour.
   *
   * @param shade from 0, faint, to 1, the colour itself
   */
  static Map<String, Object> shadedCurve(
      String name, int colour, double shade, int first, List<Spread> spreads) {
    Map<String, Object> curve = curve(name, colour, first, spreads);
    curve.put("shade", shade);
    return curve;
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

  /**
   * One of several plots of a kind, shown one at a time.
   *
   * @param choices by what the reader chooses it, one for each of {@code selects}
   */
  static Map<String, Object> view(List<String> choices, Map<String, Object> drawn) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("choices", choices);
    view.putAll(drawn);
    return view;
  }

  /**
   * Plots of one kind, of which one is shown at a time.
   *
   * @param selects what the reader chooses among, such as a setting
   */
  static Map<String, Object> views(String kind, List<String> selects, List<Object> views) {
    return of("kind", kind, "selects", selects, "views", views);
  }

  /** What the rows or columns of a heat map are, and what each is called. */
  record Names(String title, List<String> names) {
    private Map<String, Object> json() {
      return of("title", title, "names", names);
    }
  }

  /** A heat map: rows of shares, null where nothing was measured. */
  static Map<String, Object> heat(List<List<Double>> values, Names rows, Names columns) {
    return of(
        "values",
        values.stream().map(row -> row.stream().map(Plot::rounded).toList()).toList(),
        "rows",
        rows.json(),
        "columns",
        columns.json());
  }

  /**
   * Spikes of a sample.
   *
   * @param steps how many are drawn
   * @param answer what it is and what it was taken for
   * @param layers of {@link #spikingLayer}
   */
  static Map<String, Object> raster(int colour, int steps, String answer, List<Object> layers) {
    return of("colour", colour, "steps", steps, "answer", answer, "layers", layers);
  }

  /** Units of a layer and their trains, a character a step. */
  static Map<String, Object> spikingLayer(String name, List<String> units, List<String> trains) {
    return of("name", name, "units", units, "trains", trains);
  }

  /** To a thousandth of a percent, more than a plot shows; tables hold the numbers themselves. */
  private static Double rounded(Double value) {
    return value == null ? null : (Double) (Math.round(value * 1e5) / 1e5);
  }

  /** How many weights moved how far, each count a mean over runs; null bounds are open. */
  static Map<String, Object> histogram(int colour, List<Double> edges, List<Double> counts) {
    return histogram("relative change", colour, edges, counts);
  }

  /** How many weights have which value of {@code x}. */
  static Map<String, Object> histogram(
      String x, int colour, List<Double> edges, List<Double> counts) {
    return of("x", x, "y", "weights", "colour", colour, "edges", edges, "counts", counts);
  }

  /**
   * Filters of a convolution.
   *
   * @param side rows and columns of each
   * @param filters of {@link #filter}
   */
  static Map<String, Object> filters(int side, List<Object> filters) {
    return of("side", side, "filters", filters);
  }

  /** One filter, its weights row by row, to four digits. */
  static Map<String, Object> filter(String name, double[] weights) {
    List<Double> shown =
        Arrays.stream(weights)
            .mapToObj(w -> new BigDecimal(w).round(new MathContext(4)).doubleValue())
            .toList();
    return of("name", name, "weights", shown);
  }

  /** Costs by setting, one mark a seed; the scale is logarithmic where they differ much. */
  static Map<String, Object> costs(String cost, String unit, List<Object> rows) {
    return of("x", cost, "unit", unit, "rows", rows);
  }

  /**
   * One setting's costs.
   *
   * @param values of the seeds that have one
   * @param text what stands behind the marks
   */
  static Map<String, Object> costRow(
      String name, int colour, List<Double> values, Spread spread, String text) {
    return of(
        "name",
        name,
        "colour",
        colour,
        "values",
        values,
        "mean",
        Spread.meanOf(spread),
        "deviation",
        Spread.deviationOf(spread),
        "text",
        text);
  }
}
