package org.raphe.backend.cpu;

import java.util.Arrays;

/**
 * The spikes of a layer's units for a batch: one train a unit and sample, 32 steps to an int, least
 * bit first; and, for each sample, the units that spiked at all, ascending. Pooled ones are
 * counted: a train then says at which steps any of a pool's four units spiked.
 */
final class SpikeTrains {
  final int steps;

  /** Ints a train: ceil(T / 32). */
  final int words;

  /** Units; what stands past them is not read, since weights that diverged could make it spike. */
  private final int units;

  /** Units, rounded up to the producing layer's tiles. */
  final int stride;

  /** [sample][word][unit]. */
  final int[] trains;

  /** [sample][k]: the k-th unit that spiked. */
  final int[] active;

  /** [sample]. */
  final int[] activeCount;

  /** [sample][step]: spikes of all units. */
  final int[] spikes;

  /** [sample][unit][step]: spikes of a pool's units, 0 to 4; null where nothing is pooled. */
  private final byte[] counts;

  SpikeTrains(int batch, int units, int stride, int steps) {
    this(batch, units, stride, steps, false);
  }

  /**
   * @param counted whether the spikes are those of pools
   */
  SpikeTrains(int batch, int units, int stride, int steps, boolean counted) {
    this.steps = steps;
    this.units = units;
    this.stride = stride;
    words = (steps + 31) / 32;
    trains = new int[Math.multiplyExact(Math.multiplyExact(batch, words), stride)];
    active = new int[Math.multiplyExact(batch, stride)];
    activeCount = new int[batch];
    spikes = new int[Math.multiplyExact(batch, steps)];
    counts =
        counted ? new byte[Math.multiplyExact(Math.multiplyExact(batch, steps), stride)] : null;
  }

  /** Whether the spikes are those of pools, of which each step's are counted. */
  boolean isCounted() {
    return counts != null;
  }

  /** Forgets a sample's spikes. */
  void clear(int sample) {
    Arrays.fill(trains, at(sample, 0), at(sample + 1, 0), 0);
    if (counts != null) {
      int size = stride * steps;
      Arrays.fill(counts, sample * size, (sample + 1) * size, (byte) 0);
    }
  }

  /** Counts the spikes {@code bits} of one unit of a pool. */
  void count(int sample, int pool, int word, int bits) {
    trains[at(sample, word) + pool] |= bits;
    int at = (sample * stride + pool) * steps + word * 32;
    for (int left = bits; left != 0; left &= left - 1) {
      counts[at + Integer.numberOfTrailingZeros(left)]++;
    }
  }

  /** What the next layer is given of a unit that spiked at step t: 1, or a quarter of the count. */
  float value(int sample, int unit, int t) {
    return counts == null
        ? 1f
        : counts[(sample * stride + unit) * steps + t] * ConvolutionLayer.SHARE;
  }

  /** Spikes of all units of a pool over the window. */
  int total(int sample, int pool) {
    int total = 0;
    int at = (sample * stride + pool) * steps;
    for (int t = 0; t < steps; t++) {
      total += counts[at + t];
    }
    return total;
  }

  /** Writes what is given of a unit at each step to {@code x}, then zeros up to {@code columns}. */
  void expand(int sample, int unit, float[] x, int xAt, int columns) {
    Arrays.fill(x, xAt, xAt + columns, 0f);
    for (int word = 0; word < words; word++) {
      int bits = trains[at(sample, word) + unit];
      for (; bits != 0; bits &= bits - 1) {
        int t = word * 32 + Integer.numberOfTrailingZeros(bits);
        x[xAt + t] = value(sample, unit, t);
      }
    }
  }

  /** {@link TileKernels#expand} of pooled spikes. */
  void expandCounts(int sample, float[] x) {
    int columns = TileKernels.padded(steps);
    for (int k = 0; k < activeCount[sample]; k++) {
      expand(sample, active[sample * stride + k], x, k * columns, columns);
    }
  }

  /** Where the first word of unit 0 of {@code sample} is. */
  int at(int sample, int word) {
    return (sample * words + word) * stride;
  }

  /** Lists the units of {@code sample} that spiked and counts spikes by step. */
  void list(int sample) {
    int count = 0;
    int base = sample * stride;
    for (int unit = 0; unit < units; unit++) {
      int any = trains[at(sample, 0) + unit];
      for (int word = 1; word < words; word++) {
        any |= trains[at(sample, word) + unit];
      }
      active[base + count] = unit;
      count += any == 0 ? 0 : 1;
    }
    activeCount[sample] = count;
  }

  /** Spikes of {@code unit} over the window of {@code sample}. */
  int count(int sample, int unit) {
    int count = 0;
    for (int word = 0; word < words; word++) {
      count += Integer.bitCount(trains[at(sample, word) + unit]);
    }
    return count;
  }
}
