package org.raphe.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Activation;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Rule;
import org.raphe.rule.Signal;
import org.raphe.training.LearningRateSchedule;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is trained and how. What is not given comes from the preset. */
final class LearningOptions {
  @Option(
      names = "--preset",
      defaultValue = "default",
      paramLabel = "NAME",
      description =
          "Settings for all that is not given: 'default' (chosen on a validation split of MNIST) or 'naca-published' (the published program's). Default: ${DEFAULT-VALUE}.")
  String preset;

  @Option(
      names = "--network",
      paramLabel = "TEXT",
      description =
          "Input, hidden layers and classes, such as 784-1000-10. Default: the data's input, one hidden layer of 1000 units, its classes.")
  String network;

  @Option(
      names = "--neuron",
      defaultValue = "lif",
      paramLabel = "lif|rate",
      description = "Spiking or rate units. Default: ${DEFAULT-VALUE}.")
  String neuron;

  @Option(
      names = "--activation",
      paramLabel = "tanh|relu",
      description = "What hidden rate units make of their currents. Default: tanh.")
  String activation;

  @Mixin RuleOptions rule;

  @Option(
      names = "--optimizer",
      paramLabel = "adam|sgd",
      description = "Optimizer of every layer. Default: the preset's (adam).")
  String optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Learning rate of every layer. Default: the preset's.")
  Double learningRate;

  @Option(
      names = "--readout-learning-rate",
      paramLabel = "RATE",
      description =
          "Learning rate of the read-out, where it differs. Default: the preset's, or --learning-rate.")
  Double readoutLearningRate;

  @Option(
      names = "--schedule",
      paramLabel = "constant|linear",
      description =
          "Learning rates over the run; linear falls to 0 at its end. Default: the preset's.")
  String schedule;

  @Option(
      names = "--readout-loss",
      paramLabel = "mse|cross-entropy",
      description = "What the read-out descends. Default: the preset's.")
  String readoutLoss;

  @Option(
      names = "--readout-scale",
      paramLabel = "S",
      description =
          "Scale of the outputs in softmax(S y), for cross-entropy and for --gain surprise. Default: the preset's.")
  Float readoutScale;

  @Option(
      names = "--readout-credit",
      paramLabel = "chain|direct",
      description =
          "Credit of a spiking read-out: through spike and reset, or the delta rule. Default: the preset's.")
  String readoutCredit;

