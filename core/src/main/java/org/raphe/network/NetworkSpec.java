package org.raphe.network;

import java.util.List;
import java.util.Optional;
import org.raphe.InputException;

/**
 * An immutable description of a network: layers fed forward, the last one being the read-out,
 * dense, with one unit a class.
 *
 * @param input shape of a sample; its size is the first layer's inputs
 * @param layers hidden layers, then the read-out
 * @param neuron what all units compute
 * @param mode classification or class-continual
 * @param activation what hidden rate units make of their currents; null for spiking units
 */
public record NetworkSpec(
    InputShape input, List<Layer> layers, NeuronModel neuron, Mode mode, Activation activation) {

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
    LayerStack stack = new LayerStack(input, neuron, mode);
    for (int k = 0; k < units.length; k++) {
      stack.dense(units[k], k == units.length - 1);
    }
    return stack.network();
  }

  /**
   * The same network with another activation of its hidden units.
   *
   * @throws InputException if its units have no such activation
   */
  public NetworkSpec withActivation(Activation other) {
    return new NetworkSpec(input, layers, neuron, mode, other);
  }

  /**
   * The same with the units of the hidden layer in columns.
   *
   * @param size C, units of a column
   * @param winners k, columns that stay active in a sample
   * @param width width of a column's tuning
   * @throws InputException if it has several hidden layers, spiking units or an input-type gate, or
   *     its units are no whole number of columns for every class
   */
  public NetworkSpec withColumns(int size, int winners, float width) {
    if (layers.size() != 2) {
      throw new InputException("columns are for one hidden layer; " + text() + " has more");
    }
    if (hasConvolutions()) {
      throw new InputException("columns are for a dense hidden layer; " + text() + " has another");
    }
    if (neuron != NeuronModel.RATE) {
      throw new InputException(
          "columns are of rate units, not of " + neuron + "; choose neuron " + NeuronModel.RATE);
    }
    if (mode != Mode.CLASSIFICATION) {
      throw new InputException(
          "columns have a gate of their own and need biases; choose a network without an input-type gate");
    }
    if (activation == Activation.RELU) {
      throw new InputException(
          "activation relu is not for columns that compete; their currents are compared as they are");
    }
    int units = layers.get(0).units();
    long whole = (long) Math.max(1, size) * classes();
    if (units % whole != 0) {
      throw new InputException(
          "a hidden layer of "
              + units
              + " units is no whole number of columns of "
              + size
              + " units for each of "
              + classes()
              + " classes; choose a multiple of "
              + whole
              + " units");
    }
    Columns columns = new Columns(layers.get(0).inputs(), units, size, winners, width);
    return new NetworkSpec(input, List.of(columns, readout()), neuron, mode, activation);
  }

  /** The hidden layer, where its units are in columns. */
  public Optional<Columns> columns() {
    return layers.get(0) instanceof Columns columns ? Optional.of(columns) : Optional.empty();
  }

  /** Whether any layer is a convolution. */
  public boolean hasConvolutions() {
    return layers.stream().anyMatch(layer -> layer.convolution().isPresent());
  }

  /** Number of classes K: units of the read-out. */
  public int classes() {
    return readout().units();
  }

  /** The last layer. */
  public Layer readout() {
    return layers.get(layers.size() - 1);
  }

  /** Whether layer {@code layer} is the read-out. */
  public boolean isReadout(int layer) {
    return layer == layers.size() - 1;
  }

  /** Number of parameters of all layers. */
  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }

  /** The text of {@link NetworkText}, such as {@code 784-1000-10}. */
  public String text() {
    StringBuilder text = new StringBuilder(input.toString());
    layers.forEach(layer -> text.append('-').append(layer.text()));
    return text.toString();
  }
}
