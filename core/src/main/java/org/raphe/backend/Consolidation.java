package org.raphe.backend;

import java.util.Map;
import org.raphe.network.LayerParameters;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;

/**
 * What elastic weight consolidation keeps of all past experiences (Kirkpatrick et al. 2017), in
 * closed form, so that it does not grow with their number: the penalty lambda/2 sum_e F_e (w -
 * w_e)^2 is lambda/2 F (w - a)^2 and a constant. In a state F stands under {@code fisher.}, a under
 * {@code anchors.}.
 *
 * @param fisher F = sum_e F_e, the experiences' diagonal Fisher information, not negative
 * @param anchors a = sum_e F_e w_e / F; 0 where F is 0
 * @param samples samples on which F was measured; 0 before the first experience is past
 * @param seconds wall time of measuring
 */
public record Consolidation(Parameters fisher, Parameters anchors, long samples, double seconds) {
  private static final String FISHER = "fisher.";
  private static final String ANCHORS = "anchors.";
  private static final String SAMPLES = "fisher_samples";
  private static final String SECONDS = "fisher_seconds";

  /** Before any experience is past. */
  public static Consolidation none(NetworkSpec network) {
    return new Consolidation(Parameters.zeros(network), Parameters.zeros(network), 0, 0);
  }

  /** What is kept in a state; null if its network keeps nothing of past experiences. */
  public static Consolidation in(NetworkState state) {
    if (!state.scalars().containsKey(SAMPLES)) {
      return null;
    }
    return new Consolidation(
        Parameters.of(state.tensors().under(FISHER)),
        Parameters.of(state.tensors().under(ANCHORS)),
        state.scalars().get(SAMPLES).longValue(),
        state.scalars().get(SECONDS));
  }

  /** This as a part of a network's state. */
  public NetworkState state(NetworkSpec network) {
    return new NetworkState(
        fisher.named(network).prefixed(FISHER).and(anchors.named(network).prefixed(ANCHORS)),
        Map.of(SAMPLES, (double) samples, SECONDS, seconds));
  }

  /** The largest F of any parameter. */
  public float largestFisher() {
    float largest = 0;
    for (LayerParameters layer : fisher.layers()) {
      for (float[] values : new float[][] {layer.weights(), layer.biases()}) {
        for (int k = 0; values != null && k < values.length; k++) {
          largest = Math.max(largest, values[k]);
        }
      }
    }
    return largest;
  }
}
