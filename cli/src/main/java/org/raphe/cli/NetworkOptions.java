package org.raphe.cli;

import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.network.Activation;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import picocli.CommandLine.Option;

/** The network that learns. */
@OptionGroup.Of(OptionGroup.NETWORK)
final class NetworkOptions {
  /** Units of a hidden layer that nobody names. */
  static final int HIDDEN = 1000;

  @Option(
      names = "--network",
      paramLabel = "TEXT",
      description =
          "Input, hidden layers and classes, such as 784-1000-10. Default: the data's input, one hidden layer of 1000 units, its classes.")
  String text;

  @Option(
      names = "--neuron",
      defaultValue = "${bundle:default.neuron}",
      paramLabel = "lif|rate",
      description = "Spiking or rate units. Default: ${bundle:said.neuron}.")
  private String neuron;

  @Option(
      names = "--activation",
      paramLabel = "tanh|relu",
      description =
          "What hidden rate units make of their currents. Default: ${bundle:said.activation}.")
  String activation;

  /**
   * Spiking or rate units.
   *
   * @param otherwise what they are where nothing is said
   */
  NeuronModel neuron(NeuronModel otherwise) {
    return neuron == null ? otherwise : OptionValue.of("--neuron", NeuronModel.class, neuron);
  }

  /**
   * The network for a data set, with the activation of its mode.
   *
   * @param hidden units of its hidden layer where no network is named
   * @throws InputException if it is no network, or not one for the data set
   */
  NetworkSpec spec(Dataset dataset, NeuronModel units, Mode mode, int hidden) {
    int features = dataset.train().shape().size();
    int classes = dataset.train().classes();
    NetworkSpec spec =
        text == null
            ? NetworkSpec.dense(
                InputShape.vector(features), new int[] {hidden, classes}, units, mode)
            : NetworkText.parse(text, units, mode);
    if (spec.input().size() != features || spec.classes() != classes) {
      throw new InputException(
          "network "
              + spec.text()
              + " takes "
              + spec.input().size()
              + " features and tells "
              + spec.classes()
              + " classes, but "
              + dataset.name()
              + " has "
              + features
              + " and "
              + classes);
    }
    return spec;
  }

  /** A network with the activation that is asked for, or else its own. */
  NetworkSpec activated(NetworkSpec network) {
    return activation == null
        ? network
        : network.withActivation(OptionValue.of("--activation", Activation.class, activation));
  }
}
