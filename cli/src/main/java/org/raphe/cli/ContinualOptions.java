package org.raphe.cli;

import org.raphe.InputException;
import org.raphe.cli.StreamOptions.Baseline;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Frozen;
import org.raphe.rule.NacaCompetitive;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import org.raphe.rule.Signal;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The stream, the network and how it learns. What is not given is the published program's (Zhang et
 * al. 2023).
 */
final class ContinualOptions {
  @Mixin StreamOptions stream;

  @Mixin BaselineOptions analytic;

  @Option(
      names = "--gate",
      paramLabel = "input|none|k-winners",
      description =
          "input: the published class-continual network, hidden units gated by the batch's mean input, features standardised; none: the classification network; k-winners: columns that are nearest to the sample, by itself (naca-competitive). Default: input; joint: none, since the mean of mixed batches says nothing; naca-competitive: k-winners; bp, bptt and ewc: none, which they are for.")
  String gate;

  @Option(
      names = "--gate-margin",
      paramLabel = "DELTA",
      description =
          "delta of the gate: how far below the largest mean input a unit still opens. Default: 0.2; cifar-10: 0.1.")
  Float gateMargin;

  @Option(
      names = "--network",
      paramLabel = "TEXT",
      description =
          "Input, hidden layers and classes, such as 784-1000-10. Default: the data's input, one hidden layer of 1000 units, its classes.")
  String network;

  @Option(
      names = "--neuron",
      paramLabel = "lif|rate",
      description = "Spiking or rate units. Default: lif; naca-competitive: rate.")
  String neuron;

  @Option(
      names = "--activation",
      paramLabel = "tanh|relu",
      description =
          "What hidden rate units without a gate make of their currents. Default: tanh; with --gate input they are logistic.")
  String activation;

  @Mixin RuleOptions rule;

