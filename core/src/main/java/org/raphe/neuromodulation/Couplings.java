package org.raphe.neuromodulation;

import java.util.Arrays;
import java.util.Set;
import org.raphe.InputException;

/**
 * What modulators' levels add to one another's drives: {@code drive_i + sum over j of C[i][j]
 * level_j}, j ascending, each term one fma, levels being those before the step. A modulatory
 * coupling is one entry, a convergent one several of a row, an opponent one a negative entry.
 * Entries lie in [-1, 1].
 */
public final class Couplings {
  /** Modulators, hence rows and columns. */
  public static final int SIZE = Modulator.values().length;

  /** No modulator acts on another. */
  public static final Couplings NONE = new Couplings(new float[SIZE * SIZE]);

  private final float[] matrix;

  /**
   * @param matrix C, 4 x 4, row-major: [driven][driving], in the order of {@link Modulator}
   * @throws InputException if it has another size, or an entry is outside [-1, 1]
   */
  public Couplings(float[] matrix) {
    if (matrix.length != SIZE * SIZE) {
      throw new InputException(
          "couplings are "
              + SIZE
              + " rows of "
              + SIZE
              + " numbers, "
              + SIZE * SIZE
              + " in all, not "
              + matrix.length);
    }
    for (float entry : matrix) {
      if (!(Math.abs(entry) <= 1)) {
        throw new InputException("a coupling lies in [-1, 1], not at " + entry);
      }
    }
    this.matrix = matrix.clone();
  }

  /**
   * Reads a list such as {@code 0,0,0,0,0.1,0,...}: rows one after another.
   *
   * @throws InputException if an entry is no number, or as the constructor
   */
  public static Couplings listed(String text) {
    String[] parts = text.split(",", -1);
    float[] matrix = new float[parts.length];
    for (int k = 0; k < parts.length; k++) {
      try {
        matrix[k] = Float.parseFloat(parts[k].strip());
      } catch (NumberFormatException e) {
        throw new InputException(
            "couplings hold \"" + parts[k].strip() + "\", which is no number", e);
      }
    }
    return new Couplings(matrix);
  }

  /**
   * The couplings of those modulators that are there; a level that is not neither drives nor is
   * driven.
   */
  public Couplings among(Set<Modulator> there) {
    float[] kept = matrix.clone();
    for (Modulator driven : Modulator.values()) {
      for (Modulator driving : Modulator.values()) {
        if (!there.contains(driven) || !there.contains(driving)) {
          kept[driven.ordinal() * SIZE + driving.ordinal()] = 0f;
        }
      }
    }
    return new Couplings(kept);
  }

  /** What modulator {@code driven} is driven by: its own drive and what the levels add. */
  public float drive(Modulator driven, float own, float[] levels) {
    float sum = own;
    for (int j = 0; j < SIZE; j++) {
      sum = Math.fma(matrix[driven.ordinal() * SIZE + j], levels[j], sum);
    }
    return sum;
  }

  /** C, row-major: a copy. */
  public float[] matrix() {
    return matrix.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Couplings couplings && Arrays.equals(matrix, couplings.matrix);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(matrix);
  }

  @Override
  public String toString() {
    return Arrays.toString(matrix);
  }
}
