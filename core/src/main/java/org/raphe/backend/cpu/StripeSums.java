package org.raphe.backend.cpu;

import java.util.Arrays;

/**
 * The 16 stripes of some gradients of a convolution, joined 8, 4, 2, 1 as they come, so that five
 * of them are held at most. They come in the order 0, 8, 4, 12, 2, ...: the bits of their place
 * reversed, so that each is joined with the one before as soon as both stand.
 */
final class StripeSums {
  private final float[][] sums;
  private int held;

  StripeSums(int size) {
    sums = new float[Integer.numberOfTrailingZeros(ConvolutionLayer.STRIPES) + 1][size];
  }

  /** The stripe that comes at a place. */
  static int stripe(int place) {
    return Integer.reverse(place) >>> Integer.numberOfLeadingZeros(ConvolutionLayer.STRIPES - 1);
  }

  /** Begins a stripe at +0; its first {@code size} sums are used. */
  float[] begin(int size) {
    Arrays.fill(sums[held], 0, size, 0f);
    return sums[held];
  }

  /** Ends the stripe at a place. */
  void end(int place, int size) {
    held++;
    for (int left = place; (left & 1) == 1; left >>= 1) {
      held--;
      add(sums[held - 1], sums[held], size);
    }
  }

  private static void add(float[] sum, float[] other, int size) {
    for (int k = 0; k < size; k++) {
      sum[k] += other[k];
    }
  }

  /** All stripes joined, once each has ended. */
  float[] take() {
    held = 0;
    return sums[0];
  }
}