  @Option(
      names = "--optimizer",
      paramLabel = "adam|sgd",
      description = "Optimizer of every layer. Default: sgd; without a gate: adam.")
  String optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Learning rate of every layer. Default: 5e-4 (sgd), 1e-4 (adam).")
  Double learningRate;

  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "Time steps of a sample (spiking). Default: 20.")
  Integer steps;

  @Option(
      names = "--batch",
      defaultValue = "256",
      paramLabel = "B",
      description =
          "Training samples of a batch; test samples too under --protocol published. Default: ${DEFAULT-VALUE}.")
  int batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Most passes over an experience's training samples. Default: 10; naca-competitive: 3.")
  Integer epochs;

  @Option(
      names = "--stop-accuracy",
      paramLabel = "A|none",
      description =
          "An experience ends after the first pass in which this share of its training samples was told right, each before its own update; none: always --epochs passes. Default: 0.95; joint, naca-competitive: none.")
  String stopAccuracy;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of every random number. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Mixin CompetitionOptions competition;

  private static final int DEFAULT_EPOCHS = 10;
  private static final int COMPETITIVE_EPOCHS = 3;
  private static final int DEFAULT_STEPS = 20;
  private static final int DEFAULT_HIDDEN = 1000;
  private static final double STOP_ACCURACY = 0.95;
  private static final String INPUT_GATE = "input";
  private static final String NO_GATE = "none";
  private static final String K_WINNERS = "k-winners";
  private static final float GATE_MARGIN = 0.2f;
  private static final float CIFAR_GATE_MARGIN = 0.1f;

  /** The plan for a data set. */
  TrainingPlan plan(Dataset dataset) {
    NeuronModel model = neuron();
    Mode mode = mode();
    if (gateMargin != null && competitive()) {
      throw new InputException(
          "--gate-margin is for --gate input; the gate of --rule " + rule.name + " has --winners");
    }
    float margin = dataset.name().equals("cifar-10") ? CIFAR_GATE_MARGIN : GATE_MARGIN;
    return TrainingPlan.builder(network(dataset, model, mode))
        .learning(learning(mode))
        .steps(steps(model))
        .batch(batch)
        .epochs(epochs())
        .stopAccuracy(stopAccuracy())
        .inputScale(mode == Mode.CLASSIFICATION ? LearningOptions.inputScaleOf(dataset) : 1f)
        .gateMargin(gateMargin == null ? margin : gateMargin)
        .protocol(stream.protocol())
        .seed(seed)
        .build();
  }

  /** The stream of a data set. */
  ExperienceStream stream(Dataset dataset) {
    return stream.of(dataset, seed);
  }

  Baseline baseline() {
    return stream.baseline();
  }

  /** What hidden layers learn by. */
  private Rule rule() {
    if (baseline() != Baseline.FROZEN) {
      return competitive() ? competition.with(rule.rule()) : rule.rule();
    }
    if (competitive()) {
      throw new InputException(
          "--baseline frozen leaves hidden units as they are, and columns of --rule "
              + rule.name
              + " begin empty; choose naive or joint");
    }
    return rule.with(new Frozen());
  }

  private boolean competitive() {
    return Rules.named(rule.name).signal() instanceof Signal.Competition;
  }

  private boolean engine() {
    return Rules.named(rule.name).needsEngine();
  }

  private NeuronModel neuron() {
    String asked = neuron == null ? competitive() ? "rate" : "lif" : neuron;
    return LearningOptions.constant("--neuron", NeuronModel.class, asked);
  }

  private int epochs() {
    return epochs == null ? competitive() ? COMPETITIVE_EPOCHS : DEFAULT_EPOCHS : epochs;
  }

  private Mode mode() {
    String asked = gate == null ? defaultGate() : gate;
    boolean engine = engine();
    if (asked.equals(K_WINNERS) != competitive() || (engine && !asked.equals(NO_GATE))) {
      throw new InputException(
          "--gate "
              + asked
              + " does not go with --rule "
              + rule.name
              + "; it has "
              + gates(engine));
    }
    return switch (asked) {
      case INPUT_GATE -> Mode.CLASS_CONTINUAL;
      case NO_GATE, K_WINNERS -> Mode.CLASSIFICATION;
      default ->
          throw new InputException(
              "--gate \"" + asked + "\" is unknown; choose input, none or " + K_WINNERS);
    };
  }

  private String defaultGate() {
    if (competitive()) {
      return K_WINNERS;
    }
    return engine() || baseline() == Baseline.JOINT ? NO_GATE : INPUT_GATE;
  }

  /** The gates of the rule, in words. */
  private String gates(boolean engine) {
    if (competitive()) {
      return "--gate " + K_WINNERS;
    }
    return engine ? "--gate " + NO_GATE : "--gate " + INPUT_GATE + " or " + NO_GATE;
  }

  private NetworkSpec network(Dataset dataset, NeuronModel model, Mode mode) {
    int features = dataset.train().shape().size();
    int classes = dataset.train().classes();
    NetworkSpec spec =
        network == null
            ? NetworkSpec.dense(
                InputShape.vector(features),
                new int[] {hidden(features, classes), classes},
                model,
                mode)
            : NetworkText.parse(network, model, mode);
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
    if (activation != null && competitive()) {
      throw new InputException(
          "--activation is not for --rule "
              + rule.name
              + ", whose columns compete by their currents; leave it out");
    }
    return competitive()
        ? competition.inColumns(spec)
        : LearningOptions.activated(spec, activation);
  }

  /** Units of the hidden layer: about a thousand, in whole columns where columns compete. */
  private int hidden(int features, int classes) {
    if (!competitive()) {
      return DEFAULT_HIDDEN;
    }
    long whole = (long) competition.size(features) * classes;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, DEFAULT_HIDDEN / whole) * whole);
  }

  private LearningSpec learning(Mode mode) {
    if (competitive()) {
      return competitiveLearning();
    }
    competition.refuse(rule.name);
    LearningSpec published = LearningSpec.published(mode, rule());
    String name = optimizer == null ? published.hidden().name() : optimizer;
    return switch (name) {
      case "adam" ->
          published.withOptimizer(Optimizer.Adam.of(learningRate == null ? 1e-4 : learningRate));
      case "sgd" ->
          published.withOptimizer(new Optimizer.Sgd(learningRate == null ? 5e-4 : learningRate));
      default ->
          throw new InputException("--optimizer \"" + name + "\" is unknown; choose adam or sgd");
    };
  }

  private LearningSpec competitiveLearning() {
    if (optimizer != null || learningRate != null) {
      throw new InputException(
          "--rule naca-competitive descends no gradient and sets its rates by its wins; leave out --optimizer and --learning-rate (see --amnesia)");
    }
    return LearningSpec.competitive((NacaCompetitive) rule());
  }

  private int steps(NeuronModel model) {
    if (model == NeuronModel.RATE) {
      if (steps != null && steps != 1) {
        throw new InputException("--steps is for spiking units; rate units have one step");
      }
      return 1;
    }
    return steps == null ? DEFAULT_STEPS : steps;
  }

  private Double stopAccuracy() {
    if (stopAccuracy == null) {
      return baseline() == Baseline.JOINT || competitive() ? null : (Double) STOP_ACCURACY;
    }
    if (stopAccuracy.equals("none")) {
      return null;
    }
    try {
      return Double.valueOf(stopAccuracy);
    } catch (NumberFormatException e) {
      throw new InputException(
          "--stop-accuracy \"" + stopAccuracy + "\" is neither a number nor none", e);
    }
  }
}
