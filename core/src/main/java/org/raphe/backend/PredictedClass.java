package org.raphe.backend;

/** Which class outputs come to. */
public final class PredictedClass {
  private PredictedClass() {}

  /**
   * The class of the largest output; the lowest of equals.
   *
   * @param outputs y, [sample][class]
   * @param at where the sample's outputs begin
   */
  public static int of(float[] outputs, int at, int classes) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (outputs[at + k] > outputs[at + best]) {
        best = k;
      }
    }
    return best;
  }
}
