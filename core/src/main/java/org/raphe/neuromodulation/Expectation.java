package org.raphe.neuromodulation;

import java.util.Arrays;
import org.raphe.InputException;

/**
 * What the network is told to expect: class c opens two of the 2K rows of the innervation matrix,
 * each by one half. It is a source of levels whose event is the class and whose channels are the
 * rows.
 *
 * <pre>
 *   a_k = sqrt(2 ln(K / k)), k = c + 1;   a &lt;- a / max(a) 2(K-1)
 *   rows of class c: int(a_k) and int(a_k + 1)
 *   E(c) in R^{2K}: 1/2 at both rows, else 0
 * </pre>
 *
 * <p>Source: Zhang et al. 2023, as docs/ALGORITHM.md, section 3, states it.
 */
public final class Expectation implements LevelSource<Integer> {
  private final int classes;
  private final int[] lowerRow;

  /**
   * @param classes K, at least 2
   */
  public Expectation(int classes) {
    if (classes < 2) {
      throw new InputException("an expectation needs at least 2 classes, not " + classes);
    }
    this.classes = classes;
    this.lowerRow = new int[classes];
    double largest = StrictMath.sqrt(2 * StrictMath.log(classes));
    for (int c = 0; c < classes; c++) {
      double a = StrictMath.sqrt(2 * StrictMath.log((double) classes / (c + 1)));
      lowerRow[c] = (int) (a / largest * (2 * (classes - 1)));
    }
  }

  public int classes() {
    return classes;
  }

  /** Number of rows of E and NI: 2K. */
  public int rows() {
    return 2 * classes;
  }

  /** 2K: a row is a channel. */
  @Override
  public int channels() {
    return rows();
  }

  /** E(c). */
  @Override
  public void emit(Integer expectedClass, float[] channels) {
    Arrays.fill(channels, 0, rows(), 0f);
    channels[lowerRow[expectedClass]] = 0.5f;
    channels[lowerRow[expectedClass] + 1] = 0.5f;
  }

  /** The lower row of class c; the other is the next one. */
  public int lowerRow(int expectedClass) {
    return lowerRow[expectedClass];
  }

  /** E(c), 2K values. */
  public float[] vector(int expectedClass) {
    float[] vector = new float[rows()];
    emit(expectedClass, vector);
    return vector;
  }
}
