package org.raphe.volatility;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.raphe.KnownNames;

/**
 * Parts of what modulators do in a bank of read-outs, each of which can be taken away by itself.
 */
public enum Lesion {
  /** Dopamine arbitrates nothing: a read-out that opens takes over at once. */
  COMPARISON,
  /** No older read-out is kept to be compared: the one at hand and the new one alone are. */
  RECALL,
  /** Serotonin lowers no learning rate. */
  CONSOLIDATION,
  /** A read-out opens empty instead of as a weaker copy. */
  COPY,
  /** Noradrenaline fires beyond 1/2, whatever acetylcholine expects. */
  CRITERION;

  /**
   * Those of a list such as {@code comparison,recall}; {@code none} is none.
   *
   * @throws org.raphe.InputException if a name is unknown, with the nearest one
   */
  public static Set<Lesion> listed(String text) {
    Set<Lesion> listed = EnumSet.noneOf(Lesion.class);
    if (!text.strip().equalsIgnoreCase("none")) {
      for (String name : text.split(",", -1)) {
        listed.add(named(name));
      }
    }
    return listed;
  }

  private static Lesion named(String name) {
    List<String> names = Arrays.stream(values()).map(Lesion::toString).toList();
    return values()[names.indexOf(KnownNames.chosen("lesion", name.strip(), names))];
  }

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
