package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How the seeds of one setting come to a level of accuracy.
 *
 * @param group the setting
 * @param best the best accuracy after any epoch, by seed, of the seeds that report accuracy by
 *     epoch
 * @param costs what each of these seeds that reaches the level had cost by then
 * @param epochOfMean the first epoch after which the mean over all seeds is at least the level;
 *     null if none is
 */
record LevelReach(RunGroup group, List<Double> best, List<CostToReach> costs, Integer epochOfMean) {

  /** Of the settings that report accuracy by epoch. */
  static List<LevelReach> of(List<RunGroup> groups, double level) {
    return groups.stream()
        .map(group -> of(group, level))
        .filter(reach -> !reach.best.isEmpty())
        .toList();
  }

  private static LevelReach of(RunGroup group, double level) {
    List<Double> best = new ArrayList<>();
    List<CostToReach> costs = new ArrayList<>();
    List<List<Double>> curves = new ArrayList<>();
    for (Run run : group.runs()) {
      List<Double> accuracies = run.accuracies();
      curves.add(accuracies);
      accuracies.stream().filter(Objects::nonNull).max(Double::compare).ifPresent(best::add);
      CostToReach cost = CostToReach.of(run, accuracies, level);
      if (cost != null) {
        costs.add(cost);
      }
    }
    return new LevelReach(group, best, costs, epochOfMean(curves, level));
  }

  private static Integer epochOfMean(List<List<Double>> curves, double level) {
    int epochs = curves.stream().mapToInt(List::size).min().orElse(0);
    for (int k = 0; k < epochs; k++) {
      int epoch = k;
      Spread spread = Spread.of(curves.stream().map(curve -> curve.get(epoch)).toList());
      if (spread != null && spread.count() == curves.size() && spread.mean() >= level) {
        return k + 1;
      }
    }
    return null;
  }

  /** How many seeds report accuracy by epoch. */
  int seeds() {
    return best.size();
  }

  /** How many of them reach the level. */
  int reaching() {
    return costs.size();
  }

  double highest() {
    return best.stream().max(Double::compare).orElseThrow();
  }

  /** A cost of each seed that reaches the level and has it. */
  List<Double> values(Function<CostToReach, Double> measure) {
    return costs.stream().map(measure).filter(Objects::nonNull).toList();
  }

  /** Whether every seed reaches the level and has the cost: a mean to compare with. */
  boolean whole(Function<CostToReach, Double> measure) {
    return values(measure).size() == group.runs().size();
  }

  /** Its mean over the seeds that reach the level; null where none has it. */
  Double mean(Function<CostToReach, Double> measure) {
    return Spread.meanOf(Spread.of(values(measure)));
  }
}
