package org.raphe.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.raphe.continual.Confusion;
import org.raphe.result.ConfusionResult;

/** Which class was taken for which, as result.json says it. */
final class ConfusionEntry {
  private ConfusionEntry() {}

  /**
   * What stands in the file.
   *
   * @param measuredOn {@code test} or {@code validation}
   */
  static ConfusionResult of(Confusion confusion, String measuredOn) {
    List<Integer> classes = IntStream.range(0, confusion.classes()).boxed().toList();
    return new ConfusionResult(
        measuredOn,
        classes.stream().map(label -> confusion.samples(label)).toList(),
        // A list that may hold null.
        classes.stream().map(label -> confusion.accuracy(label)).collect(Collectors.toList()),
        confusion.hasCounts() ? counts(confusion, classes) : null);
  }

  private static List<List<Long>> counts(Confusion confusion, List<Integer> classes) {
    return classes.stream()
        .map(label -> classes.stream().map(taken -> confusion.count(label, taken)).toList())
        .toList();
  }
}
