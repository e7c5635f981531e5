package org.raphe.backend.cpu;

import java.util.Arrays;

/** The inputs of a few samples, transposed, without those that are 0 in all of them. */
final class SampleGroup {
  /** Samples of a group. */
  static final int SIZE = 8;

  /** Inputs of a block: what their weights in one tile take fits a core's own cache. */
  static final int BLOCK = 256;

  /** [input that is not 0 in all][sample of the group]. */
  final float[] x;

  /** Their numbers, ascending. */
  final int[] ids;

  /** [block]: where in the list its inputs begin; and, after the last one, where they end. */
  final int[] starts;

  SampleGroup(int inputs) {
    x = new float[Math.multiplyExact(inputs, SIZE)];
    ids = new int[inputs];
    starts = new int[(inputs + BLOCK - 1) / BLOCK + 1];
  }

  static int groups(int samples) {
    return (samples + SIZE - 1) / SIZE;
  }

  int blocks() {
    return starts.length - 1;
  }

  /**
   * Takes samples {@code first..first+samples-1}, at most {@link #SIZE}.
   *
   * @param values [sample][stride]
   * @param active receives, by sample, how many inputs are not 0
   */
  void take(float[] values, int stride, int first, int samples, int[] active) {
    Arrays.fill(active, first, first + samples, 0);
    int count = 0;
    for (int input = 0; input < ids.length; input++) {
      if (input % BLOCK == 0) {
        starts[input / BLOCK] = count;
      }
      int at = count * SIZE;
      int any = 0;
      for (int k = 0; k < samples; k++) {
        float value = values[(first + k) * stride + input];
        x[at + k] = value;
        int notZero = value == 0f ? 0 : 1;
        active[first + k] += notZero;
        any |= notZero;
      }
      Arrays.fill(x, at + samples, at + SIZE, 0f);
      ids[count] = input;
      count += any;
    }
    starts[blocks()] = count;
  }
}
