package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.raphe.report.Table.Format;

/** The accuracy matrix as a heat map: mean over seeds, and each run. */
final class MatrixSection {
  private MatrixSection() {}

  static Section of(Scope scope) {
    int columns = scope.groups().stream().mapToInt(AccuracyMatrix::columns).max().orElse(0);
    Table table = columns(columns);
    List<Object> views = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      add(group, columns, views, table);
    }
    return scope
        .section("matrix", "Accuracy matrix")
        .words(
            "Accuracy on each experience (columns) after each experience (rows; row 0 is before any learning): the mean over seeds, or one run. Where the order of classes is drawn from the seed, experience j of one run holds other classes than that of another. Empty: not measured.")
        .notice(ContinualSections.lackingMatrix(scope))
        .plot(Plot.views("heat", List.of("setting", "seed"), views))
        .table(table);
  }

  private static void add(RunGroup group, int columns, List<Object> views, Table table) {
    int rows = AccuracyMatrix.rows(group);
    int own = AccuracyMatrix.columns(group);
    List<List<Spread>> spreads = AccuracyMatrix.spreads(group);
    List<List<Double>> means =
        spreads.stream().map(row -> row.stream().map(Spread::meanOf).toList()).toList();
    if (means.stream().allMatch(row -> row.stream().allMatch(v -> v == null))) {
      return;
    }
    addView(group, "mean over seeds", means, columns, views, table);
    for (Run run : group.runs()) {
      if (AccuracyMatrix.present(run)) {
        List<List<Double>> values = AccuracyMatrix.values(run, rows, own);
        addView(group, "seed " + run.seed(), values, columns, views, table);
      }
    }
  }

  private static void addView(
      RunGroup group,
      String seed,
      List<List<Double>> values,
      int columns,
      List<Object> views,
      Table table) {
    views.add(Plot.view(List.of(group.label(), seed), heat(values, AccuracyMatrix.columns(group))));
    for (int i = 0; i < values.size(); i++) {
      List<Object> cells = new ArrayList<>(List.of(group.label(), seed, i));
      for (int j = 0; j < columns; j++) {
        cells.add(j < values.get(i).size() ? values.get(i).get(j) : null);
      }
      table.row(cells.toArray());
    }
  }

  private static Map<String, Object> heat(List<List<Double>> values, int columns) {
    return Plot.heat(
        values,
        new Plot.Names(
            "after experience",
            IntStream.range(0, values.size()).mapToObj(String::valueOf).toList()),
        new Plot.Names(
            "on experience", IntStream.rangeClosed(1, columns).mapToObj(String::valueOf).toList()));
  }

  private static Table columns(int experiences) {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("seed", Format.TEXT)
            .column("after experience", Format.WHOLE);
    for (int j = 1; j <= experiences; j++) {
      table.column("on experience " + j, Format.PERCENT);
    }
    return table;
  }
}
