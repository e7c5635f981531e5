package org.raphe.backend.cpu;

import org.raphe.learning.Rule;

/**
 * The signals G of a hidden layer whose rule answers to outputs, for one sample. Every sum is one
 * chain of fma from +0, in the order written.
 *
 * <pre>
 *   BRP          G_j = fma(-5e-4, r_j, B[c][j])
 *   DFA, e-prop  G_j = sum over k of (y_k - onehot_k) B[k][j]
 *   closed loop  v_k = sum over j of r_j Q[j][k];   p = softmax(4 v);   G_j = sum over k of (p_k - onehot_k) Q[j][k]
 * </pre>
 */
final class HiddenAnswer {
  /** How fast BRP's reward fades with a unit's own output. */
  private static final float FADING = -5e-4f;

  /** S of the closed loop. */
  private static final float SHARPNESS = 4f;

  private HiddenAnswer() {}

  /**
   * Writes G.
   *
   * @param own r, [units]: the layer's own output
   * @param y outputs of all samples, this one's at {@code yAt}
   * @param feedback B, or Q transposed: [class][stride]
   * @param error scratch, [classes]
   * @param signal receives [units]
   */
  static void signal(
      Rule rule,
      float[] own,
      int units,
      float[] y,
      int yAt,
      int label,
      float[] feedback,
      int stride,
      float[] error,
      float[] signal) {
    if (rule == Rule.BRP) {
      for (int unit = 0; unit < units; unit++) {
        signal[unit] = Math.fma(FADING, own[unit], feedback[label * stride + unit]);
      }
      return;
    }
    if (rule == Rule.NACA_CLOSED) {
      judge(own, units, feedback, stride, error);
    } else {
      System.arraycopy(y, yAt, error, 0, error.length);
    }
    error[label] = error[label] - 1f;
    for (int unit = 0; unit < units; unit++) {
      signal[unit] = 0f;
    }
    for (int k = 0; k < error.length; k++) {
      for (int unit = 0; unit < units; unit++) {
        signal[unit] = Math.fma(error[k], feedback[k * stride + unit], signal[unit]);
      }
    }
  }

  /** What the layer itself takes the sample for: softmax(4 r Q). */
  private static void judge(
      float[] own, int units, float[] feedback, int stride, float[] probability) {
    for (int k = 0; k < probability.length; k++) {
      float sum = 0f;
      for (int unit = 0; unit < units; unit++) {
        sum = Math.fma(own[unit], feedback[k * stride + unit], sum);
      }
      probability[k] = sum;
    }
    ReadoutError.softmax(probability, 0, probability.length, SHARPNESS, probability);
  }
}
