package org.raphe.neuromodulation;

import java.util.Locale;
import org.raphe.InputException;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * How densely each unit is set with a modulator's receptors, and with which sign: a level l acts on
 * unit j as d_j l.
 *
 * @param kind how densities are found
 * @param value the density of every unit, in [0, 1], where it is the same
 */
public record ReceptorDensity(Kind kind, float value) {

  /** How densities are found. */
  public enum Kind {
    /** Every unit has the same. */
    UNIFORM,
    /** Each is drawn from U[0, 1). */
    DRAWN,
    /**
     * Each is 1 (D1-like) or -1 (D2-like, of the opposite effect), with probability 1/2: dopamine's
     * two families of receptors, and by likeness those of the others.
     */
    D1_D2
  }

  /** Every unit has the full density: what one level for all comes to. */
  public static final ReceptorDensity FULL = new ReceptorDensity(Kind.UNIFORM, 1f);

  public ReceptorDensity {
    if (!(value >= 0 && value <= 1)) {
      throw new InputException("a receptor density lies in [0, 1], not at " + value);
    }
  }

  /**
   * Reads a number in [0, 1], {@code drawn} or {@code d1-d2}.
   *
   * @throws InputException if it is none of these
   */
  public static ReceptorDensity parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    switch (word) {
      case "drawn":
        return new ReceptorDensity(Kind.DRAWN, 1f);
      case "d1-d2":
        return new ReceptorDensity(Kind.D1_D2, 1f);
      default:
        try {
          return new ReceptorDensity(Kind.UNIFORM, Float.parseFloat(text.strip()));
        } catch (NumberFormatException e) {
          throw new InputException(
              "receptor density \"" + text + "\" is no number in [0, 1], drawn or d1-d2", e);
        }
    }
  }

  /**
   * The signed densities of a layer, [unit]: the sequence (RECEPTORS | modulator, layer), a number
   * a unit.
   */
  public float[] draw(long seed, Modulator modulator, int layer, int units) {
    UniformSequence uniform =
        new UniformSequence(seed, RandomStream.RECEPTORS.number(modulator.ordinal()), layer);
    float[] densities = new float[units];
    for (int unit = 0; unit < units; unit++) {
      densities[unit] =
          switch (kind) {
            case UNIFORM -> value;
            case DRAWN -> uniform.nextUniform();
            case D1_D2 -> uniform.nextUniform() < 0.5f ? 1f : -1f;
          };
    }
    return densities;
  }

  @Override
  public String toString() {
    return kind == Kind.UNIFORM
        ? Float.toString(value)
        : kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
