package org.raphe.neuromodulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.raphe.KnownNames;

/**
 * The four neuromodulators whose levels are broadcast, in the order of rows and columns of {@link
 * Couplings}.
 *
 * <p>Roles: Doya, "Metalearning and neuromodulation", Neural Networks 15, 2002; Yu and Dayan,
 * "Uncertainty, neuromodulation, and attention", Neuron 46, 2005; Mei et al., arXiv 2501.06762,
 * 2025.
 */
public enum Modulator {
  /** Correctness or reward against what was expected. */
  DOPAMINE("da"),
  /** Expected uncertainty. */
  ACETYLCHOLINE("ach"),
  /** Consolidation: how much of what is known is old and to be kept. */
  SEROTONIN("5ht"),
  /** Unexpected change. */
  NORADRENALINE("na");

  private final String shortName;

  Modulator(String shortName) {
    this.shortName = shortName;
  }

  /** The abbreviation of the field that users type. */
  public String shortName() {
    return shortName;
  }

  /**
   * The modulator of an abbreviation or a name.
   *
   * @throws org.raphe.InputException if there is none, with the nearest name
   */
  public static Modulator named(String name) {
    List<String> names = new ArrayList<>();
    for (Modulator modulator : values()) {
      names.add(modulator.shortName());
    }
    for (Modulator modulator : values()) {
      names.add(modulator.toString());
    }
    String known = KnownNames.chosen("modulator", name.strip(), names);
    return values()[names.indexOf(known) % values().length];
  }

  /**
   * Those of a list such as {@code da,na,ach,5ht}; {@code none} is none.
   *
   * @throws org.raphe.InputException if a name is unknown
   */
  public static Set<Modulator> listed(String text) {
    Set<Modulator> listed = EnumSet.noneOf(Modulator.class);
    if (!text.strip().equalsIgnoreCase("none")) {
      for (String name : text.split(",", -1)) {
        listed.add(named(name));
      }
    }
    return listed;
  }

  /** Its name in full, in small letters. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
