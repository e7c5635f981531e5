package org.raphe.training;

import org.raphe.RunException;
import org.raphe.network.LayerParameters;
import org.raphe.network.Parameters;

/** Learning that ran away: weights that are no finite numbers any more. */
final class Divergence {
  private Divergence() {}

  /**
   * Looks at all weights and biases.
   *
   * @param diverged what is said of it, such as {@code training diverged: after epoch 2}
   * @param advice what to do about it
   * @throws RunException if one is not finite
   */
  static void check(Parameters parameters, String diverged, String advice) {
    for (LayerParameters layer : parameters.layers()) {
      check("weight", layer.weights(), diverged, advice);
      if (layer.biases() != null) {
        check("bias", layer.biases(), diverged, advice);
      }
    }
  }

  private static void check(String what, float[] values, String diverged, String advice) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new RunException(diverged + " a " + what + " is " + value + "; " + advice);
      }
    }
  }
}
