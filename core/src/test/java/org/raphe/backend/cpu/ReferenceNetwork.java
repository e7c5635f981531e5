package org.raphe.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import org.raphe.backend.Placement;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.Signal;

/**
 * A batch worked out in double precision from the formulas of docs/ALGORITHM.md, sections 1 to 5,
 * one scalar at a time, with everything kept. A rate network is one of a single step whose units
 * have a slope in place of a membrane.
 */
abstract class ReferenceNetwork {
  final Placement placement;
  final NetworkSpec network;
  final int batch;

  /** [layer][input * units + unit]. */
  final double[][] weightGradients;

  final double[][] biasGradients;

  /** [sample * classes + class]. */
  final double[] outputs;

  final long[] activeInputs;
  final long[] synapseUpdates;
  long hits;

  /** Of the sample at hand. */
  private double gain;

  double squaredError;

  /** What hidden layers learn from the sample at hand once its gain is known. */
  private final List<Runnable> waiting = new ArrayList<>();

  private final List<LayerParameters> parameters;
  private final float[][] gates;

  /**
   * @param gates of each hidden layer, as the network under test reads them; null entries for 1
   */
  ReferenceNetwork(Placement placement, Parameters parameters, float[][] gates, int batch) {
    this.placement = placement;
    this.parameters = parameters.layers();
    this.gates = gates;
    this.batch = batch;
    network = placement.network();
    int depth = network.layers().size();
    weightGradients = new double[depth][];
    biasGradients = new double[depth][];
    for (int layer = 0; layer < depth; layer++) {
      weightGradients[layer] = new double[network.layers().get(layer).weights()];
      biasGradients[layer] = new double[network.layers().get(layer).units()];
    }
    outputs = new double[batch * network.classes()];
    activeInputs = new long[depth];
    synapseUpdates = new long[depth];
  }

  final double gate(int layer, int unit) {
    return gates[layer] == null ? 1 : gates[layer][unit];
  }

  /** b + sum_i W[i] x[i]. */
  final double current(int layer, double[] x, int unit) {
    LayerParameters own = parameters.get(layer);
    double z = own.biases() == null ? 0 : own.biases()[unit];
    int units = network.layers().get(layer).units();
    for (int input = 0; input < x.length; input++) {
      z += own.weights()[input * units + unit] * x[input];
    }
    return z;
  }

  /** Signals of a hidden layer for one class; null if the layer does not learn. */
  final double[] hiddenSignal(int layer, int label) {
    Signal given = placement.learning().rule().signal();
    if (!given.isCredited()) {
      return null;
    }
    float[] all =
        given instanceof Signal.OfClass known
            ? known.table(network, layer, placement.seed())
            : Signal.ones(network, layer);
    double[] signal = new double[network.layers().get(layer).units()];
    for (int unit = 0; unit < signal.length; unit++) {
      signal[unit] = all[label * signal.length + unit];
    }
    return signal;
  }

  /** Signals of the read-out from its outputs, or softmax probabilities. */
  final double[] readoutSignal(double[] y, int label) {
    ReadoutLoss loss = placement.learning().loss();
    double factor =
        switch (loss.kind()) {
          case MEAN_SQUARED -> 2.0 / (batch * network.classes() * placement.steps());
          case CROSS_ENTROPY -> (double) loss.scale() / (batch * placement.steps());
          case LAST_STEP -> 1;
        };
    double[] signal = new double[y.length];
    for (int k = 0; k < y.length; k++) {
      signal[k] = (y[k] - (k == label ? 1 : 0)) * factor;
    }
    return signal;
  }

  static double[] softmax(double[] y, double scale) {
    double sum = 0;
    double[] probability = new double[y.length];
    for (int k = 0; k < y.length; k++) {
      probability[k] = Math.exp(scale * y[k]);
      sum += probability[k];
    }
    for (int k = 0; k < y.length; k++) {
      probability[k] /= sum;
    }
    return probability;
  }

  final void score(int sample, double[] y, int label) {
    int best = 0;
    for (int k = 0; k < y.length; k++) {
      outputs[sample * y.length + k] = y[k];
      best = y[k] > y[best] ? k : best;
      squaredError += Math.pow(y[k] - (k == label ? 1 : 0), 2);
    }
    hits += best == label ? 1 : 0;
    gain = gain(y, label);
    waiting.forEach(Runnable::run);
    waiting.clear();
  }

  private double gain(double[] y, int label) {
    ReadoutLoss loss = placement.learning().loss();
    if (placement.learning().gain() == SignalGain.CONSTANT) {
      return 1;
    }
    boolean probabilities =
        network.neuron() == NeuronModel.RATE && loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    double[] p = probabilities ? y : softmax(y, loss.scale());
    return Math.max(1 - p[label], 0x1p-24);
  }

  static int notZero(double[] values) {
    int count = 0;
    for (double value : values) {
      count += value != 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * Adds x c to the gradients of one step of one sample, and counts it; hidden layers wait for the
   * read-out, which sets their gain.
   */
  final void learn(int layer, double[] x, double[] c) {
    if (network.isReadout(layer)) {
      addProducts(layer, x, c, 1);
    } else {
      waiting.add(() -> addProducts(layer, x, c, gain));
    }
  }

  private void addProducts(int layer, double[] x, double[] c, double a) {
    Layer dense = network.layers().get(layer);
    for (int unit = 0; unit < c.length; unit++) {
      biasGradients[layer][unit] += dense.biased() ? a * c[unit] : 0;
      for (int input = 0; input < x.length; input++) {
        weightGradients[layer][input * c.length + unit] += a * x[input] * c[unit];
      }
    }
    synapseUpdates[layer] += (long) notZero(x) * notZero(c);
  }
}