  @Option(
      names = "--gain",
      paramLabel = "constant|surprise",
      description =
          "What multiplies a sample's neuromodulator signal: 1, or how little the read-out expected the sample's class, 1 - softmax(S y)[class]. Default: the preset's.")
  String gain;

  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "Time steps of a sample (spiking). Default: 20.")
  Integer steps;

  @Option(names = "--batch", paramLabel = "B", description = "Samples of a batch. Default: 32.")
  Integer batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training samples. Default: 3.")
  Integer epochs;

  @Option(
      names = "--input-scale",
      paramLabel = "R",
      description =
          "r of the spike code x = 1[X > r U]. Default: 1 for images, 0.1 for speech features.")
  Float inputScale;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of every random number. Default: ${DEFAULT-VALUE}.")
  long seed;

  private static final int DEFAULT_STEPS = 20;
  private static final int DEFAULT_BATCH = 32;
  private static final int DEFAULT_EPOCHS = 3;

  /** The margin that a model without a gate is written with. */
  private static final float NO_GATE = 0f;

  private static final int DEFAULT_HIDDEN = 1000;
  private static final float SPEECH_INPUT_SCALE = 0.1f;
  private static final Set<String> SPEECH = Set.of("fsdd", "fsdd-speaker", "tidigits");

  /** The plan for a data set. */
  TrainingPlan plan(Dataset dataset) {
    NeuronModel model = constant("--neuron", NeuronModel.class, neuron);
    Rule learned = rule();
    if (learned.needsEngine()) {
      refuseLocalOptions(learned);
    }
    InputShape shape = dataset.train().shape();
    int classes = dataset.train().classes();
    NetworkSpec spec =
        network == null
            ? NetworkSpec.dense(
                InputShape.vector(shape.size()),
                new int[] {DEFAULT_HIDDEN, classes},
                model,
                Mode.CLASSIFICATION)
            : NetworkText.parse(network, model, Mode.CLASSIFICATION);
    spec = activated(spec, activation);
    if (spec.input().size() != shape.size() || spec.classes() != classes) {
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
              + shape.size()
              + " and "
              + classes);
    }
    Preset chosen = Preset.named(preset, model);
    return TrainingPlan.builder(spec)
        .learning(learning(learned, chosen))
        .schedule(
            schedule == null
                ? chosen.schedule()
                : constant("--schedule", LearningRateSchedule.class, schedule))
        .steps(steps(model))
        .batch(batch == null ? DEFAULT_BATCH : batch)
        .epochs(epochs == null ? DEFAULT_EPOCHS : epochs)
        .inputScale(inputScale == null ? inputScaleOf(dataset) : inputScale)
        .gateMargin(NO_GATE)
        .seed(seed)
        .build();
  }

  /** The network with the activation that a user asks for; null leaves its own. */
  static NetworkSpec activated(NetworkSpec network, String activation) {
    return activation == null
        ? network
        : network.withActivation(constant("--activation", Activation.class, activation));
  }

  /** The rule of one run, which is no stream. */
  private Rule rule() {
    Rule learned = rule.rule();
    if (learned.needsStream()) {
      throw new InputException(
          "--rule "
              + learned.name()
              + " learns streams, and train has one experience; choose raphe continual --rule "
              + learned.name()
              + ", with --baseline joint for all classes at once");
    }
    return learned;
  }

  /** A gradient goes through spike and reset, and is multiplied by no level. */
  private void refuseLocalOptions(Rule learned) {
    if (gain != null && constant("--gain", SignalGain.class, gain) != SignalGain.CONSTANT) {
      throw new InputException("--gain " + gain + " is for local rules, not " + learned.name());
    }
    if (readoutCredit != null
        && constant("--readout-credit", ReadoutLoss.Credit.class, readoutCredit)
            != ReadoutLoss.Credit.CHAIN) {
      throw new InputException(
          "--readout-credit " + readoutCredit + " is for local rules, not " + learned.name());
    }
  }

  /** Features are read at full scale, but those of speech sum to 1 over a band's frames. */
  static float inputScaleOf(Dataset dataset) {
    return SPEECH.contains(dataset.name()) ? SPEECH_INPUT_SCALE : 1f;
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

  private LearningSpec learning(Rule learned, Preset chosen) {
    double hiddenRate = learningRate == null ? chosen.hiddenRate() : learningRate;
    double sharedRate = learningRate == null ? chosen.readoutRate() : learningRate;
    double outputRate = readoutLearningRate == null ? sharedRate : readoutLearningRate;
    return new LearningSpec(
        learned,
        optimizer(hiddenRate),
        optimizer(outputRate),
        loss(learned, chosen.loss()),
        gain(learned, chosen));
  }

  /**
   * Signals that answer to outputs measure surprise themselves, and so do gradients: a preset's
   * gain is not for them.
   */
  private SignalGain gain(Rule learned, Preset chosen) {
    if (gain != null) {
      return constant("--gain", SignalGain.class, gain);
    }
    return learned.needsEngine() || learned.signal() instanceof Signal.OfOutputs
        ? SignalGain.CONSTANT
        : chosen.gain();
  }

  private Optimizer optimizer(double rate) {
    String name = optimizer == null ? "adam" : optimizer;
    return switch (name) {
      case "adam" -> Optimizer.Adam.of(rate);
      case "sgd" -> new Optimizer.Sgd(rate);
      default ->
          throw new InputException("--optimizer \"" + name + "\" is unknown; choose adam or sgd");
    };
  }

  private ReadoutLoss loss(Rule learned, ReadoutLoss chosen) {
    ReadoutLoss.Kind kind = chosen.kind();
    if (readoutLoss != null) {
      kind =
          switch (readoutLoss) {
            case "mse" -> ReadoutLoss.Kind.MEAN_SQUARED;
            case "cross-entropy" -> ReadoutLoss.Kind.CROSS_ENTROPY;
            default ->
                throw new InputException(
                    "--readout-loss \""
                        + readoutLoss
                        + "\" is unknown; choose mse or cross-entropy");
          };
    }
    return new ReadoutLoss(
        kind, readoutScale == null ? chosen.scale() : readoutScale, credit(learned, chosen));
  }

  private ReadoutLoss.Credit credit(Rule learned, ReadoutLoss chosen) {
    if (readoutCredit != null) {
      return constant("--readout-credit", ReadoutLoss.Credit.class, readoutCredit);
    }
    return learned.needsEngine() ? ReadoutLoss.Credit.CHAIN : chosen.credit();
  }

  /** The constant of a type that an option names. */
  static <E extends Enum<E>> E constant(String option, Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (typed(constant).equalsIgnoreCase(name)) {
        return constant;
      }
    }
    String known =
        String.join(
            ", ", Arrays.stream(type.getEnumConstants()).map(LearningOptions::typed).toList());
    throw new InputException(option + " \"" + name + "\" is unknown; choose one of " + known);
  }

  /** A constant as users type it. */
  private static String typed(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
