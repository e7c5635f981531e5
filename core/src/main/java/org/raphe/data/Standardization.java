package org.raphe.data;

import org.raphe.InputException;

/**
 * Features of mean 0 and deviation 1 over all features of all training samples, as the published
 * class-continual networks take them: {@code x = (X - mean) / deviation}, one mean and one
 * deviation for the whole data set.
 *
 * @param mean over the training samples, in double, rounded once
 * @param deviation likewise; 1 if all features are equal
 */
public record Standardization(float mean, float deviation) implements FeatureScaling {

  public Standardization {
    if (!Float.isFinite(mean) || !(deviation > 0) || !Float.isFinite(deviation)) {
      throw new InputException(
          "features have a finite mean and a finite deviation above 0, not "
              + mean
              + " and "
              + deviation);
    }
  }

  /** Measures training samples; sums are in double, samples ascending. */
  public static Standardization of(Samples train) {
    int width = train.shape().size();
    double count = (double) width * train.size();
    double[] sums = new double[2];
    float[] row = new float[width];
    for (int sample = 0; sample < train.size(); sample++) {
      train.copyFeatures(sample, row, 0);
      for (float feature : row) {
        sums[0] += feature;
        sums[1] += (double) feature * feature;
      }
    }
    double mean = sums[0] / count;
    double variance = Math.max(0, sums[1] / count - mean * mean);
    float deviation = (float) StrictMath.sqrt(variance);
    return new Standardization((float) mean, deviation > 0 ? deviation : 1f);
  }

  @Override
  public Samples apply(Samples samples) {
    return samples.changed(this::standardise);
  }

  private void standardise(float[] features) {
    for (int k = 0; k < features.length; k++) {
      features[k] = (features[k] - mean) / deviation;
    }
  }

  @Override
  public String toString() {
    return "standardised " + mean + " " + deviation;
  }
}
