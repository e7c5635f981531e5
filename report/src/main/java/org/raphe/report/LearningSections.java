package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.raphe.report.Table.Format;
import org.raphe.result.EpochResult;

/** Accuracy after each epoch. */
final class LearningSections {
  private static final int MOST_EPOCHS = 100_000;

  private LearningSections() {}

  static Section of(Scope scope) {
    Table table = columns(scope);
    List<Object> curves = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      List<Spread> spreads = spreads(group, Run::accuracy);
      List<Spread> training = spreads(group, (run, epoch) -> Run.fraction(epoch.trainAccuracy()));
      curves.add(Plot.curve(group.label(), group.number(), 1, spreads));
      for (int k = 0; k < spreads.size(); k++) {
        int epoch = k;
        Spread seconds = group.spread(run -> Run.told(epoch(run, epoch), EpochResult::seconds));
        table.row(
            group.label(),
            k + 1,
            Spread.countOf(spreads.get(k)),
            Spread.meanOf(spreads.get(k)),
            Spread.deviationOf(spreads.get(k)),
            Spread.meanOf(training.get(k)),
            Spread.deviationOf(training.get(k)),
            Spread.meanOf(seconds));
      }
    }
    return section(scope, curves).table(table);
  }

  private static Table columns(Scope scope) {
    return new Table()
        .column("setting", Format.TEXT)
        .column("epoch", Format.WHOLE)
        .column("seeds", Format.WHOLE)
        .column(scope.measuredOn() + " accuracy", Format.PERCENT)
        .column(scope.measuredOn() + " deviation", Format.PERCENT)
        .column("training accuracy", Format.PERCENT)
        .column("training deviation", Format.PERCENT)
        .column("seconds", Format.NUMBER);
  }

  private static Section section(Scope scope, List<Object> curves) {
    Section section =
        scope
            .section("learning", "Learning curves")
            .words(
                "Accuracy on "
                    + scope.measuredOn()
                    + " samples after each epoch: mean over seeds, with a band of one standard deviation.");
    List<Object> levels = new ArrayList<>();
    if (Published.hasDense(scope.dataset(), scope.groups())) {
      levels.add(CostSections.dense());
      curves.add(
          Plot.publishedCurve(
              "published program: 784-1000-10 spiking, seed 1", Published.PROGRAM_CURVE));
      section.words(
          "Grey is published, not measured here: the range of "
              + Published.DENSE
              + " ("
              + Published.SOURCE
              + "), and the first epochs of its authors' program.");
    }
    String lacking =
        Scope.lacking(
            scope.groups(),
            run -> Run.told(epoch(run, 0), run::accuracy) == null,
            "hold no accuracy by epoch");
    if (lacking != null) {
      section.notice(lacking);
    }
    return section.plot(Plot.curves("epoch", curves, levels));
  }

  /** An epoch of a run, from 0; null where it has fewer. */
  private static EpochResult epoch(Run run, int epoch) {
    return epoch < run.epochs().size() ? run.epochs().get(epoch) : null;
  }

  private static List<Spread> spreads(
      RunGroup group, BiFunction<Run, EpochResult, Double> accuracy) {
    int epochs = group.runs().stream().mapToInt(run -> run.epochs().size()).max().orElse(0);
    List<Spread> spreads = new ArrayList<>();
    for (int k = 0; k < Math.min(epochs, MOST_EPOCHS); k++) {
      int epoch = k;
      spreads.add(
          group.spread(run -> Run.told(epoch(run, epoch), row -> accuracy.apply(run, row))));
    }
    return spreads;
  }
}
