package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.raphe.report.Table.Format;

/** What each setting costs until it first reaches an accuracy, beside back-propagation. */
final class ReachSections {
  private static final double[] LEVELS = {0.95, 0.97};
  private static final Set<String> BACKPROPAGATION = Set.of("bp", "bptt");

  /** A cost that is added up until a level is reached. */
  private record Measure(String name, String unit, Function<CostToReach, Double> value) {}

  private static final List<Measure> MEASURES =
      List.of(
          new Measure("operations", "operations", CostToReach::operations),
          new Measure("bytes moved", "B", CostToReach::bytes),
          new Measure("seconds", "s", CostToReach::seconds));

  private ReachSections() {}

  static Section of(Scope scope) {
    Table table = columns();
    List<Object> views = new ArrayList<>();
    for (double level : LEVELS) {
      for (Measure measure : MEASURES) {
        List<Object> rows = new ArrayList<>();
        for (RunGroup group : measured(scope)) {
          rows.add(row(scope, group, level, measure));
        }
        if (!rows.isEmpty()) {
          views.add(
              Plot.view(
                  List.of(percent(level), measure.name),
                  Plot.costs(measure.name + " until it is reached", measure.unit, rows)));
        }
      }
      measured(scope).forEach(group -> table.row(cells(scope, group, level)));
    }
    return scope
        .section("reach", "Cost to reach 95 % and 97 %")
        .words(
            "Training up to the end of the first epoch after which "
                + scope.measuredOn()
                + " accuracy is at least the level; a small mark a seed, a bar at the mean over the seeds that reach it. Where some never do, within the epochs they were given, their number is told and the mean leaves them out.")
        .words(
            "Beside it, the cost over that of back-propagation: the bp (rate) or bptt (spiking) setting of the same network whose every seed reaches the level for least. Back-propagation's operations and bytes are counted by formula, zeros included; those of local rules as they were executed. Seconds depend on the machine and on what ran beside.")
        .notice(
            Scope.lacking(
                scope.groups(),
                run -> run.accuracies().stream().allMatch(Objects::isNull),
                "hold no accuracy by epoch, and are left out"))
        .plot(Plot.views("costs", List.of("accuracy", "cost"), views))
        .table(table);
  }

  private static List<RunGroup> measured(Scope scope) {
    return scope.groups().stream()
        .filter(group -> group.spread(ReachSections::best) != null)
        .toList();
  }

  private static Double best(Run run) {
    return run.accuracies().stream().filter(Objects::nonNull).max(Double::compare).orElse(null);
  }

  /** Of each seed that reaches the level. */
  private static List<Double> values(RunGroup group, double level, Measure measure) {
    List<Double> values = new ArrayList<>();
    for (Run run : group.runs()) {
      CostToReach cost = CostToReach.of(run, level);
      if (cost != null && measure.value.apply(cost) != null) {
        values.add(measure.value.apply(cost));
      }
    }
    return values;
  }

  private static int reaching(RunGroup group, double level) {
    return (int) group.runs().stream().filter(run -> CostToReach.of(run, level) != null).count();
  }

  /**
   * Back-propagation's cheapest setting of the group's units and network; null if there is none.
   */
  private static RunGroup backpropagation(
      Scope scope, RunGroup group, double level, Measure measure) {
    RunGroup cheapest = null;
    for (RunGroup other : scope.groups()) {
      boolean same =
          backpropagation(other)
              && Objects.equals(other.first().neuron(), group.first().neuron())
              && Objects.equals(other.first().network(), group.first().network());
      // A mean that leaves out seeds is no cost to compare with.
      boolean whole = same && values(other, level, measure).size() == other.runs().size();
      if (whole
          && (cheapest == null || mean(other, level, measure) < mean(cheapest, level, measure))) {
        cheapest = other;
      }
    }
    return cheapest;
  }

  private static boolean backpropagation(RunGroup group) {
    return BACKPROPAGATION.contains(group.first().rule().toLowerCase(Locale.ROOT));
  }

  private static Double mean(RunGroup group, double level, Measure measure) {
    return Spread.meanOf(Spread.of(values(group, level, measure)));
  }

