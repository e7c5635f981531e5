package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import org.raphe.report.Table.Format;
import org.raphe.result.PermutedResult;

/** Tasks of permuted features: how well each was learned while it was shown. */
final class PermutedSections {
  /** Tasks of a page's longest stream; a file may name more. */
  private static final int MOST_TASKS = 10_000;

  private PermutedSections() {}

  static List<Section> of(Scope scope) {
    return List.of(course(scope), tenths(scope));
  }

  private static Section course(Scope scope) {
    int most = Thinning.most(scope.groups().size());
    List<Object> curves = new ArrayList<>();
    for (RunGroup group : scope.groups()) {
      List<Spread> spreads = new ArrayList<>();
      for (int task = 0; task < tasks(group); task++) {
        int at = task;
        spreads.add(group.spread(run -> accuracy(run, at)));
      }
      List<Integer> places = Thinning.places(spreads.size(), most);
      curves.add(Plot.curve(group.label(), group.number(), 1, spreads, places));
    }
    return scope
        .section("tasks", "Online accuracy of each task")
        .words(
            "Every task shows the same data set with its features in a new order, each sample once; a sample is answered before the network learns from it. A network that loses its plasticity learns later tasks less well than earlier ones. "
                + ContinualSections.SPREAD)
        .plot(Plot.curves("task", curves, List.of()));
  }

  private static int tasks(RunGroup group) {
    return group.runs().stream()
        .map(run -> run.permutedStream().accuracy())
        .mapToInt(accuracy -> accuracy == null ? 0 : Math.min(MOST_TASKS, accuracy.size()))
        .max()
        .orElse(0);
  }

  private static Double accuracy(Run run, int task) {
    List<Double> accuracy = run.permutedStream().accuracy();
    return accuracy == null || task >= accuracy.size() ? null : Run.fraction(accuracy.get(task));
  }

  private static Section tenths(Scope scope) {
    Table table =
        new Table()
            .column("setting", Format.TEXT)
            .column("seeds", Format.WHOLE)
            .column("all tasks", Format.PERCENT)
            .column("deviation", Format.PERCENT)
            .column("first tenth", Format.PERCENT)
            .column("last tenth", Format.PERCENT)
            .column("last over first", Format.PERCENT);
    for (RunGroup group : scope.groups()) {
      Spread all = group.spread(Run::accuracy);
      Spread change =
          group.spread(
              run -> {
                PermutedResult tasks = run.permutedStream();
                return tasks.firstTasks() == null || tasks.lastTasks() == null
                    ? null
                    : tasks.lastTasks() - tasks.firstTasks();
              });
      table.row(
          group.label(),
          Spread.countOf(all),
          Spread.meanOf(all),
          Spread.deviationOf(all),
          Spread.meanOf(group.spread(run -> Run.fraction(run.permutedStream().firstTasks()))),
          Spread.meanOf(group.spread(run -> Run.fraction(run.permutedStream().lastTasks()))),
          Spread.meanOf(change));
    }
    return scope
        .section("tenths", "First and last tasks")
        .words("Mean online accuracy, over seeds, of all tasks and of their first and last tenth.")
        .table(table);
  }
}
