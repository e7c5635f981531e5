package org.raphe.neuromodulation;

import org.raphe.InputException;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * The frozen matrix NI of one layer and the levels it gives: {@code n_j(c) = sum_r E_r(c)
 * NI[r][j]}.
 *
 * <p>Row r of NI is the sequence (INNERVATION | layer, r), unit by unit; a normal entry takes two
 * numbers of it, the others one, zero none.
 */
public final class Innervation {
  private final Expectation expectation;
  private final int units;
  private final float[] matrix;

  /**
   * @param expectation E
   * @param units H
   * @param matrix NI, 2K x H, row-major
   */
  public Innervation(Expectation expectation, int units, float[] matrix) {
    if (matrix.length != expectation.rows() * units) {
      throw new InputException(
          "innervation of "
              + units
              + " units for "
              + expectation.classes()
              + " classes has "
              + expectation.rows() * units
              + " entries, not "
              + matrix.length);
    }
    this.expectation = expectation;
    this.units = units;
    this.matrix = matrix;
  }

  /** Draws NI for layer {@code layer} from {@code seed}. */
  public static Innervation draw(
      long seed,
      int layer,
      Expectation expectation,
      int units,
      InnervationDistribution distribution) {
    float[] matrix = new float[expectation.rows() * units];
    for (int row = 0; row < expectation.rows(); row++) {
      UniformSequence uniform =
          new UniformSequence(seed, RandomStream.INNERVATION.number(layer), row);
      for (int unit = 0; unit < units; unit++) {
        matrix[row * units + unit] = distribution.next(uniform);
      }
    }
    return new Innervation(expectation, units, matrix);
  }

  /** NI, 2K x H, row-major: a copy. */
  public float[] matrix() {
    return matrix.clone();
  }

  /** n_j(c) in float32: rows ascending, those that are closed left out. */
  public float level(int expectedClass, int unit) {
    return level(expectation.vector(expectedClass), unit);
  }

  private float level(float[] channels, int unit) {
    float level = 0f;
    for (int row = 0; row < channels.length; row++) {
      if (channels[row] != 0f) {
        level += channels[row] * matrix[row * units + unit];
      }
    }
    return level;
  }

  /** The learning signals f(n_j(c)), K x H, row-major. */
  public float[] modulation(ReceptorCurve curve) {
    float[] signals = new float[expectation.classes() * units];
    float[] channels = new float[expectation.channels()];
    for (int c = 0; c < expectation.classes(); c++) {
      expectation.emit(c, channels);
      modulate(channels, curve, signals, c * units);
    }
    return signals;
  }

  /**
   * The learning signals of whatever is broadcast: f(n_j), n_j the sum over rows of what a row
   * carries times NI.
   *
   * @param channels what each row carries, [2K]
   * @param signals receives H numbers from {@code at} on
   */
  public void modulate(float[] channels, ReceptorCurve curve, float[] signals, int at) {
    for (int unit = 0; unit < units; unit++) {
      signals[at + unit] = curve.at(level(channels, unit));
    }
  }
}
