package org.raphe.model;

import org.raphe.backend.PredictedClass;
import org.raphe.data.ClassNames;

/**
 * What a model says of a sample.
 *
 * @param label the class with the largest output, the lowest of equals
 * @param name what the model calls it
 * @param outputs the scores y, [class]: rates over the window, or activations
 */
public record Prediction(int label, String name, float[] outputs) {

  /** The prediction that outputs come to. */
  static Prediction of(float[] outputs, ClassNames classNames) {
    int best = PredictedClass.of(outputs, 0, outputs.length);
    return new Prediction(best, classNames.name(best), outputs);
  }
}