  /** The group's cost over back-propagation's; null unless every seed of both reaches the level. */
  static Double ratio(Scope scope, RunGroup group, double level, int measure) {
    Measure of = MEASURES.get(measure);
    RunGroup other = backpropagation(scope, group, level, of);
    return other == null || values(group, level, of).size() < group.runs().size()
        ? null
        : (Double) (mean(group, level, of) / mean(other, level, of));
  }

  private static Object row(Scope scope, RunGroup group, double level, Measure measure) {
    List<Double> values = values(group, level, measure);
    Double ratio = ratio(scope, group, level, MEASURES.indexOf(measure));
    int all = group.runs().size();
    int reaching = reaching(group, level);
    List<String> words = new ArrayList<>();
    if (reaching < all) {
      words.add(reaching == 0 ? "never reached" : reaching + " of " + all + " seeds reach it");
      words.add(String.format(Locale.ROOT, "best %.2f %%", 100 * best(group)));
    }
    if (reaching > 0 && values.isEmpty()) {
      words.add("not measured");
    }
    if (ratio != null && !backpropagation(group)) {
      words.add(String.format(Locale.ROOT, "%.3g %% of back-propagation's", 100 * ratio));
    }
    return Plot.costRow(
        group.label(), group.number(), values, Spread.of(values), String.join("; ", words));
  }

  private static double best(RunGroup group) {
    return group.runs().stream()
        .map(ReachSections::best)
        .filter(Objects::nonNull)
        .max(Double::compare)
        .orElseThrow();
  }

  private static String percent(double level) {
    return Math.round(100 * level) + " %";
  }

  /** The first epoch after which the mean over seeds is at least the level; null if none is. */
  static Integer epochOfMean(RunGroup group, double level) {
    int epochs = group.runs().stream().mapToInt(run -> run.accuracies().size()).max().orElse(0);
    for (int k = 0; k < epochs; k++) {
      int epoch = k;
      Spread spread =
          group.spread(run -> epoch < run.accuracies().size() ? run.accuracies().get(epoch) : null);
      if (spread != null && spread.count() == group.runs().size() && spread.mean() >= level) {
        return k + 1;
      }
    }
    return null;
  }

  private static Object[] cells(Scope scope, RunGroup group, double level) {
    List<Object> cells = new ArrayList<>();
    cells.add(group.label());
    cells.add(level);
    cells.add(group.runs().size());
    cells.add(reaching(group, level));
    cells.add(group.spread(ReachSections::best).mean());
    cells.add(epochOfMean(group, level));
    cells.add(
        Spread.meanOf(
            group.spread(
                run -> {
                  CostToReach cost = CostToReach.of(run, level);
                  return cost == null ? null : (Double) (double) cost.epoch();
                })));
    for (int k = 0; k < MEASURES.size(); k++) {
      Spread spread = Spread.of(values(group, level, MEASURES.get(k)));
      cells.add(Spread.meanOf(spread));
      cells.add(Spread.deviationOf(spread));
      cells.add(ratio(scope, group, level, k));
    }
    RunGroup other = backpropagation(scope, group, level, MEASURES.get(0));
    cells.add(other == null ? null : other.label());
    cells.add(CostToReach.countedBy(group.first()));
    return cells.toArray();
  }

  private static Table columns() {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("level", Format.PERCENT)
            .column("seeds", Format.WHOLE)
            .column("seeds that reach it", Format.WHOLE)
            .column("best accuracy of any epoch, mean", Format.PERCENT)
            .column("epoch at which the mean reaches it", Format.WHOLE)
            .column("epochs, mean of seeds", Format.NUMBER);
    for (Measure measure : MEASURES) {
      String unit = measure.unit.equals("B") ? " (B)" : "";
      table
          .column(measure.name + unit, Format.COUNT)
          .column(measure.name + " deviation", Format.COUNT)
          .column(measure.name + ", over back-propagation's", Format.NUMBER);
    }
    return table
        .column("back-propagation, by operations", Format.TEXT)
        .column("operations counted by", Format.TEXT);
  }
}
