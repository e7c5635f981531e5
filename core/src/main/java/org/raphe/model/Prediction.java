package org.raphe.model;

/**
 * What a model says of a sample.
 *
 * @param label the class with the largest output, the lowest of equals
 * @param outputs y, [class]: rates over the window, or activations
 */
public record Prediction(int label, float[] outputs) {

  /** The prediction that outputs come to. */
  static Prediction of(float[] outputs) {
    int best = 0;
    for (int k = 1; k < outputs.length; k++) {
      if (outputs[k] > outputs[best]) {
        best = k;
      }
    }
    return new Prediction(best, outputs);
  }
}
