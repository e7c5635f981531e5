package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.raphe.report.Table.Format;

/** What is learned and what forgotten where classes come one after the other. */
final class ContinualSections {
  static final String SPREAD = "Bars are the standard deviation over seeds.";

  private ContinualSections() {}

  static List<Section> of(Scope scope) {
    List<Section> sections = new ArrayList<>();
    sections.add(finalAccuracy(scope));
    sections.add(ProtocolSection.of(scope));
    sections.add(seen(scope));
    sections.add(MatrixSection.of(scope));
    sections.addAll(ForgettingSections.of(scope));
    return sections;
  }

  private static Section finalAccuracy(Scope scope) {
    Table table = finalColumns();
    List<Object> bars = new ArrayList<>();
    scope.groups().forEach(group -> finalBar(bars, table, group));
    boolean published = false;
    for (String units : List.of("spiking", "rate")) {
      Double figure = published(scope, units);
      if (figure != null) {
        published = true;
        publishedBar(bars, table, "published: NACA " + units, figure);
      }
    }
    return scope
        .section("final", "Accuracy at the end")
        .words("Mean accuracy over all experiences after the last. " + SPREAD)
        .words(
            published
                ? "Grey bars are published, not measured here: " + Published.CONTINUAL + "."
                : null)
        .words("Figures under different protocols do not compare; the next section says why.")
        .notice(
            Scope.lacking(scope.groups(), run -> run.accuracy() == null, "hold no final accuracy"))
        .plot(Plot.bars("accuracy, %", true, bars))
        .table(table);
  }

  /** The paper's figure of a kind of units, if a setting of these is of its network and data. */
  private static Double published(Scope scope, String units) {
    return scope.groups().stream()
        .map(RunGroup::first)
        .filter(run -> units.equals("lif".equals(run.neuron()) ? "spiking" : "rate"))
        .map(Published::continualOfNetwork)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
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
    String protocol = group.first().protocol();
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
      curves.add(Plot.curve(group.label(), group.number(), 1, spreads));
    }
    return scope
        .section("seen", "Learning curves")
        .words(
            "After each experience, mean accuracy over the experiences seen so far: mean over seeds, with a band of one standard deviation.")
        .notice(lackingMatrix(scope))
        .plot(Plot.curves("experiences seen", curves, List.of()))
        .table(table);
  }

  static String lackingMatrix(Scope scope) {
    return Scope.lacking(
        scope.groups(), run -> !AccuracyMatrix.present(run), "hold no accuracy matrix");
  }
}
