package org.raphe.backend.cpu;

/**
 * The spikes of a layer's units for a batch: one train a unit and sample, 32 steps to an int, least
 * bit first; and, for each sample, the units that spiked at all, ascending.
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

  SpikeTrains(int batch, int units, int stride, int steps) {
    this.steps = steps;
    this.units = units;
    this.stride = stride;
    words = (steps + 31) / 32;
    trains = new int[Math.multiplyExact(Math.multiplyExact(batch, words), stride)];
    active = new int[Math.multiplyExact(batch, stride)];
    activeCount = new int[batch];
    spikes = new int[Math.multiplyExact(batch, steps)];
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
