package org.raphe.datasets;

import java.util.SplittableRandom;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;

/**
 * Separable images of the size and density of MNIST, which need no file: each class has its own
 * third of the inner 24 x 24 pixels, which are on with probability 0.55, the others with 0.1. About
 * 19 % of all pixels are not zero.
 */
public final class GeneratedImages {
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  private GeneratedImages() {}

  /**
   * Draws them.
   *
   * @param count number of samples; classes take turns
   */
  public static Samples of(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[][] patterns = new boolean[CLASSES][];
    for (int c = 0; c < CLASSES; c++) {
      patterns[c] = pattern(random);
    }
    byte[] pixels = new byte[count * SIDE * SIDE];
    int[] labels = new int[count];
    for (int sample = 0; sample < count; sample++) {
      labels[sample] = sample % CLASSES;
      boolean[] pattern = patterns[labels[sample]];
      for (int pixel = 0; pixel < pattern.length; pixel++) {
        if (isInner(pixel) && random.nextDouble() < (pattern[pixel] ? 0.55 : 0.1)) {
          pixels[sample * SIDE * SIDE + pixel] = (byte) random.nextInt(64, 256);
        }
      }
    }
    InputShape shape = new InputShape(SIDE, SIDE, 1);
    return Samples.ofPixels("generated", shape, CLASSES, pixels, labels);
  }

  private static boolean[] pattern(SplittableRandom random) {
    boolean[] pattern = new boolean[SIDE * SIDE];
    for (int pixel = 0; pixel < pattern.length; pixel++) {
      pattern[pixel] = isInner(pixel) && random.nextDouble() < 1 / 3.0;
    }
    return pattern;
  }

  /** MNIST leaves its margin empty, which the engine's code takes advantage of. */
  private static boolean isInner(int pixel) {
    int row = pixel / SIDE;
    int column = pixel % SIDE;
    return row >= 2 && row < SIDE - 2 && column >= 2 && column < SIDE - 2;
  }
}
