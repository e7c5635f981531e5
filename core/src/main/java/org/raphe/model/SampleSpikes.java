package org.raphe.model;

import org.raphe.backend.Placement;
import org.raphe.network.Mode;
import org.raphe.random.Philox;

/**
 * The input spikes that a backend draws for a sample of any number, drawn by the host: a sample
 * that is shown alone gets those that it has among others (docs/NUMERICS.md, section 3).
 */
final class SampleSpikes {
  private static final int QUAD = 4;
  private static final int WORD = 32;

  private SampleSpikes() {}

  /**
   * Draws the spikes of one sample.
   *
   * @param placement T, r, seed and mode
   * @param features scaled, one an input; under a gate their range is the batch's, of one sample
   * @param stream number of the random stream
   * @param number the sample's number
   * @return [word][input], 32 steps a word, least bit first
   */
  static int[] draw(Placement placement, float[] features, int stream, int number) {
    int[] thresholds = thresholds(placement, features);
    int inputs = features.length;
    int[] trains = new int[Math.multiplyExact((placement.steps() + WORD - 1) / WORD, inputs)];
    int[] words = new int[QUAD];
    for (int step = 0; step < placement.steps(); step++) {
      for (int input = 0; input < inputs; input++) {
        if (input % QUAD == 0) {
          Philox.draw(placement.seed(), stream, number, step, input / QUAD, words);
        }
        if (words[input % QUAD] >>> 8 < thresholds[input]) {
          trains[step / WORD * inputs + input] |= 1 << step % WORD;
        }
      }
    }
    return trains;
  }

  private static int[] thresholds(Placement placement, float[] features) {
    float lowest = 0f;
    float span = placement.inputScale();
    if (placement.network().mode() == Mode.CLASS_CONTINUAL) {
      lowest = Float.POSITIVE_INFINITY;
      float highest = Float.NEGATIVE_INFINITY;
      for (float feature : features) {
        lowest = Math.min(lowest, feature);
        highest = Math.max(highest, feature);
      }
      span = highest - lowest;
    }
    int[] thresholds = new int[features.length];
    for (int input = 0; input < thresholds.length; input++) {
      thresholds[input] = Philox.threshold((features[input] - lowest) / span);
    }
    return thresholds;
  }
}
