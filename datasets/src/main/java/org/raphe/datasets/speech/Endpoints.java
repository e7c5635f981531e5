package org.raphe.datasets.speech;

import java.util.Arrays;

/**
 * Where a word begins and ends in its recording, so that all frames lie on the word.
 *
 * <pre>
 * E[i] = sum of x^2 over block i of 10 ms
 * kept = blocks from first - 2 to last + 2, where first and last have E[i] &gt; max E / 100 (20 dB);
 *        all of silence
 * </pre>
 *
 * <p>What is left over after the last whole block counts as the end of it. The threshold was chosen
 * on training speakers alone: docs/SPEECH.md. Sums are of whole numbers, the same on every machine.
 */
final class Endpoints {
  private static final int BLOCKS_A_SECOND = 100;
  private static final int RATIO = 100;
  private static final int MARGIN = 2;

  /** Fewer blocks are a word without any silence. */
  private static final int FEWEST = 5;

  private Endpoints() {}

  /** The recording between its endpoints; the same one where nothing is cut. */
  static WavRecording between(WavRecording recording) {
    short[] samples = recording.samples();
    int block = Math.max(1, Math.round(recording.sampleRate() / (float) BLOCKS_A_SECOND));
    long[] energy = energies(samples, block);
    long loudest = Arrays.stream(energy).max().orElse(0);
    if (energy.length < FEWEST || loudest == 0) {
      return recording;
    }
    long least = loudest / RATIO;
    int first = 0;
    int last = energy.length - 1;
    while (first < last && energy[first] <= least) {
      first++;
    }
    while (first < last && energy[last] <= least) {
      last--;
    }
    int from = Math.max(0, first - MARGIN) * block;
    int to = last + MARGIN + 1 >= energy.length ? samples.length : (last + MARGIN + 1) * block;
    return new WavRecording(recording.sampleRate(), Arrays.copyOfRange(samples, from, to));
  }

  private static long[] energies(short[] samples, int block) {
    long[] energy = new long[samples.length / block];
    for (int n = 0; n < energy.length * block; n++) {
      energy[n / block] += (long) samples[n] * samples[n];
    }
    return energy;
  }
}
