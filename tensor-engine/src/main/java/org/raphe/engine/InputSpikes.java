package org.raphe.engine;

import org.raphe.data.Samples;
import org.raphe.random.Philox;

/**
 * The input spikes that every backend draws for a batch (docs/NUMERICS.md section 3): input i of
 * sample s spikes at step t iff draw(stream, s, t, i) &lt; floor(X / r 2^24).
 */
final class InputSpikes {
  private static final int QUAD = 4;

  private final long seed;
  private final int steps;
  private final float inputScale;

  /**
   * Draws nothing yet.
   *
   * @param inputScale r
   */
  InputSpikes(long seed, int steps, float inputScale) {
    this.seed = seed;
    this.steps = steps;
    this.inputScale = inputScale;
  }

  /**
   * 0 or 1, [T*B, N], step by step: row t * count + k is step t of sample {@code indices[from+k]}.
   */
  float[] draw(Samples samples, int stream, int[] indices, int from, int count) {
    int width = samples.shape().size();
    float[] spikes = new float[steps * count * width];
    int[] thresholds = new int[width];
    for (int k = 0; k < count; k++) {
      int sample = indices[from + k];
      for (int input = 0; input < width; input++) {
        thresholds[input] = Philox.threshold(samples.feature(sample, input) / inputScale);
      }
      for (int t = 0; t < steps; t++) {
        drawStep(stream, sample, t, thresholds, spikes, (t * count + k) * width);
      }
    }
    return spikes;
  }

  private void drawStep(
      int stream, int sample, int step, int[] thresholds, float[] spikes, int at) {
    int[] words = new int[QUAD];
    for (int first = 0; first < thresholds.length; first += QUAD) {
      int end = Math.min(thresholds.length, first + QUAD);
      int any = 0;
      for (int input = first; input < end; input++) {
        any |= thresholds[input];
      }
      if (any == 0) {
        continue;
      }
      Philox.draw(seed, stream, sample, step, first / QUAD, words);
      for (int input = first; input < end; input++) {
        spikes[at + input] = words[input - first] >>> 8 < thresholds[input] ? 1f : 0f;
      }
    }
  }
}
