package org.raphe.data;

/**
 * Samples of length 1, as competing columns take them: {@code x = X / |X|}, each sample by itself;
 * one whose features are all 0 stays as it is. The length is summed in double, features ascending.
 */
public record UnitLength() implements FeatureScaling {

  @Override
  public Samples apply(Samples samples) {
    return samples.changed(UnitLength::scale);
  }

  private static void scale(float[] features) {
    double squares = 0;
    for (float feature : features) {
      squares += (double) feature * feature;
    }
    if (squares == 0) {
      return;
    }
    double length = StrictMath.sqrt(squares);
    for (int k = 0; k < features.length; k++) {
      features[k] = (float) (features[k] / length);
    }
  }

  @Override
  public String toString() {
    return "unit-length";
  }
}
