package org.raphe.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.raphe.InputException;

/**
 * What the classes 0..K-1 of samples are called. Data that know their classes by number alone call
 * them {@code 0}, {@code 1} and so on.
 *
 * @param names by number, each once, none of them blank
 */
public record ClassNames(List<String> names) {
  private static final String WHOLE = "[+-]?[0-9]{1,18}";

  public ClassNames {
    names = List.copyOf(names);
    var seen = new HashSet<String>();
    for (String name : names) {
      if (name.isBlank()) {
        throw new InputException("a class has no name; give every class one");
      }
      if (!seen.add(name)) {
        throw new InputException("two classes are called \"" + name + "\"; give each its own name");
      }
    }
  }

  /**
   * The classes that occur among labels, numbered in their order: by value if all are whole
   * numbers, where {@code 1} and {@code 01} are one class, else by character.
   */
  public static ClassNames of(Collection<String> labels) {
    Comparator<String> order =
        labels.stream().allMatch(ClassNames::isWhole)
            ? Comparator.comparingLong(Long::parseLong)
            : Comparator.naturalOrder();
    var sorted = new TreeSet<String>(order);
    sorted.addAll(labels);
    return new ClassNames(List.copyOf(sorted));
  }

  /** Classes that are known by number alone: {@code 0} to {@code K-1}. */
  public static ClassNames numbered(int classes) {
    return new ClassNames(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  private static boolean isWhole(String label) {
    return label.matches(WHOLE);
  }

  /** K, the number of classes. */
  public int size() {
    return names.size();
  }

  /** What class {@code number} is called. */
  public String name(int number) {
    return names.get(number);
  }

  /** Whether these say no more than the classes' numbers. */
  public boolean areNumbers() {
    return equals(numbered(size()));
  }

  /**
   * The numbers of labels, in their order.
   *
   * @return -1 for a label that names no class
   */
  public int[] numbers(List<String> labels) {
    boolean byValue = names.stream().allMatch(ClassNames::isWhole);
    Map<String, Integer> known = new HashMap<>();
    for (int number = 0; number < names.size(); number++) {
      known.put(key(names.get(number), byValue), number);
    }
    return labels.stream().mapToInt(label -> known.getOrDefault(key(label, byValue), -1)).toArray();
  }

  private static String key(String label, boolean byValue) {
    return byValue && isWhole(label) ? Long.toString(Long.parseLong(label)) : label;
  }
}
