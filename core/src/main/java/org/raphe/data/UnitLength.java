package org.raphe.data;

/**
 * Samples of length 1, as competing columns take them: {@code x = X / |X|}, each sample by itself;
 * one whose features are all 0 stays as it is. The length is summed in double, features ascending.
 */
public record UnitLength() implements FeatureScaling {

  @Override
  public Samples apply(Samples samples) {
    int width = samples.shape().size();
    float[] features = new float[Math.multiplyExact(width, samples.size())];
    int[] labels = new int[samples.size()];
    for (int sample = 0; sample < samples.size(); sample++) {
      samples.copyFeatures(sample, features, sample * width);
      labels[sample] = samples.label(sample);
      scale(features, sample * width, width);
    }
    return Samples.ofFeatures(samples.name(), samples.shape(), samples.classes(), features, labels);
  }

  private static void scale(float[] features, int at, int width) {
    double squares = 0;
    for (int k = at; k < at + width; k++) {
      squares += (double) features[k] * features[k];
    }
    if (squares == 0) {
      return;
    }
    double length = StrictMath.sqrt(squares);
    for (int k = at; k < at + width; k++) {
      features[k] = (float) (features[k] / length);
    }
  }

  @Override
  public String toString() {
    return "unit-length";
  }
}
