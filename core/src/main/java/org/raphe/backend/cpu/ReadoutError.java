package org.raphe.backend.cpu;

import org.raphe.backend.ElementaryFunctions;

/**
 * The read-out's own error: from outputs y of one sample to the signal G at each unit
 * (docs/ALGORITHM.md, section 5).
 *
 * <pre>
 *   mean squared    G = (y - onehot) (2 / (B K T))
 *   cross-entropy   G = (softmax(S y) - onehot) (S / (B T))
 *   last step       G = y - onehot
 * </pre>
 */
public final class ReadoutError {
  private ReadoutError() {}

  /**
   * Writes G.
   *
   * @param y [classes] at {@code yAt}: outputs, or softmax probabilities
   * @param signal receives [classes]
   */
  static void signal(float[] y, int yAt, int classes, int label, float factor, float[] signal) {
    for (int k = 0; k < classes; k++) {
      signal[k] = (y[yAt + k] - (k == label ? 1f : 0f)) * factor;
    }
  }

  /** softmax(scale y), terms summed ascending. */
  public static void softmax(float[] y, int yAt, int classes, float scale, float[] probability) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, scale * y[yAt + k]);
    }
    float sum = 0f;
    for (int k = 0; k < classes; k++) {
      probability[k] = ElementaryFunctions.exp(scale * y[yAt + k] - largest);
      sum += probability[k];
    }
    for (int k = 0; k < classes; k++) {
      probability[k] = probability[k] / sum;
    }
  }

  /**
   * The sum over classes, ascending, of (y - onehot)^2, rounded to a multiple of 2^-24: sums over
   * samples are then exact, whatever their order.
   */
  static double squared(float[] y, int yAt, int classes, int label) {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      double difference = y[yAt + k] - (k == label ? 1.0 : 0.0);
      sum += difference * difference;
    }
    return Math.rint(sum * 0x1p24) * 0x1p-24;
  }
}
