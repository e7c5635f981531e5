package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.raphe.report.Table.Format;
import org.raphe.result.MetricResult;

/** What is left of an experience when others follow it. */
final class ForgettingSections {
  private static final String ALL = "all settings: mean over experiences";

  private ForgettingSections() {}

  static List<Section> of(Scope scope) {
    return List.of(kept(scope), measures(scope));
  }

  private static Section kept(Scope scope) {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("experience", Format.TEXT)
            .column("experiences learned since", Format.WHOLE)
            .column("seeds", Format.WHOLE)
            .column("accuracy", Format.PERCENT)
            .column("deviation", Format.PERCENT);
    List<Object> overall = new ArrayList<>();
    List<Object> views = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      int experiences = AccuracyMatrix.rows(group) - 1;
      List<Spread> means = new ArrayList<>();
      for (int later = 0; later < experiences; later++) {
        int since = later;
        means.add(group.spread(run -> AccuracyMatrix.kept(run, since)));
      }
      if (means.stream().anyMatch(spread -> spread != null)) {
        overall.add(Plot.curve(group.label(), group.number(), 0, means));
        rows(table, group, "mean of all", means);
        views.add(ofSetting(group, experiences, table));
      }
    }
    if (!overall.isEmpty()) {
      views.add(
          0, Plot.view(List.of(ALL), Plot.curves("experiences learned since", overall, List.of())));
    }
    return scope
        .section("kept", "What is left of an experience")
        .words(
            "Accuracy on an experience right after it was learned (0) and after each later one: mean over the experiences that are followed by so many, then over seeds, with a band of one standard deviation. The choice shows one setting experience by experience, the later the stronger its colour.")
        .notice(
            Scope.lacking(
                scope.groups(),
                run -> !AccuracyMatrix.oneByOne(run),
                "hold no accuracy matrix, or did not learn experiences one by one, and are left out"))
        .plot(Plot.views("curves", List.of("what is shown"), views))
        .table(table);
  }

  private static Object ofSetting(RunGroup group, int experiences, Table table) {
    List<Object> curves = new ArrayList<>();
    for (int j = 1; j <= experiences; j++) {
      List<Spread> spreads = new ArrayList<>();
      for (int i = j; i <= experiences; i++) {
        int experience = j;
        int since = i - j;
        spreads.add(group.spread(run -> AccuracyMatrix.kept(run, experience, since)));
      }
      double shade = experiences == 1 ? 1 : (j - 1) / (experiences - 1.0);
      curves.add(Plot.shadedCurve("experience " + j, group.number(), shade, j, spreads));
      rows(table, group, "" + j, spreads);
    }
    return Plot.view(List.of(group.label()), Plot.curves("after experience", curves, List.of()));
  }

  private static void rows(Table table, RunGroup group, String experience, List<Spread> spreads) {
    for (int since = 0; since < spreads.size(); since++) {
      Spread spread = spreads.get(since);
      table.row(
          group.label(),
          experience,
          since,
          Spread.countOf(spread),
          Spread.meanOf(spread),
          Spread.deviationOf(spread));
    }
  }

  private static Section measures(Scope scope) {
    TreeSet<String> names = new TreeSet<>();
    for (RunGroup group : scope.groups()) {
      group.runs().forEach(run -> names.addAll(run.metrics().keySet()));
    }
    Table table = measureColumns();
    List<Object> bars = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      for (String name : names) {
        Spread value = group.spread(run -> measure(run, name));
        if (value != null && name.equals("forgetting")) {
          bars.add(Plot.bar(group.label(), group.number(), value));
        }
        table.row(
            group.label(),
            ForeignText.of(name.replace('_', ' ')),
            Spread.countOf(value),
            Spread.meanOf(value),
            Spread.deviationOf(value),
            told(group, name, MetricResult::formula),
            value == null ? told(group, name, MetricResult::reason) : null);
      }
    }
    return scope
        .section("forgetting", "Forgetting")
        .words(
            "How much accuracy on earlier experiences is lost by the end; the table has the formula of each measure. "
                + ContinualSections.SPREAD)
        .notice(
            Scope.lacking(
                scope.groups(), run -> measure(run, "forgetting") == null, "hold no forgetting"))
        .plot(Plot.bars("forgetting, percentage points", true, bars))
        .table(table);
  }

  private static Table measureColumns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("measure", Format.TEXT)
        .column("seeds", Format.WHOLE)
        .column("value", Format.NUMBER)
        .column("deviation", Format.NUMBER)
        .column("formula", Format.TEXT)
        .column("why there is no value", Format.TEXT);
  }

  private static Double measure(Run run, String name) {
    return Run.told(run.metrics().get(name), MetricResult::value);
  }

  private static String told(RunGroup group, String name, Function<MetricResult, String> key) {
    String text = Run.text(group.first().metrics().get(name), key);
    return text == null ? "not said" : text;
  }
}
