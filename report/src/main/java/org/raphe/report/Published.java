package org.raphe.report;

import java.util.List;
import java.util.Locale;

/**
 * Figures of Zhang et al., Science Advances 9(34), eadi2947, 2023, and of its authors' program, to
 * stand beside measured ones. They are not measured here.
 */
final class Published {
  static final String SOURCE = "Zhang et al. 2023";

  /** The protocol of the paper's classification tables. */
  static final String CLASSIFICATION =
      "64 and 128 5x5 convolutions with pooling, dense 1000; batch 32 (TIDIGITS 16), T = 20, 100 epochs, 5 seeds, best accuracy on test samples";

  static final String CONTINUAL =
      "published: one class a task, shuffled order, test batches of 256 of one class with the batch-mean gate, training until 95 % on the class, 5 seeds";

  static final String DENSE = "dense 784-1000-10, spiking, up to 100 epochs";

  /** The network of {@link #DENSE}, of the program and of continual learning on MNIST. */
  private static final String DENSE_NETWORK = "784-1000-10";

  /** The network of the classification table on MNIST. */
  private static final String CONVOLUTIONAL_NETWORK = "28x28x1-c64k5p2-pool-c128k5p2-pool-1000-10";

  private static final String MNIST = "mnist";
  private static final int MNIST_TRAIN = 60_000;
  private static final int MNIST_TEST = 10_000;

  static final double DENSE_LOWEST = 0.964;
  static final double DENSE_HIGHEST = 0.982;

  /** Accuracy after epochs 1, 2 and 3 of the authors' program, dense, Adam 1e-4, seed 1. */
  static final double[] PROGRAM_CURVE = {0.916, 0.932, 0.938};

  /** A classification result with its cost by the paper's formula. */
  record Classification(
      String dataset, String method, double accuracy, double epochs, double cost) {}

  /** Mean accuracy after all tasks. */
  record Continual(String dataset, double spiking, double rate) {}

  /** MNIST accuracy with more hidden layers. */
  record Deep(int layers, double spiking, double rate) {}

  /** Accuracy on MNIST after all tasks of the authors' program, by protocol. */
  record Program(String units, String learningRate, double published, double strict) {}

  static final List<Deep> DEEP =
      List.of(new Deep(3, 0.965, 0.962), new Deep(4, 0.964, 0.964), new Deep(5, 0.957, 0.963));

  static final List<Program> PROGRAM =
      List.of(
          new Program("rate", "0.003", 0.849, 0.309),
          new Program("rate", "0.01", 0.848, 0.311),
          new Program("rate", "0.03", 0.798, 0.313),
          new Program("rate", "0.1", 0.775, 0.271),
          new Program("spiking", "0.0005", 0.685, 0.203));

  static final List<Classification> CLASSIFICATIONS =
      List.of(
          new Classification("mnist", "NACA spiking", 0.9903, 2.68, 2.13e6),
          new Classification("mnist", "BRP spiking", 0.9869, 21.0, 1.70e7),
          new Classification("mnist", "e-prop spiking", 0.9818, 49.0, 1.38e8),
          new Classification("mnist", "NACA rate", 0.9937, 2.88, 2.29e6),
          new Classification("mnist", "BP rate", 0.9922, 5.56, 1.43e7),
          new Classification("mnist", "DFA rate", 0.9895, 25.7, 2.09e7),
          new Classification("tidigits", "NACA spiking", 0.9856, 14.6, 1.33e7),
          new Classification("tidigits", "BRP spiking", 0.9804, 24.8, 2.30e7),
          new Classification("tidigits", "e-prop spiking", 0.9664, 74.8, 2.19e8),
          new Classification("tidigits", "NACA rate", 0.9937, 19.5, 1.78e7),
          new Classification("tidigits", "BP rate", 0.9894, 22.2, 6.24e7),
          new Classification("tidigits", "DFA rate", 0.9859, 33.8, 3.14e7));

  static final List<Continual> CONTINUALS =
      List.of(
          new Continual("mnist", 0.601, 0.792),
          new Continual("cifar-10", 0.402, 0.608),
          new Continual("dvs-gesture", 0.364, 0.460),
          new Continual("alphabet", 0.364, 0.552),
          new Continual("mathgreek", 0.405, 0.547));

  private Published() {}

  /** Figures of the paper's classification of a data set. */
  static List<Classification> classifications(String dataset) {
    return CLASSIFICATIONS.stream().filter(f -> f.dataset.equals(name(dataset))).toList();
  }

  /** Those of them that stand beside one of these groups: of the same network, data and units. */
  static List<Classification> beside(List<RunGroup> groups) {
    return CLASSIFICATIONS.stream()
        .filter(f -> f.dataset.equals(MNIST))
        .filter(
            f ->
                groups.stream()
                    .map(RunGroup::first)
                    .anyMatch(
                        run ->
                            onMnist(run, CONVOLUTIONAL_NETWORK)
                                && f.method.endsWith(isSpiking(run) ? " spiking" : " rate")))
        .toList();
  }

  /** The paper's figure of a run's network, units and data in a stream; null if it has none. */
  static Double continualOfNetwork(Run run) {
    if (!run.continual() || !onMnist(run, DENSE_NETWORK)) {
      return null;
    }
    return CONTINUALS.stream()
        .filter(figure -> figure.dataset.equals(MNIST))
        .map(figure -> isSpiking(run) ? figure.spiking : figure.rate)
        .findFirst()
        .orElse(null);
  }

  /** The paper's figure of a run's model under the published protocol; null if it has none. */
  static Double continual(Run run) {
    String baseline = run.baseline();
    boolean theirs =
        "naca".equals(run.rule())
            && (baseline == null || baseline.equals("naive"))
            && !"none".equals(run.gate());
    return theirs ? continualOfNetwork(run) : null;
  }

  /** Whether a run is of a network and of all samples of MNIST, as published figures are. */
  private static boolean onMnist(Run run, String network) {
    return name(run.dataset()).equals(MNIST)
        && run.used(MNIST_TRAIN, MNIST_TEST)
        && network.equals(run.network());
  }

  private static boolean isSpiking(Run run) {
    return "lif".equals(run.neuron());
  }

  private static String name(String dataset) {
    return dataset.toLowerCase(Locale.ROOT);
  }

  /** Whether the paper's range for the dense network stands beside one of these groups. */
  static boolean hasDense(List<RunGroup> groups) {
    return groups.stream()
        .map(RunGroup::first)
        .anyMatch(run -> !run.continual() && isSpiking(run) && onMnist(run, DENSE_NETWORK));
  }
}
