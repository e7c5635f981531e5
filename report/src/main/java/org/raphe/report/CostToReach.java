package org.raphe.report;

import java.util.List;
import java.util.function.Function;
import org.raphe.result.EpochResult;

/**
 * What a run had cost when its accuracy first reached a level, at the end of an epoch.
 *
 * @param epoch the first epoch after which accuracy is at least the level, from 1
 * @param operations of training up to its end; null where they were not counted
 * @param bytes of training up to its end; null where they were not counted
 * @param seconds of training up to its end; null where they were not measured
 */
record CostToReach(int epoch, Double operations, Double bytes, Double seconds) {
  private static final Function<EpochResult, Double> OPERATIONS =
      epoch -> Run.number(epoch.operations());

  /**
   * The cost to reach a level; null where the run never does.
   *
   * @param accuracies the run's, by epoch
   */
  static CostToReach of(Run run, List<Double> accuracies, double level) {
    for (int k = 0; k < accuracies.size(); k++) {
      if (accuracies.get(k) != null && accuracies.get(k) >= level) {
        return after(run, k + 1);
      }
    }
    return null;
  }

  private static CostToReach after(Run run, int epoch) {
    return new CostToReach(
        epoch,
        upTo(run, epoch, OPERATIONS, run.operations()),
        upTo(run, epoch, each -> Run.number(each.bytesMoved()), run.bytesMoved()),
        sum(run, epoch, EpochResult::seconds));
  }

  /**
   * The epochs' own counts; else their share of the run's, which is exact where a formula counts.
   */
  private static Double upTo(
      Run run, int epoch, Function<EpochResult, Double> count, Double whole) {
    Double counted = sum(run, epoch, count);
    int epochs = run.epochs().size();
    return counted != null || whole == null ? counted : (Double) (whole * epoch / epochs);
  }

  private static Double sum(Run run, int epochs, Function<EpochResult, Double> count) {
    double sum = 0;
    for (EpochResult epoch : run.epochs().subList(0, epochs)) {
      Double value = count.apply(epoch);
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return sum;
  }

  /** How the operations of each epoch were found, in words; null where they were not. */
  static String countedBy(Run run) {
    if (run.countedBy() == null) {
      return null;
    }
    int epochs = run.epochs().size();
    return run.countedByFormula()
        ? "formula"
        : sum(run, epochs, OPERATIONS) != null
            ? "execution, each epoch"
            : "execution, an equal share of the run's for each epoch";
  }
}
