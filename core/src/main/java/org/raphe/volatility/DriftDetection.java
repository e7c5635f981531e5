package org.raphe.volatility;

import java.util.Arrays;
import java.util.List;
import org.raphe.tensor.Tensor;

/**
 * The drift detection method: the error rate p and its deviation s since the last drift are
 * watched, and drift is told where p + s is above the least p + s so far by three of its
 * deviations.
 *
 * <pre>
 *   p = errors / n;   s = sqrt(p (1 - p) / n);   drift if p + s &gt; p_min + 3 s_min, from n = 30 on
 * </pre>
 *
 * <p>Source: Gama, Medas, Castillo, Rodrigues, "Learning with drift detection", SBIA 2004; here n
 * grows by a batch at a time.
 */
final class DriftDetection {
  private static final float LEAST_SAMPLES = 30f;
  private static final float DEVIATIONS = 3f;

  /** n, errors, p_min, s_min. */
  private final float[] state = new float[4];

  DriftDetection() {
    begin();
  }

  private void begin() {
    Arrays.fill(state, 0f);
    state[2] = 1f;
    state[3] = 1f;
  }

  /** Takes in a batch's answers, and tells whether there is drift; if so, it begins anew. */
  boolean observe(int hits, int count) {
    state[0] += count;
    state[1] += count - hits;
    if (state[0] < LEAST_SAMPLES) {
      return false;
    }
    float p = state[1] / state[0];
    float s = (float) Math.sqrt(p * (1f - p) / state[0]);
    if (p + s < state[2] + state[3]) {
      state[2] = p;
      state[3] = s;
    }
    if (p + s > state[2] + DEVIATIONS * state[3]) {
      begin();
      return true;
    }
    return false;
  }

  Tensor state() {
    return new Tensor(List.of(state.length), state.clone());
  }

  void restore(float[] kept) {
    System.arraycopy(kept, 0, state, 0, state.length);
  }
}
