package org.raphe.network;

import java.util.ArrayList;
import java.util.List;
import org.raphe.InputException;

/**
 * An immutable description of a network: dense layers fed forward, the last one being the read-out
 * with one unit a class.
 *
 * @param input shape of a sample; its size is the first layer's inputs
 * @param layers hidden layers, then the read-out
 * @param neuron what all units compute
 * @param mode classification or class-continual
 * @param activation what hidden rate units make of their currents; null for spiking units
 */
public record NetworkSpec(
    InputShape input, List<Dense> layers, NeuronModel neuron, Mode mode, Activation activation) {

  public NetworkSpec {
    layers = List.copyOf(layers);
    Activation.check(activation, neuron, mode);
  }

  /**
   * A network of dense layers; rate units are tanh, gated ones logistic.
   *
   * @param input shape of a sample
   * @param units units of each hidden layer, then the number of classes
   * @throws InputException if there is no hidden layer or a layer is too large
   */
  public static NetworkSpec dense(InputShape input, int[] units, NeuronModel neuron, Mode mode) {
    if (units.length < 2) {
      throw new InputException("a network needs at least one hidden layer and an output layer");
    }
    List<Dense> layers = new ArrayList<>();
    int inputs = input.size();
    for (int k = 0; k < units.length; k++) {
      if (units[k] < 1 || (long) inputs * units[k] > Dense.MAX_WEIGHTS) {
        throw new InputException(
            "layer "
                + (k + 1)
                + " of "
                + inputs
                + " inputs and "
                + units[k]
                + " units is not usable: a layer has at least 1 unit and at most "
                + Dense.MAX_WEIGHTS
                + " weights");
      }
      layers.add(new Dense(inputs, units[k], biased(neuron, mode, k == units.length - 1)));
      inputs = units[k];
    }
    if (units[units.length - 1] < 2) {
      throw new InputException("the output layer needs at least 2 units, one a class");
    }
    return new NetworkSpec(input, layers, neuron, mode, Activation.of(neuron, mode));
  }

  /**
   * The same network with another activation of its hidden units.
   *
   * @throws InputException if its units have no such activation
   */
  public NetworkSpec withActivation(Activation other) {
    return new NetworkSpec(input, layers, neuron, mode, other);
  }

  /** The published class-continual networks have one bias only: that of the spiking read-out. */
  private static boolean biased(NeuronModel neuron, Mode mode, boolean readout) {
    return mode == Mode.CLASSIFICATION || (readout && neuron == NeuronModel.LIF);
  }

  /** Number of classes K: units of the read-out. */
  public int classes() {
    return readout().units();
  }

  /** The last layer. */
  public Dense readout() {
    return layers.get(layers.size() - 1);
  }

  /** Whether layer {@code layer} is the read-out. */
  public boolean isReadout(int layer) {
    return layer == layers.size() - 1;
  }

  /** Number of parameters of all layers. */
  public long parameters() {
    return layers.stream().mapToLong(Dense::parameters).sum();
  }

  /** The text of {@link NetworkText}, such as {@code 784-1000-10}. */
  public String text() {
    StringBuilder text = new StringBuilder(input.toString());
    layers.forEach(layer -> text.append('-').append(layer.units()));
    return text.toString();
  }
}
