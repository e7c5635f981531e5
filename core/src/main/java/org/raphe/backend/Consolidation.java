package org.raphe.backend;

import org.raphe.network.LayerParameters;
import org.raphe.network.Parameters;

/**
 * What elastic weight consolidation keeps of all past experiences (Kirkpatrick et al. 2017), in
 * closed form, so that it does not grow with their number: the penalty lambda/2 sum_e F_e (w -
 * w_e)^2 is lambda/2 F (w - a)^2 and a constant.
 *
 * @param fisher F = sum_e F_e, the experiences' diagonal Fisher information, not negative
 * @param anchors a = sum_e F_e w_e / F; 0 where F is 0
 * @param samples samples on which F was measured
 * @param seconds wall time of measuring
 */
public record Consolidation(Parameters fisher, Parameters anchors, long samples, double seconds) {

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
