package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import org.raphe.report.Table.Format;

/** Which class is taken for which at the end of runs. */
final class ConfusionSection {
  /** Classes that a matrix is drawn of; the table has more. */
  private static final int MOST_DRAWN = 100;

  private ConfusionSection() {}

  /** The section; null where no run of the scope counts what classes are taken for. */
  static Section of(Scope scope) {
    Table table = columns();
    List<Object> views = new ArrayList<>();
    boolean any = false;
    for (RunGroup group : scope.groups()) {
      Confusions confusions = Confusions.of(group);
      if (confusions != null) {
        any = true;
        if (confusions.classes() <= MOST_DRAWN) {
          views.add(view(group, confusions));
        }
        addRows(group, confusions, table);
      }
    }
    if (!any) {
      return null;
    }
    return scope
        .section("confusion", "What each class is taken for")
        .words(
            "Of the "
                + scope.measuredOn()
                + " samples of a class (rows), the share that is taken for each class (columns) at the end, all seeds together; the diagonal is what is right.")
        .words(views.isEmpty() ? "More than " + MOST_DRAWN + " classes are not drawn." : null)
        .notice(
            Scope.lacking(
                scope.groups(),
                run -> Confusions.counts(run) == null,
                "do not count what classes are taken for, and are left out"))
        .plot(views.isEmpty() ? null : Plot.views("heat", List.of("setting"), views))
        .table(table);
  }

  private static Object view(RunGroup group, Confusions confusions) {
    List<List<Double>> shares = new ArrayList<>();
    for (int label = 0; label < confusions.classes(); label++) {
      List<Double> row = new ArrayList<>();
      for (int taken = 0; taken < confusions.classes(); taken++) {
        row.add(confusions.share(label, taken));
      }
      shares.add(row);
    }
    return Plot.view(
        List.of(group.label()),
        Plot.heat(
            shares,
            new Plot.Names("class", confusions.names()),
            new Plot.Names("taken for", confusions.names())));
  }

  private static void addRows(RunGroup group, Confusions confusions, Table table) {
    for (int label = 0; label < confusions.classes(); label++) {
      List<Integer> others = confusions.mistakes(label);
      List<Object> cells = new ArrayList<>();
      cells.add(group.label());
      cells.add(confusions.names().get(label));
      cells.add(confusions.seeds());
      cells.add(confusions.samples(label));
      cells.add(confusions.share(label, label));
      for (int k = 0; k < 2; k++) {
        boolean there = k < others.size();
        cells.add(there ? confusions.names().get(others.get(k)) : null);
        cells.add(there ? confusions.share(label, others.get(k)) : null);
      }
      table.row(cells.toArray());
    }
  }

  private static Table columns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("class", Format.TEXT)
        .column("seeds", Format.WHOLE)
        .column("samples, all seeds", Format.WHOLE)
        .column("accuracy", Format.PERCENT)
        .column("else taken for", Format.TEXT)
        .column("share", Format.PERCENT)
        .column("then for", Format.TEXT)
        .column("share of that", Format.PERCENT);
  }
}
