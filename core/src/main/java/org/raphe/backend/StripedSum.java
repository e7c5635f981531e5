package org.raphe.backend;

/**
 * Sums of products over many inputs, in an order that 32 lanes can share: lane l sums inputs l, l +
 * 32, ... ascending, each term one fma onto +0; then lane l adds lane l + 16, l + 8, l + 4, l + 2
 * and l + 1 in turn. Lane 0 is the sum. docs/NUMERICS.md, section 16.
 */
public final class StripedSum {
  /** Lanes of a sum. */
  public static final int LANES = 32;

  private StripedSum() {}

  /** Sum of {@code a[aAt + i] b[bAt + i]} for i in 0..count-1; {@code lanes} is scratch. */
  public static float dot(float[] a, int aAt, float[] b, int bAt, int count, float[] lanes) {
    for (int lane = 0; lane < LANES; lane++) {
      float sum = 0f;
      for (int i = lane; i < count; i += LANES) {
        sum = Math.fma(a[aAt + i], b[bAt + i], sum);
      }
      lanes[lane] = sum;
    }
    return fold(lanes);
  }

  /** Adds the lanes pairwise, in place. */
  public static float fold(float[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }
}
