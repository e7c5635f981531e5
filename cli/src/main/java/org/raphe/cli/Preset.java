package org.raphe.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.raphe.KnownNames;
import org.raphe.datasets.speech.CorpusSplit;
import org.raphe.datasets.speech.SpeakerKind;
import org.raphe.datasets.speech.SpeechFeatureKind;
import org.raphe.datasets.speech.SpeechSettings;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.training.LearningRateSchedule;

/**
 * Settings that belong together.
 *
 * @param optimizer {@code adam} or {@code sgd}
 * @param adam Adam's learning rates
 * @param sgd learning rates of plain gradient descent
 * @param loss what the read-out descends
 * @param gain what multiplies a sample's neuromodulator signal
 * @param schedule learning rates over the run
 */
record Preset(
    String optimizer,
    Rates adam,
    Rates sgd,
    ReadoutLoss loss,
    SignalGain gain,
    LearningRateSchedule schedule) {

  /** Learning rates of hidden layers and of the read-out. */
  record Rates(double hidden, double readout) {}

  /** Samples of a batch, and passes over the training samples. */
  record Passes(int batch, int epochs) {}

  private static final String ADAM = "adam";
  private static final String DEFAULT = "default";
  private static final String PUBLISHED = "naca-published";
  private static final String CONVOLUTIONS = "naca-mnist-conv";
  private static final String SPEECH = "naca-tidigits";
  private static final String IMAGES = "images";
  private static final String PUBLISHED_CONVOLUTIONS = "c64k5p2-pool-c128k5p2-pool-1000";

  /** The hidden layers that a preset names, as a topology text has them. */
  private static final Map<String, String> HIDDEN =
      Map.of(
          CONVOLUTIONS,
          PUBLISHED_CONVOLUTIONS,
          SPEECH,
          PUBLISHED_CONVOLUTIONS,
          IMAGES,
          "c32k5p2-pool-c64k5p2-pool-500");

  /**
   * Options that a preset sets besides, by their names without dashes: for images, what did best on
   * images held out of MNIST's and of Fashion-MNIST's training images; see docs/RESULTS.md.
   */
  private static final Map<String, Map<String, String>> OPTIONS =
      Map.of(
          IMAGES,
          Map.of(
              "neuron",
              "rate",
              "activation",
              "relu",
              "rule",
              "local-error",
              "local-heads",
              "learned",
              "learning-rate",
              "3e-3",
              "batch",
              "64",
              "epochs",
              "5"));

  /** How samples of the published speech are shown. */
  private static final Passes PUBLISHED_PASSES = new Passes(16, 100);

  /** Spoken digits are fewer than images, so they are shown more often: see docs/SPEECH.md. */
  private static final Passes SPOKEN_PASSES = new Passes(32, 30);

  /** The published program's in both modes. */
  private static final Rates PUBLISHED_ADAM = new Rates(1e-4, 1e-4);

  private static final Rates PUBLISHED_SGD = new Rates(5e-4, 5e-4);

  /** The published program's of classification: Adam 1e-4, mean-squared error, constant. */
  private static final Preset TRAINING =
      constant(ADAM, PUBLISHED_ADAM, PUBLISHED_ADAM, ReadoutLoss.PUBLISHED);

  /** The same, for streams, which name the rate of plain descent. */
  private static final Preset STREAM =
      constant(ADAM, PUBLISHED_ADAM, PUBLISHED_SGD, ReadoutLoss.PUBLISHED);

  /** The published program's of class-continual learning: SGD 5e-4, the last step's error. */
  private static final Preset GATED =
      constant("sgd", PUBLISHED_ADAM, PUBLISHED_SGD, ReadoutLoss.CONTINUAL);

  /**
   * Chosen on 10,000 images held out of MNIST's training images, at three epochs; see
   * docs/RESULTS.md.
   */
  private static final Preset SPIKING =
      chosen(
          new Rates(1e-3, 3e-3),
          new ReadoutLoss(ReadoutLoss.Kind.MEAN_SQUARED, 20f, ReadoutLoss.Credit.DIRECT));

  private static final Preset RATE = chosen(new Rates(1e-2, 3e-3), ReadoutLoss.crossEntropy(1f));

  /**
   * Rate units behind convolutions saturate at the rate of dense ones; chosen on held-out images,
   * see docs/RESULTS.md.
   */
  private static final Preset CONVOLUTIONAL_RATE =
      chosen(new Rates(1e-3, 3e-3), ReadoutLoss.crossEntropy(1f));

  /** Chosen on recordings held out of training; spiking units keep what they have of images. */
  private static final Preset SPOKEN_RATE =
      chosen(new Rates(3e-3, 3e-3), ReadoutLoss.crossEntropy(1f));

  /**
   * Of a volatile stream, chosen on its first 30,000 images of MNIST; see docs/NEUROMODULATION.md.
   */
  private static final Rates VOLATILE = new Rates(1e-2, 1e-2);

  private static final Rates VOLATILE_SPIKING = new Rates(0.1, 0.1);

  /** The preset of a name for a volatile stream; null for its own settings. */
  static Preset ofVolatility(String name, NeuronModel neuron) {
    Preset usual = neuron == NeuronModel.LIF ? SPIKING : RATE;
    return name == null
        ? constant(
            "sgd",
            PUBLISHED_ADAM,
            neuron == NeuronModel.LIF ? VOLATILE_SPIKING : VOLATILE,
            usual.loss())
        : named(name, neuron, TRAINING);
  }

  /**
   * The preset of a name for one network that is trained.
   *
   * @param spoken whether it learns spoken digits
   */
  static Preset ofTraining(String name, NetworkSpec network, boolean spoken) {
    Preset preset = named(name, network.neuron(), TRAINING);
    if (preset != RATE) {
      return preset;
    }
    if (spoken) {
      return SPOKEN_RATE;
    }
    return network.hasConvolutions() ? CONVOLUTIONAL_RATE : RATE;
  }

  /** Options that a preset sets besides its rates, by their names without dashes. */
  static Map<String, String> options(String name) {
    return name == null ? Map.of() : OPTIONS.getOrDefault(known(name), Map.of());
  }

  /** The preset of a name for a stream; null for the published settings. */
  static Preset ofStream(String name, NeuronModel neuron, Mode mode) {
    Preset published = mode == Mode.CLASS_CONTINUAL ? GATED : STREAM;
    return name == null ? published : named(name, neuron, published);
  }

  /** The learning rates of an optimizer. */
  Rates rates(String optimizer) {
    return optimizer.equals(ADAM) ? adam : sgd;
  }

  private static Preset named(String name, NeuronModel neuron, Preset published) {
    String known = known(name);
    if (!known.equals(DEFAULT) && !known.equals(IMAGES)) {
      return published;
    }
    return neuron == NeuronModel.LIF ? SPIKING : RATE;
  }

  private static String known(String name) {
    return KnownNames.chosen(
        "preset", name, List.of(DEFAULT, PUBLISHED, CONVOLUTIONS, SPEECH, IMAGES));
  }

  /**
   * Whether features of spoken digits are standardised where nothing is said: rate units learn from
   * features around 0 better; spikes need 0 to 1.
   */
  static boolean standardises(String name, NeuronModel neuron) {
    return neuron == NeuronModel.RATE && known(name).equals(DEFAULT);
  }

  /**
   * Batch and passes of a preset for one network that is trained; null of one that leaves them
   * open.
   *
   * @param spoken whether it learns spoken digits
   */
  static Passes passes(String name, boolean spoken) {
    return switch (known(name)) {
      case SPEECH -> PUBLISHED_PASSES;
      case DEFAULT -> spoken ? SPOKEN_PASSES : null;
      default -> null;
    };
  }

  /**
   * What a preset makes of spoken digits: by default what does better, logarithms, for spiking
   * units in an on and an off channel; published features for the published settings, to which the
   * adults and the split belong.
   *
   * @param name null where none is named, which is the published settings
   * @param inputs features that a named network takes; 0 where none is named
   */
  static SpeechSettings speech(String name, NeuronModel neuron, int inputs) {
    SpeechSettings published = SpeechSettings.defaults();
    if (name == null) {
      return published;
    }
    return switch (known(name)) {
      case DEFAULT ->
          neuron == NeuronModel.RATE
              ? published.withFeatures(SpeechFeatureKind.LOG_MEL)
              : spokenToSpikes(published, inputs);
      case SPEECH ->
          published
              .withSplit(CorpusSplit.PUBLISHED)
              .withSpeakers(Set.of(SpeakerKind.MAN, SpeakerKind.WOMAN));
      default -> published;
    };
  }

  /** Two channels; published features for a network that takes one channel. */
  private static SpeechSettings spokenToSpikes(SpeechSettings published, int inputs) {
    SpeechSettings channels = published.withFeatures(SpeechFeatureKind.LOG_MEL_ON_OFF);
    return inputs == published.features().shape().size() ? published : channels;
  }

  /**
   * The hidden layers of a preset's network, such as {@code 1000}, as a topology text has them.
   *
   * @param name null where none is named
   * @param otherwise those of presets that leave the network open
   */
  static String hidden(String name, String otherwise) {
    return name == null ? otherwise : HIDDEN.getOrDefault(known(name), otherwise);
  }

  private static Preset constant(String optimizer, Rates adam, Rates sgd, ReadoutLoss loss) {
    return new Preset(
        optimizer, adam, sgd, loss, SignalGain.CONSTANT, LearningRateSchedule.CONSTANT);
  }

  private static Preset chosen(Rates rates, ReadoutLoss loss) {
    return new Preset(ADAM, rates, rates, loss, SignalGain.SURPRISE, LearningRateSchedule.LINEAR);
  }
}
