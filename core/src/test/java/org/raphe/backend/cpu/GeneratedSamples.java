package org.raphe.backend.cpu;

import java.util.SplittableRandom;
import org.raphe.data.Samples;
import org.raphe.network.NetworkSpec;

/** Labelled samples drawn from a seed; about three features of ten are 0. */
final class GeneratedSamples {
  private static final double SHARE_OF_ZEROS = 0.3;

  private GeneratedSamples() {}

  /** Bytes 1..255 and zeros. */
  static Samples pixels(NetworkSpec network, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[size * network.input().size()];
    for (int k = 0; k < pixels.length; k++) {
      int value = random.nextInt(1, 256);
      pixels[k] = random.nextDouble() < SHARE_OF_ZEROS ? 0 : (byte) value;
    }
    return Samples.ofPixels(
        "pixels", network.input(), network.classes(), pixels, labels(network, size, random));
  }

  /** Features uniform in [lowest, highest) and zeros. */
  static Samples features(NetworkSpec network, int size, double lowest, double highest, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] features = new float[size * network.input().size()];
    for (int k = 0; k < features.length; k++) {
      float value = (float) random.nextDouble(lowest, highest);
      features[k] = random.nextDouble() < SHARE_OF_ZEROS ? 0f : value;
    }
    return Samples.ofFeatures(
        "features", network.input(), network.classes(), features, labels(network, size, random));
  }

  private static int[] labels(NetworkSpec network, int size, SplittableRandom random) {
    int[] labels = new int[size];
    for (int k = 0; k < size; k++) {
      labels[k] = random.nextInt(network.classes());
    }
    return labels;
  }
}
