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
          "Input, hidden layers and classes, such as 784-1000-10; or with convolutions, 28x28x1-c64k5p2-pool-1000-10: 64 channels, kernel 5, padding 2 (s2: stride 2), 2 x 2 averages. Default: the data's input, one hidden layer of 1000 units, its classes.")
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
   * Features that the named network takes; 0 where none is named.
   *
   * @throws InputException if it is no network
   */
  int inputs() {
    return text == null
        ? 0
        : NetworkText.parse(text, NeuronModel.LIF, Mode.CLASSIFICATION).input().size();
  }

  /**
   * The network for a data set, with the activation of its mode.
   *
   * @param hidden its hidden layers where no network is named, as the text has them
   * @throws InputException if it is no network, or not one for the data set
   */
  NetworkSpec spec(Dataset dataset, NeuronModel units, Mode mode, String hidden) {
    InputShape shape = dataset.train().shape();
    int features = shape.size();
    int classes = dataset.train().classes();
    NetworkSpec spec =
        NetworkText.parse(
            text == null ? standard(shape, hidden) + "-" + classes : text, units, mode);
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
    checkShape(spec, dataset);
    return spec;
  }

  /** The data's input and hidden layers; only convolutions ask for its shape. */
  private static String standard(InputShape shape, String hidden) {
    return (hidden.startsWith("c") ? shape : InputShape.vector(shape.size())) + "-" + hidden;
  }

  /** A vector may stand for any map; images are what they are. */
  private static void checkShape(NetworkSpec spec, Dataset dataset) {
    InputShape given = dataset.train().shape();
    boolean vector = given.equals(InputShape.vector(given.size()));
    if (spec.hasConvolutions() && !vector && !spec.input().equals(given)) {
      throw new InputException(
          "network "
              + spec.text()
              + " sees samples of "
              + spec.input()
              + ", but those of "
              + dataset.name()
              + " are "
              + given);
    }
  }

  /** A network with the activation that is asked for, or else its own. */
  NetworkSpec activated(NetworkSpec network) {
    return activation == null
        ? network
        : network.withActivation(OptionValue.of("--activation", Activation.class, activation));
  }
}
