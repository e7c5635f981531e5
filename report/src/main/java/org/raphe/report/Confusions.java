package org.raphe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.raphe.result.ConfusionResult;
import org.raphe.result.DataUsed;

/**
 * Samples of each class that were taken for each class, summed over the seeds of a setting.
 *
 * @param counts [class][class it is taken for]
 * @param names of the classes; their numbers where runs have no names
 * @param seeds how many runs are summed
 */
record Confusions(long[][] counts, List<String> names, int seeds) {
  private static final int MOST = 1000;

  /**
   * Of the runs of a group that count and have the classes of its first such run; null if none
   * does.
   */
  static Confusions of(RunGroup group) {
    long[][] sum = null;
    List<String> names = null;
    int seeds = 0;
    for (Run run : group.runs()) {
      List<List<Long>> counts = counts(run);
      if (counts == null || (sum != null && sum.length != counts.size())) {
        continue;
      }
      if (sum == null) {
        sum = new long[counts.size()][counts.size()];
        names = names(run, counts.size());
      }
      add(counts, sum);
      seeds++;
    }
    return sum == null ? null : new Confusions(sum, names, seeds);
  }

  private static void add(List<List<Long>> counts, long[][] sum) {
    for (int label = 0; label < sum.length; label++) {
      for (int taken = 0; taken < sum.length; taken++) {
        sum[label][taken] += counts.get(label).get(taken);
      }
    }
  }

  /** A run's counts; null where it has none, or none that are a square of counts. */
  static List<List<Long>> counts(Run run) {
    List<List<Long>> counts = Run.told(run.result().confusion(), ConfusionResult::counts);
    boolean usable =
        counts != null
            && !counts.isEmpty()
            && counts.size() <= MOST
            && counts.stream().allMatch(row -> row.size() == counts.size())
            && counts.stream().flatMap(List::stream).allMatch(Confusions::isCount);
    return usable ? counts : null;
  }

  private static boolean isCount(Long number) {
    return number >= 0 && number <= Integer.MAX_VALUE;
  }

  /** What a run calls its classes, where it has a name for each. */
  static List<String> names(Run run, int classes) {
    List<String> told = Run.told(run.result().dataset(), DataUsed::classNames);
    return told != null && told.size() == classes
        ? told.stream().map(ForeignText::of).toList()
        : IntStream.range(0, classes).mapToObj(String::valueOf).toList();
  }

  int classes() {
    return counts.length;
  }

  long samples(int label) {
    return IntStream.range(0, classes()).mapToLong(taken -> counts[label][taken]).sum();
  }

  /** Of a class's samples, the share that is taken for another; null where it has no sample. */
  Double share(int label, int taken) {
    long samples = samples(label);
    return samples == 0 ? null : (Double) ((double) counts[label][taken] / samples);
  }

  /** The other classes that a class is taken for, most often first. */
  List<Integer> mistakes(int label) {
    List<Integer> others = new ArrayList<>();
    for (int taken = 0; taken < classes(); taken++) {
      if (taken != label && counts[label][taken] > 0) {
        others.add(taken);
      }
    }
    others.sort(Comparator.comparing(taken -> -counts[label][taken]));
    return others;
  }
}
