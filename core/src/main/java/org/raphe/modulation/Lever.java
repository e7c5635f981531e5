package org.raphe.modulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.raphe.KnownNames;

/** What the level l of a modulator acts on while a network learns. */
public enum Lever {
  /** Rates of all layers: times 1 - l. */
  LEARNING_RATE,
  /** Rates of hidden layers: times 1 - l. */
  PLASTICITY_GATE,
  /**
   * What is known already is kept: rates of all layers, times 1 - l and at least the least share.
   */
  OLD_KNOWLEDGE,
  /** Rates of all layers: times 1 + g l, g the gain. */
  GAIN,
  /** Noradrenaline's firing begins acetylcholine's average and serotonin's consolidation anew. */
  RESET,
  /**
   * Dopamine is what the innervation of hidden units receives, in the place of the class that the
   * label leads to expect; of rules that learn by such a level.
   */
  EXPECTATION;

  /**
   * The lever of a name.
   *
   * @throws org.raphe.InputException if there is none, with the nearest name
   */
  public static Lever named(String name) {
    List<String> names = Arrays.stream(values()).map(Lever::toString).toList();
    return values()[names.indexOf(KnownNames.chosen("lever", name.strip(), names))];
  }

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
