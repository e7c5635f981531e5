package org.raphe.datasets;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Classes known by name, numbered 0..K-1 in order: by value if all names are whole numbers, else by
 * character.
 *
 * @param names sorted, each once
 */
record ClassNames(List<String> names) {
  private static final String WHOLE = "[+-]?[0-9]{1,18}";

  /** The classes that occur among labels. */
  static ClassNames of(Collection<String> labels) {
    return new ClassNames(List.copyOf(sorted(labels)));
  }

  private static TreeSet<String> sorted(Collection<String> labels) {
    var sorted = new TreeSet<String>(order(labels));
    sorted.addAll(labels);
    return sorted;
  }

  private static Comparator<String> order(Collection<String> labels) {
    return labels.stream().allMatch(label -> label.matches(WHOLE))
        ? Comparator.comparingLong(Long::parseLong)
        : Comparator.naturalOrder();
  }

  /** The numbers of labels that occur, in their order. */
  int[] numbers(List<String> labels) {
    Comparator<String> order = order(names);
    Map<String, Integer> known = new HashMap<>();
    return labels.stream()
        .mapToInt(
            label ->
                known.computeIfAbsent(label, text -> Collections.binarySearch(names, text, order)))
        .toArray();
  }
}
