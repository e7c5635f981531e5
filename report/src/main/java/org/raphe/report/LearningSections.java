package org.raphe.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.raphe.report.Table.Format;
import org.raphe.result.EpochResult;

/** Accuracy after each epoch. */
final class LearningSections {
  /** More than the largest file of results has of real epochs. */
  private static final int MOST_EPOCHS = 100_000;

  private LearningSections() {}

  static Section of(Scope scope) {
    int most = Thinning.most(scope.groups().size());
    Table shown = columns(scope);
    Table all = columns(scope);
    List<Object> curves = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      List<Spread> spreads = spreads(group, Run::accuracy);
      List<Spread> training = spreads(group, (run, epoch) -> Run.fraction(epoch.trainAccuracy()));
      List<Integer> places = Thinning.places(spreads.size(), most);
      curves.add(Plot.curve(group.label(), group.number(), 1, spreads, places));
      Set<Integer> drawn = new HashSet<>(places);
      for (int k = 0; k < spreads.size(); k++) {
        Object[] row = row(group, k, spreads.get(k), training.get(k));
        all.row(row);
        if (drawn.contains(k)) {
          shown.row(row);
        }
      }
    }
    return section(scope, curves).words(thinned(scope, most)).table(shown, all);
  }

  private static Object[] row(RunGroup group, int place, Spread accuracy, Spread training) {
    Spread seconds = group.spread(run -> Run.told(epoch(run, place), EpochResult::seconds));
    return new Object[] {
      group.label(),
      place + 1,
      Spread.countOf(accuracy),
      Spread.meanOf(accuracy),
      Spread.deviationOf(accuracy),
      Spread.meanOf(training),
      Spread.deviationOf(training),
      Spread.meanOf(seconds)
    };
  }

  /** What is left out of long runs; null where nothing is. */
  private static String thinned(Scope scope, int most) {
    int longest = scope.groups().stream().mapToInt(LearningSections::epochs).max().orElse(0);
    return longest <= most
        ? null
        : String.format(
            Locale.ROOT,
            "Of more than %d epochs, %d at equal steps, the first and the last among them, are drawn and stand in the table; raphe report --csv writes all.",
            most,
            most);
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
    if (Published.hasDense(scope.groups())) {
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
    return section
        .notice(
            Scope.lacking(
                scope.groups(),
                run -> Run.told(epoch(run, 0), run::accuracy) == null,
                "hold no accuracy by epoch"))
        .plot(Plot.curves("epoch", curves, levels));
  }

  /** An epoch of a run, from 0; null where it has fewer. */
  private static EpochResult epoch(Run run, int epoch) {
    return epoch < run.epochs().size() ? run.epochs().get(epoch) : null;
  }

  private static int epochs(RunGroup group) {
    int most = group.runs().stream().mapToInt(run -> run.epochs().size()).max().orElse(0);
    return Math.min(MOST_EPOCHS, most);
  }

  private static List<Spread> spreads(
      RunGroup group, BiFunction<Run, EpochResult, Double> accuracy) {
    int epochs = epochs(group);
    List<Spread> spreads = new ArrayList<>();
    for (int k = 0; k < epochs; k++) {
      int epoch = k;
      spreads.add(
          group.spread(run -> Run.told(epoch(run, epoch), row -> accuracy.apply(run, row))));
    }
    return spreads;
  }
}
