package org.raphe.backend.cpu;

import org.raphe.backend.ElementaryFunctions;
import org.raphe.data.Samples;

/**
 * The input-type gate of class-continual networks (docs/ALGORITHM.md, section 6):
 *
 * <pre>
 *   m = mean input of the batch, resized to the layer: m_j = m[floor(j D / H)]
 *   gate_j = logistic(1000 (m_j - (max_j(m_j) - delta)))
 * </pre>
 *
 * <p>The largest is taken after resizing: the recorded vectors of two hidden layers show it.
 */
final class InputGate {
  private static final float STEEPNESS = 1000f;

  private final float[] mean;

  InputGate(int inputs) {
    mean = new float[inputs];
  }

  /** Sets m: samples ascending, then one division. */
  void average(Samples samples, int[] indices, int count) {
    for (int input = 0; input < mean.length; input++) {
      float sum = 0f;
      for (int sample = 0; sample < count; sample++) {
        sum += samples.feature(indices[sample], input);
      }
      mean[input] = sum / count;
    }
  }

  /** Writes the gates of {@code units} units to {@code gate}. */
  void open(float margin, int units, float[] gate) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int unit = 0; unit < units; unit++) {
      gate[unit] = mean[(int) ((long) unit * mean.length / units)];
      largest = Math.max(largest, gate[unit]);
    }
    for (int unit = 0; unit < units; unit++) {
      gate[unit] = ElementaryFunctions.logistic(STEEPNESS * (gate[unit] - (largest - margin)));
    }
  }
}
