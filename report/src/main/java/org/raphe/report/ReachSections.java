package org.raphe.report;

import java.util.ArrayList;
import java.util.Comparator;
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
    Section section = scope.section("reach", "Cost to reach 95 % and 97 %");
    for (double level : LEVELS) {
      List<LevelReach> all = LevelReach.of(scope.groups(), level);
      if (all.stream().anyMatch(reach -> reach.reaching() > 0)) {
        MEASURES.forEach(measure -> views.add(view(all, level, measure)));
      } else {
        section.notice(neverReached(all, level));
      }
      all.forEach(reach -> table.row(cells(all, reach, level)));
    }
    return section
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
        .plot(views.isEmpty() ? null : Plot.views("costs", List.of("accuracy", "cost"), views))
        .table(table);
  }

  /** A level that nobody reached is said and not drawn; null where nobody could have. */
  private static String neverReached(List<LevelReach> all, double level) {
    return all.stream()
        .max(Comparator.comparingDouble(LevelReach::highest))
        .map(
            best ->
                String.format(
                    Locale.ROOT,
                    "No run reached %s: the best of any epoch is %.2f %% (%s).",
                    percent(level),
                    100 * best.highest(),
                    best.group().label()))
        .orElse(null);
  }

  private static Object view(List<LevelReach> all, double level, Measure measure) {
    List<Object> rows = new ArrayList<>();
    all.forEach(reach -> rows.add(row(all, reach, measure)));
    return Plot.view(
        List.of(percent(level), measure.name),
        Plot.costs(measure.name + " until it is reached", measure.unit, rows));
  }

  /**
   * Back-propagation's cheapest setting of the same units and network; null if there is none whose
   * every seed reaches the level, since a mean that leaves out seeds is no cost to compare with.
   */
  private static LevelReach backpropagation(
      List<LevelReach> all, LevelReach reach, Measure measure) {
    return all.stream()
        .filter(other -> backpropagation(other.group()))
        .filter(other -> sameNetwork(other.group().first(), reach.group().first()))
        .filter(other -> other.whole(measure.value))
        .min(Comparator.comparingDouble(other -> other.mean(measure.value)))
        .orElse(null);
  }

  private static boolean sameNetwork(Run one, Run other) {
    return Objects.equals(one.neuron(), other.neuron())
        && Objects.equals(one.network(), other.network());
  }

  private static boolean backpropagation(RunGroup group) {
    return BACKPROPAGATION.contains(group.first().rule().toLowerCase(Locale.ROOT));
  }

  /** The group's cost over back-propagation's; null unless every seed of both reaches the level. */
  private static Double ratio(List<LevelReach> all, LevelReach reach, Measure measure) {
    LevelReach other = backpropagation(all, reach, measure);
    return other == null || !reach.whole(measure.value)
        ? null
        : (Double) (reach.mean(measure.value) / other.mean(measure.value));
  }

  private static Object row(List<LevelReach> all, LevelReach reach, Measure measure) {
    List<Double> values = reach.values(measure.value);
    Double ratio = ratio(all, reach, measure);
    int reaching = reach.reaching();
    List<String> words = new ArrayList<>();
    if (reaching < reach.seeds()) {
      words.add(
          reaching == 0 ? "never reached" : reaching + " of " + reach.seeds() + " seeds reach it");
      words.add(String.format(Locale.ROOT, "best %.2f %%", 100 * reach.highest()));
    }
    if (reaching > 0 && values.isEmpty()) {
      words.add("not measured");
    }
    if (ratio != null && !backpropagation(reach.group())) {
      words.add(String.format(Locale.ROOT, "%.3g %% of back-propagation's", 100 * ratio));
    }
    return Plot.costRow(
        reach.group().label(),
        reach.group().number(),
        values,
        Spread.of(values),
        String.join("; ", words));
  }

  private static String percent(double level) {
    return Math.round(100 * level) + " %";
  }

  private static Object[] cells(List<LevelReach> all, LevelReach reach, double level) {
    List<Object> cells = new ArrayList<>();
    cells.add(reach.group().label());
    cells.add(level);
    cells.add(reach.seeds());
    cells.add(reach.reaching());
    cells.add(Spread.of(reach.best()).mean());
    cells.add(reach.epochOfMean());
    cells.add(reach.mean(cost -> (double) cost.epoch()));
    for (Measure measure : MEASURES) {
      Spread spread = Spread.of(reach.values(measure.value));
      cells.add(Spread.meanOf(spread));
      cells.add(Spread.deviationOf(spread));
      cells.add(ratio(all, reach, measure));
    }
    LevelReach other = backpropagation(all, reach, MEASURES.get(0));
    cells.add(other == null ? null : other.group().label());
    cells.add(CostToReach.countedBy(reach.group().first()));
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
