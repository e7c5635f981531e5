package org.raphe.backend.cpu;

import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.Parameters;

/** Rate units: docs/ALGORITHM.md, section 5. */
final class ReferenceRateNetwork extends ReferenceNetwork {
  ReferenceRateNetwork(Placement placement, Parameters parameters, float[][] gates, int batch) {
    super(placement, parameters, gates, batch);
  }

  /** Shows the batch {@code order[0 ... batch-1]}. */
  void show(Samples samples, int[] order) {
    for (int sample = 0; sample < batch; sample++) {
      int label = samples.label(order[sample]);
      double[] x = new double[samples.shape().size()];
      for (int input = 0; input < x.length; input++) {
        x[input] = samples.feature(order[sample], input);
      }
      int readout = network.layers().size() - 1;
      for (int layer = 0; layer < readout; layer++) {
        x = showHidden(layer, x, label);
      }
      showReadout(sample, x, label);
    }
  }

  private double[] showHidden(int layer, double[] x, int label) {
    activeInputs[layer] += notZero(x);
    double[] signal = hiddenSignal(layer, label);
    double[] h = new double[network.layers().get(layer).units()];
    double[] c = new double[h.length];
    for (int unit = 0; unit < h.length; unit++) {
      double z = current(layer, x, unit);
      double raw = emitted(z);
      double slope = slope(raw);
      h[unit] = gate(layer, unit) * raw;
      c[unit] = signal == null ? 0 : signal[unit] * gate(layer, unit) * slope;
    }
    learn(layer, x, c);
    return h;
  }

  private double emitted(double z) {
    return switch (network.activation()) {
      case TANH -> Math.tanh(z);
      case RELU -> Math.max(z, 0);
      case LOGISTIC -> 1 / (1 + Math.exp(-z));
    };
  }

  private double slope(double h) {
    return switch (network.activation()) {
      case TANH -> 1 - h * h;
      case RELU -> h > 0 ? 1 : 0;
      case LOGISTIC -> h * (1 - h);
    };
  }

  private void showReadout(int sample, double[] x, int label) {
    int layer = network.layers().size() - 1;
    activeInputs[layer] += notZero(x);
    ReadoutLoss loss = placement.learning().loss();
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    double[] y = new double[network.classes()];
    for (int k = 0; k < y.length; k++) {
      double z = current(layer, x, k);
      y[k] = softmax ? z : 1 / (1 + Math.exp(-z));
    }
    y = softmax ? softmax(y, loss.scale()) : y;
    score(sample, y, label);
    double[] c = readoutSignal(y, label);
    for (int k = 0; k < y.length; k++) {
      c[k] *= softmax ? 1 : y[k] * (1 - y[k]);
    }
    learn(layer, x, c);
  }
}
