package org.raphe;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of which the user types one. Letter case does not matter; a name that is unknown is
 * answered with the nearest of those that are not.
 */
public final class KnownNames {
  /** Of so many letters typed one may be wrong. */
  private static final int LETTERS_A_SLIP = 3;

  /** Fewer letters than these begin too many names. */
  private static final int LEAST_PART = 3;

  private KnownNames() {}

  /**
   * The known name that is typed, as it is known.
   *
   * @param what what is named, such as {@code rule}; the message begins with it
   * @throws InputException if none is known by that name, with the nearest and all of them
   */
  public static String chosen(String what, String typed, Collection<String> known) {
    return known.stream()
        .filter(name -> name.equalsIgnoreCase(typed))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    what + " \"" + typed + "\" is unknown; " + advice(typed, known)));
  }

  /** What to type instead, as the end of a sentence: the nearest name, if one is near, and all. */
  public static String advice(String typed, Collection<String> known) {
    String all = String.join(", ", known);
    return nearest(typed, known)
        .map(name -> "did you mean " + name + "? Known are " + all)
        .orElse("choose one of " + all);
  }

  /**
   * The known name that is most like the one typed: by the fewest letters put in, left out, changed
   * or swapped with their neighbour (Damerau 1964), at most one in three; else the shortest of
   * which the typed name is a part.
   */
  public static Optional<String> nearest(String typed, Collection<String> known) {
    String lower = typed.toLowerCase(Locale.ROOT);
    Optional<String> near =
        known.stream()
            .filter(name -> slips(lower, name) <= Math.max(1, lower.length() / LETTERS_A_SLIP))
            .filter(name -> slips(lower, name) < lower.length())
            .min(Comparator.comparingInt(name -> slips(lower, name)));
    if (near.isPresent() || lower.length() < LEAST_PART) {
      return near;
    }
    List<String> whole =
        known.stream().filter(name -> name.toLowerCase(Locale.ROOT).contains(lower)).toList();
    return whole.stream().min(Comparator.comparingInt(String::length));
  }

  /** The edit distance of adjacent swaps: three rows of the table of prefixes are kept. */
  private static int slips(String typed, String name) {
    // Another letter makes another word of a short one, as gpu is not cpu.
    int change = typed.length() > LETTERS_A_SLIP ? 1 : 2;
    int[] beforeLast = null;
    int[] last = new int[name.length() + 1];
    for (int j = 0; j <= name.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= typed.length(); i++) {
      int[] row = new int[name.length() + 1];
      row[0] = i;
      for (int j = 1; j <= name.length(); j++) {
        int changed = typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : change;
        row[j] = Math.min(last[j - 1] + changed, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && typed.charAt(i - 1) == name.charAt(j - 2)
            && typed.charAt(i - 2) == name.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[name.length()];
  }
}
