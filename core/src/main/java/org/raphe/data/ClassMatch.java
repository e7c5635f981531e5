package org.raphe.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.raphe.InputException;

/**
 * Which classes of a model the classes of a data set are. They are matched by name; by number only
 * where one side knows no more than numbers.
 *
 * @param numbers the model's number of each class of the data set
 * @param known the model's classes
 * @param missing classes of the model that the data set does not have
 * @param byNumber whether numbers were matched although the other side has names
 */
public record ClassMatch(int[] numbers, ClassNames known, List<String> missing, boolean byNumber) {
  /** Names that a message lists at most. */
  private static final int LISTED = 20;

  /**
   * Matches classes.
   *
   * @param source what messages call the data set
   * @param given its classes
   * @param known the model's
   * @throws InputException if the data set has a class that the model does not know
   */
  public static ClassMatch of(String source, ClassNames given, ClassNames known) {
    boolean numbered = given.areNumbers() && !known.areNumbers() && given.size() <= known.size();
    boolean unnamed = known.areNumbers() && !given.areNumbers() && given.size() == known.size();
    boolean byNumber = numbered || unnamed;
    int[] numbers =
        byNumber ? IntStream.range(0, given.size()).toArray() : known.numbers(given.names());
    List<String> unknown =
        IntStream.range(0, numbers.length)
            .filter(label -> numbers[label] < 0)
            .mapToObj(given::name)
            .toList();
    var missing = new LinkedHashSet<String>(known.names());
    IntStream.of(numbers)
        .filter(number -> number >= 0)
        .mapToObj(known::name)
        .forEach(missing::remove);
    if (!unknown.isEmpty()) {
      throw new InputException(
          source
              + " has the class"
              + (unknown.size() == 1 ? " " : "es ")
              + listed(unknown)
              + ", unknown to the model, which knows "
              + listed(known.names())
              + "; give data of its classes, under their names");
    }
    return new ClassMatch(numbers, known, List.copyOf(missing), byNumber);
  }

  /** Samples of the data set, under the model's numbers. */
  public Samples apply(Samples samples) {
    return samples.relabelled(numbers, known.size());
  }

  /** What a user should know of it, in one line; null where every class was found by its name. */
  public String note(String source) {
    String lacking = missing.isEmpty() ? null : "no class " + listed(missing);
    if (byNumber) {
      String which = known.areNumbers() ? "the model" : source;
      return "classes of "
          + source
          + " and the model are matched by number: those of "
          + which
          + " have no names"
          + (lacking == null ? "" : "; " + source + " has " + lacking);
    }
    return lacking == null ? null : source + " has " + lacking + ", which the model knows";
  }

  private static String listed(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
    return names.size() <= LISTED ? first : first + " and " + (names.size() - LISTED) + " more";
  }
}
