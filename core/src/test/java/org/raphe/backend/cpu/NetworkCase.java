package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Activation;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.Rule;

/** A network, how it learns and the shape of its batches, all that a comparison needs. */
record NetworkCase(
    String topology,
    NeuronModel neuron,
    Mode mode,
    Rule rule,
    ReadoutLoss loss,
    Optimizer optimizer,
    int steps,
    int batch,
    int threads,
    SignalGain gain,
    Activation activation) {

  private static final long SEED = 0x1234_5678_9ABCL;

  /** A case with the published gain of 1 and the network's own activation. */
  NetworkCase(
      String topology,
      NeuronModel neuron,
      Mode mode,
      Rule rule,
      ReadoutLoss loss,
      Optimizer optimizer,
      int steps,
      int batch,
      int threads) {
    this(
        topology,
        neuron,
        mode,
        rule,
        loss,
        optimizer,
        steps,
        batch,
        threads,
        SignalGain.CONSTANT,
        Activation.of(neuron, mode));
  }

  /** The same with the gain of surprise. */
  NetworkCase surprised() {
    return with(SignalGain.SURPRISE, activation);
  }

  /** The same with hidden units of ReLU. */
  NetworkCase rectified() {
    return with(gain, Activation.RELU);
  }

  private NetworkCase with(SignalGain otherGain, Activation other) {
    return new NetworkCase(
        topology, neuron, mode, rule, loss, optimizer, steps, batch, threads, otherGain, other);
  }

  NetworkSpec network() {
    return NetworkText.parse(topology, neuron, mode).withActivation(activation);
  }

  Placement placement() {
    LearningSpec learning = new LearningSpec(rule, optimizer, optimizer, loss, gain);
    return new Placement(network(), learning, steps, batch, 0.75f, 0.2f, SEED);
  }

  /** Drawn parameters with weights {@code scale} times the initial ones, to spike more or less. */
  Parameters parameters(float scale) {
    Parameters drawn = Parameters.draw(network(), 31);
    for (LayerParameters layer : drawn.layers()) {
      for (int k = 0; k < layer.weights().length; k++) {
        layer.weights()[k] *= scale;
      }
    }
    return drawn;
  }

  /** Samples as the mode takes them: pixels, or standardised features where a batch is gated. */
  Samples samples(int size) {
    return mode == Mode.CLASSIFICATION
        ? GeneratedSamples.pixels(network(), size, 5)
        : GeneratedSamples.features(network(), size, -0.5, 1.5, 5);
  }

  /** Samples 0, 7, 14, ... modulo {@code size}, which 7 must not divide. */
  static int[] order(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, k -> k * 7 % size);
    return order;
  }
}
