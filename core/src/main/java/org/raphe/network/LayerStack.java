package org.raphe.network;

import java.util.ArrayList;
import java.util.List;
import org.raphe.InputException;

/** Layers as they are put on one another, each checked against the one below it. */
final class LayerStack {
  private final InputShape input;
  private final NeuronModel neuron;
  private final Mode mode;
  private final List<Layer> layers = new ArrayList<>();

  LayerStack(InputShape input, NeuronModel neuron, Mode mode) {
    this.input = input;
    this.neuron = neuron;
    this.mode = mode;
  }

  private InputShape top() {
    return layers.isEmpty() ? input : layers.get(layers.size() - 1).outputShape();
  }

  /**
   * Puts on a dense layer.
   *
   * @throws InputException if it has no unit or too many weights
   */
  void dense(int units, boolean readout) {
    int inputs = top().size();
    if (units < 1 || (long) inputs * units > Dense.MAX_WEIGHTS) {
      throw new InputException(
          "layer "
              + (layers.size() + 1)
              + " of "
              + inputs
              + " inputs and "
              + units
              + " units is not usable: a layer has at least 1 unit and at most "
              + Dense.MAX_WEIGHTS
              + " weights");
    }
    layers.add(new Dense(inputs, units, biased(readout)));
  }

  /** The published class-continual networks have one bias only: that of the spiking read-out. */
  private boolean biased(boolean readout) {
    return mode == Mode.CLASSIFICATION || (readout && neuron == NeuronModel.LIF);
  }

  /**
   * Puts on a convolution.
   *
   * @throws InputException if it does not fit on what is below, or the network has a gate
   */
  void convolution(int channels, int kernel, int stride, int padding) {
    if (mode == Mode.CLASS_CONTINUAL) {
      throw new InputException(
          "convolutions are for networks without an input-type gate, whose units are dense");
    }
    if (!layers.isEmpty() && layers.get(layers.size() - 1).convolution().isEmpty()) {
      throw new InputException(
          "a convolution stands on the input or on another convolution, not on a dense layer");
    }
    layers.add(new Convolution(top(), channels, kernel, stride, padding, false));
  }

  /**
   * Pools what the convolution below hands on.
   *
   * @throws InputException if there is none, or it is pooled already or too small
   */
  void pool() {
    Convolution below =
        layers.isEmpty() ? null : layers.get(layers.size() - 1).convolution().orElse(null);
    if (below == null || below.pooled()) {
      throw new InputException("a pool stands on a convolution that is not pooled yet");
    }
    layers.set(layers.size() - 1, below.withPool());
  }

  /**
   * The network.
   *
   * @throws InputException if it has no hidden layer, or a read-out of fewer than 2 units
   */
  NetworkSpec network() {
    if (layers.size() < 2) {
      throw new InputException("a network needs at least one hidden layer and an output layer");
    }
    if (top().size() < 2) {
      throw new InputException("the output layer needs at least 2 units, one a class");
    }
    return new NetworkSpec(input, layers, neuron, mode, Activation.of(neuron, mode));
  }
}
