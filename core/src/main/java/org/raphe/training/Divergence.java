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
   * @param when such as {@code after epoch 2}
   * @param advice what to do about it
   * @throws RunException if one is not finite
   */
  static void check(Parameters parameters, String when, String advice) {
    for (LayerParameters layer : parameters.layers()) {
      check("weight", layer.weights(), when, advice);
      if (layer.biases() != null) {
        check("bias", layer.biases(), when, advice);
      }
    }
  }

  private static void check(String what, float[] values, String when, String advice) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new RunException(
            "training diverged: " + when + " a " + what + " is " + value + "; " + advice);
      }
    }
  }
}
