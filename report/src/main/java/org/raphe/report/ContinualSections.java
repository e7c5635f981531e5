package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.raphe.report.Table.Format;

/** What is learned and what forgotten where classes come one after the other. */
final class ContinualSections {
  /** Why accuracies under the published protocol are not what a network would reach in use. */
  static final String LEAK =
      "Under the published protocol the gate is made from the mean of a test batch that holds one class only, so the batch tells the network the class. Under the strict protocol samples are shown one at a time, and MNIST accuracy falls to about 30 % (rate) and 20 % (spiking).";

  private static final String SPREAD = "Bars are the standard deviation over seeds.";

  private ContinualSections() {}

  static List<Section> of(Scope scope) {
    List<Section> sections = new ArrayList<>();
    sections.add(finalAccuracy(scope));
    sections.add(seen(scope));
    sections.add(matrix(scope));
    sections.add(forgetting(scope));
    return sections;
  }

  private static Section begin(Scope scope, String id, String title) {
    return new Section(scope.id(id), scope.title(title));
  }

  private static void notice(Section section, String text) {
    if (text != null) {
      section.notice(text);
    }
  }

  private static Section finalAccuracy(Scope scope) {
    Section section =
        begin(scope, "final", "Accuracy at the end")
            .words("Mean accuracy over all experiences after the last. " + SPREAD)
            .words("Grey bars are published, not measured here: " + Published.CONTINUAL + ".");
    boolean leaks =
        scope.groups().stream().anyMatch(g -> "published".equals(g.first().text("/protocol")));
    if (leaks || !Published.continuals(scope.dataset()).isEmpty()) {
      section.notice(LEAK);
    }
    Table table = finalColumns();
    List<Object> bars = new ArrayList<>();
    scope.groups().forEach(group -> finalBar(bars, table, group));
    for (Published.Continual figure : Published.continuals(scope.dataset())) {
      publishedBar(bars, table, "published: NACA spiking", figure.spiking());
      publishedBar(bars, table, "published: NACA rate", figure.rate());
    }
    notice(
        section,
        Scope.lacking(scope.groups(), run -> run.accuracy() == null, "hold no final accuracy"));
    return section.plot(Plot.bars("accuracy, %", true, bars)).table(table);
  }

  private static Table finalColumns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("source", Format.TEXT)
        .column("protocol", Format.TEXT)
        .column("seeds", Format.WHOLE)
        .column("accuracy", Format.PERCENT)
        .column("deviation", Format.PERCENT);
  }

  private static void finalBar(List<Object> bars, Table table, RunGroup group) {
    Spread value = group.spread(Run::accuracy);
    String protocol = group.first().text("/protocol");
    if (value != null) {
      bars.add(Plot.bar(group.label(), group.number(), value));
    }
    table.row(
        group.label(),
        "these runs",
        protocol == null ? "not said" : protocol,
        Spread.countOf(value),
        Spread.meanOf(value),
        Spread.deviationOf(value));
  }

  private static void publishedBar(List<Object> bars, Table table, String name, double value) {
    bars.add(Plot.publishedBar(name, value));
    table.row(name, Published.SOURCE, "published", 5, value, null);
  }

  private static Section seen(Scope scope) {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("experience", Format.WHOLE)
            .column("seeds", Format.WHOLE)
            .column("accuracy", Format.PERCENT)
            .column("deviation", Format.PERCENT);
    List<Object> curves = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      List<Spread> spreads = new ArrayList<>();
      for (int k = 1; k < AccuracyMatrix.rows(group); k++) {
        int experiences = k;
        Spread spread = group.spread(run -> AccuracyMatrix.seen(run, experiences));
        spreads.add(spread);
        table.row(
            group.label(),
            k,
            Spread.countOf(spread),
            Spread.meanOf(spread),
            Spread.deviationOf(spread));
      }
      curves.add(Plot.curve(group.label(), group.number(), spreads));
    }
    Section section =
        begin(scope, "seen", "Learning curves")
            .words(
                "After each experience, mean accuracy over the experiences seen so far: mean over seeds, with a band of one standard deviation.");
    notice(section, lackingMatrix(scope));
    return section.plot(Plot.curves("experiences seen", curves, List.of())).table(table);
  }

  private static String lackingMatrix(Scope scope) {
    return Scope.lacking(
        scope.groups(), run -> !AccuracyMatrix.present(run), "hold no accuracy matrix");
  }

  private static Section matrix(Scope scope) {
    Table table = matrixColumns();
    List<Object> views = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      List<List<Spread>> rows = AccuracyMatrix.spreads(group);
      List<List<Double>> means =
          rows.stream().map(row -> row.stream().map(Spread::meanOf).toList()).toList();
      if (means.stream().anyMatch(row -> row.stream().anyMatch(v -> v != null))) {
        views.add(Plot.heatView(group.label(), means));
      }
      for (int i = 0; i < rows.size(); i++) {
        for (int j = 0; j < rows.get(i).size(); j++) {
          Spread spread = rows.get(i).get(j);
          table.row(
              group.label(),
              i,
              j + 1,
              Spread.countOf(spread),
              Spread.meanOf(spread),
              Spread.deviationOf(spread));
        }
      }
    }
    Section section =
        begin(scope, "matrix", "Accuracy matrix")
            .words(
                "Accuracy on each experience (columns) after each experience (rows; row 0 is before any learning), mean over seeds. Empty: not measured.");
    notice(section, lackingMatrix(scope));
    return section.plot(Plot.heat(views)).table(table);
  }

  private static Table matrixColumns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("after experience", Format.WHOLE)
        .column("on experience", Format.WHOLE)
        .column("seeds", Format.WHOLE)
        .column("accuracy", Format.PERCENT)
        .column("deviation", Format.PERCENT);
  }

  private static Section forgetting(Scope scope) {
    TreeSet<String> names = new TreeSet<>();
    for (RunGroup group : scope.groups()) {
      group
          .runs()
          .forEach(run -> run.result().path("metrics").fieldNames().forEachRemaining(names::add));
    }
    Table table = metricColumns();
    List<Object> bars = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      for (String name : names) {
        Spread value = group.spread(run -> metric(run, name));
        if (value != null && name.equals("forgetting")) {
          bars.add(Plot.bar(group.label(), group.number(), value));
        }
        table.row(
            group.label(),
            ForeignText.of(name.replace('_', ' ')),
            Spread.countOf(value),
            Spread.meanOf(value),
            Spread.deviationOf(value),
            formula(group, name));
      }
    }
    Section section =
        begin(scope, "forgetting", "Forgetting")
            .words(
                "How much accuracy on earlier experiences is lost by the end; the table has the formula of each measure. "
                    + SPREAD);
    notice(
        section,
        Scope.lacking(
            scope.groups(), run -> metric(run, "forgetting") == null, "hold no forgetting"));
    return section.plot(Plot.bars("forgetting", true, bars)).table(table);
  }

  private static Table metricColumns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("measure", Format.TEXT)
        .column("seeds", Format.WHOLE)
        .column("value", Format.NUMBER)
        .column("deviation", Format.NUMBER)
        .column("formula", Format.TEXT);
  }

  private static Double metric(Run run, String name) {
    return Run.number(run.result().path("metrics").path(name).path("value"));
  }

  private static String formula(RunGroup group, String name) {
    String formula = group.first().result().path("metrics").path(name).path("formula").asText(null);
    return formula == null ? "not said" : ForeignText.of(formula);
  }
}
