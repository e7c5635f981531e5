package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.raphe.report.Table.Format;

/** Accuracy against what it cost. */
final class CostSections {
  /** A cost that accuracy is set against. */
  private record Measure(
      String id,
      String title,
      String name,
      String unit,
      Function<Run, Double> value,
      String words) {
    private String column() {
      return unit.equals("B") || unit.equals("J") ? name + " (" + unit + ")" : name;
    }
  }

  private static final String OPERATIONS =
      "Operations of training, counted: an accumulate for each synapse that a spike reaches, a multiply-accumulate for each synapse that another value that is not 0 reaches, and each synapse update summed into a weight change. Equal on every backend. Back-propagation's come from formulas, zeros included (hollow marks).";

  private static final List<Measure> MEASURES =
      List.of(
          new Measure(
              "operations",
              "Accuracy against operations",
              "operations",
              "operations",
              Run::operations,
              OPERATIONS),
          new Measure(
              "bytes",
              "Accuracy against bytes",
              "bytes moved",
              "B",
              Run::bytesMoved,
              "Bytes that the kernels read and write by design in training, from and to device memory; back-propagation's come from a formula (hollow marks)."),
          new Measure(
              "seconds",
              "Accuracy against seconds",
              "seconds",
              "s",
              Run::seconds,
              "Wall-clock seconds of training; they depend on the machine, on the backend and on what ran beside."),
          new Measure(
              "energy",
              "Accuracy against estimated energy",
              "estimated energy",
              "J",
              Run::estimatedJoules,
              "An estimate, not a measurement: counted operations of training at the cost of 45 nm arithmetic, 4.6 pJ a multiply-accumulate and 0.9 pJ an accumulate. Memory, neuron updates and the optimizer are not in it. Measured energy stands in the table where the machine has counters for it."));

  private static final String FRONT =
      "The line joins the Pareto front: settings that no other one beats in both; where settings were tested under two protocols, each protocol has a front of its own. Bars are the standard deviation over seeds.";

  private CostSections() {}

  static List<Section> of(Scope scope) {
    return MEASURES.stream().map(measure -> section(scope, measure)).toList();
  }

  private static Section section(Scope scope, Measure measure) {
    Section section = scope.section(measure.id, measure.title).words(measure.words).words(FRONT);
    List<Object> points = new ArrayList<>();
    Table table = columns(scope, measure);
    for (RunGroup group : scope.groups()) {
      Spread cost = cost(group, measure.value);
      Spread accuracy = accuracy(group, measure.value);
      boolean front = onFront(scope.groups(), measure.value, group);
      if (cost != null && accuracy != null) {
        boolean formula = !measure.id.equals("seconds") && "formula".equals(group.countedBy());
        String protocol = group.first().protocol();
        points.add(
            Plot.point(
                group.label(),
                group.number(),
                cost,
                accuracy,
                front ? "" + protocol : null,
                formula));
      }
      table.row(cells(group, measure, accuracy, cost, front));
    }
    section.notice(
        Scope.lacking(
            scope.groups(),
            run -> measure.value.apply(run) == null || run.accuracy() == null,
            "hold no " + measure.name + " or no accuracy, and are left out"));
    List<Object> levels = new ArrayList<>();
    if (Published.hasDense(scope.groups())) {
      levels.add(dense());
    }
    return section.plot(Plot.points(measure.name, measure.unit, points, levels)).table(table);
  }

  /** Of the runs that hold both cost and accuracy. */
  private static Spread cost(RunGroup group, Function<Run, Double> value) {
    return group.spread(run -> run.accuracy() == null ? null : value.apply(run));
  }

  /** Of the same runs. */
  private static Spread accuracy(RunGroup group, Function<Run, Double> value) {
    return group.spread(run -> value.apply(run) == null ? null : run.accuracy());
  }

  static Object dense() {
    return Plot.level(
        "published: " + Published.DENSE, Published.DENSE_LOWEST, Published.DENSE_HIGHEST);
  }

  private static Table columns(Scope scope, Measure measure) {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("seeds", Format.WHOLE)
            .column(scope.accuracyName(), Format.PERCENT)
            .column("accuracy deviation", Format.PERCENT)
            .column(measure.column(), Format.COUNT)
            .column(measure.name + " deviation", Format.COUNT)
            .column("on the front", Format.TEXT)
            .column("counted by", Format.TEXT);
    return measure.id.equals("energy")
        ? table.column("measured energy (J)", Format.COUNT).column("its source", Format.TEXT)
        : table;
  }

  private static Object[] cells(
      RunGroup group, Measure measure, Spread accuracy, Spread cost, boolean front) {
    List<Object> cells = new ArrayList<>();
    cells.add(group.label());
    cells.add(Spread.countOf(accuracy));
    cells.add(Spread.meanOf(accuracy));
    cells.add(Spread.deviationOf(accuracy));
    cells.add(Spread.meanOf(cost));
    cells.add(Spread.deviationOf(cost));
    cells.add(front ? "yes" : "no");
    cells.add(measure.id.equals("seconds") ? "clock" : group.countedBy());
    if (measure.id.equals("energy")) {
      cells.add(Spread.meanOf(group.spread(Run::measuredJoules)));
      cells.add(group.first().energySource());
    }
    return cells.toArray();
  }

  /**
   * Whether no other group of its protocol is at least as accurate for less, or more accurate for
   * as much.
   */
  static boolean onFront(List<RunGroup> groups, Function<Run, Double> value, RunGroup group) {
    Spread cost = cost(group, value);
    Spread accuracy = accuracy(group, value);
    if (cost == null || accuracy == null) {
      return false;
    }
    String protocol = group.first().protocol();
    for (RunGroup other : groups) {
      if (!Objects.equals(protocol, other.first().protocol())) {
        continue;
      }
      Spread otherCost = cost(other, value);
      Spread otherAccuracy = accuracy(other, value);
      if (otherCost != null && otherAccuracy != null) {
        boolean asGood = otherCost.mean() <= cost.mean() && otherAccuracy.mean() >= accuracy.mean();
        boolean better = otherCost.mean() < cost.mean() || otherAccuracy.mean() > accuracy.mean();
        if (asGood && better) {
          return false;
        }
      }
    }
    return true;
  }
}
