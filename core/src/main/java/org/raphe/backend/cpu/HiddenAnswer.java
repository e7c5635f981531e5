package org.raphe.backend.cpu;

import org.raphe.rule.Signal;

/**
 * The signals G of a hidden layer that are known once outputs stand, for one sample. Every sum is
 * one chain of fma from +0, in the order written.
 *
 * <pre>
 *   fading reward  G_j = fma(-5e-4, r_j, B[c][j])
 *   output error   G_j = sum over k of (y_k - onehot_k) B[k][j]
 *   head error     v_k = sum over j of r_j Q[j][k], then + a_k;   p = softmax(S v);
 *                  G_j = sum over k of (p_k - onehot_k) Q[j][k]
 * </pre>
 */
final class HiddenAnswer {
  private HiddenAnswer() {}

  /**
   * Writes G.
   *
   * @param own r, [units]: the layer's own output
   * @param y outputs of all samples, this one's at {@code yAt}
   * @param feedback B, or Q transposed and, of a head that learns, the bias a after the last unit:
   *     [class][stride]
   * @param error receives what is sent back, [classes]: y - onehot or p - onehot
   * @param signal receives [units]
   */
  static void signal(
      Signal.OfOutputs kind,
      float[] own,
      int units,
      float[] y,
      int yAt,
      int label,
      float[] feedback,
      int stride,
      float[] error,
      float[] signal) {
    if (kind instanceof Signal.FadingReward) {
      for (int unit = 0; unit < units; unit++) {
        signal[unit] =
            Math.fma(-Signal.FadingReward.FADING, own[unit], feedback[label * stride + unit]);
      }
      return;
    }
    if (kind instanceof Signal.HeadError head) {
      judge(own, units, feedback, stride, head, error);
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

  /** What the layer itself takes the sample for: softmax(S (r Q + a)). */
  private static void judge(
      float[] own,
      int units,
      float[] feedback,
      int stride,
      Signal.HeadError head,
      float[] probability) {
    for (int k = 0; k < probability.length; k++) {
      float sum = 0f;
      for (int unit = 0; unit < units; unit++) {
        sum = Math.fma(own[unit], feedback[k * stride + unit], sum);
      }
      probability[k] = head.learned() ? sum + feedback[k * stride + units] : sum;
    }
    ReadoutError.softmax(probability, 0, probability.length, head.sharpness(), probability);
  }
}
