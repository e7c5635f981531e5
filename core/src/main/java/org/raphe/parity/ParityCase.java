package org.raphe.parity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.raphe.InputException;
import org.raphe.Sha256;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.data.UnitLength;
import org.raphe.learning.BatchStep;
import org.raphe.learning.LayerStep;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.SignalGain;
import org.raphe.network.Activation;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.DirectFeedbackAlignment;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Eprop;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;
import org.raphe.rule.NacaCompetitive;
import org.raphe.rule.RewardPropagation;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;
import org.raphe.tensor.TensorSpec;
import org.raphe.training.LayerSchedule;

/**
 * A small seeded network to train on every backend; the digests of all its weights, spike counts
 * and counters must be the same.
 *
 * @param network layers and units
 * @param learning how they learn
 * @param batch samples of a batch
 * @param steps T; 1 of rate units
 * @param layers when hidden layers learn and how fast; empty where all learn always and alike
 */
public record ParityCase(
    NetworkSpec network, LearningSpec learning, int batch, int steps, List<LayerSchedule> layers) {
  /** What schedules of layers take for an epoch, so that few batches see layers open and close. */
  private static final int EPOCH = 4;

  private static final int STEPS = 20;
  private static final long SEED = 5;
  private static final List<Rule> OTHERS =
      List.of(
          new DirectRandomTargetProjection(),
          new RewardPropagation(),
          new DirectFeedbackAlignment(),
          new Eprop(),
          new LocalError());

  /** NACA on such a network. */
  public static ParityCase of(String network, NeuronModel neuron, Mode mode, int batch) {
    return of(network, neuron, mode, new Naca(), batch);
  }

  ParityCase(NetworkSpec network, LearningSpec learning, int batch, int steps) {
    this(network, learning, batch, steps, List.of());
  }

  private ParityCase(NetworkSpec network, LearningSpec learning, int batch) {
    this(network, learning, batch, network.neuron() == NeuronModel.LIF ? STEPS : 1);
  }

  private static ParityCase of(
      String network, NeuronModel neuron, Mode mode, Rule rule, int batch) {
    Optimizer optimizer =
        mode == Mode.CLASSIFICATION ? Optimizer.Adam.of(1e-3) : new Optimizer.Sgd(1e-2);
    return new ParityCase(
        NetworkText.parse(network, neuron, mode),
        LearningSpec.published(mode, rule).withOptimizer(optimizer),
        batch);
  }

  private static ParityCase ofRelu(String network, Rule rule, int batch) {
    ParityCase tanh = of(network, NeuronModel.RATE, Mode.CLASSIFICATION, rule, batch);
    return new ParityCase(tanh.network().withActivation(Activation.RELU), tanh.learning(), batch);
  }

  /** Competing columns of {@code size} units. */
  private static ParityCase of(
      String network, int size, int winners, float width, AssociativeReadout readout, int batch) {
    return new ParityCase(
        NetworkText.parse(network, NeuronModel.RATE, Mode.CLASSIFICATION)
            .withColumns(size, winners, width),
        LearningSpec.competitive(new NacaCompetitive(0.06f, 2f, readout, 0.01f)),
        batch);
  }

  /**
   * One to three hidden layers, odd sizes, batches of 1, 3 and 32, spiking and rate, both modes;
   * and every other rule on two hidden layers. Competing columns of one unit and of several, with
   * both read-outs. Rate units of ReLU, under three rules. Heads that learn, in both kinds of
   * units. Then convolutions, and layers that learn in their own time.
   */
  public static List<ParityCase> all() {
    List<ParityCase> cases = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      for (NeuronModel neuron : NeuronModel.values()) {
        for (String network : List.of("37-61-5", "50-130-33-7", "20-64-17-40-3")) {
          for (int batch : new int[] {1, 3, 32}) {
            cases.add(of(network, neuron, mode, batch));
          }
        }
        for (Rule rule : OTHERS) {
          cases.add(of("50-130-33-7", neuron, mode, rule, 3));
        }
      }
    }
    addCompetitions(cases);
    cases.add(ofRelu("37-61-5", new Naca(), 1));
    cases.add(ofRelu("20-64-17-40-3", new Naca(), 32));
    for (Rule rule : List.of(new Naca(), new DirectFeedbackAlignment(), new LocalError())) {
      cases.add(ofRelu("50-130-33-7", rule, 3));
    }
    LocalError learned = new LocalError(LocalError.Heads.LEARNED);
    for (NeuronModel neuron : NeuronModel.values()) {
      cases.add(of("37-61-5", neuron, Mode.CLASSIFICATION, learned, 1));
      cases.add(of("50-128-33-7", neuron, Mode.CLASSIFICATION, learned, 3));
      cases.add(of("20-64-17-40-3", neuron, Mode.CLASS_CONTINUAL, learned, 32));
    }
    cases.add(ofRelu("50-130-33-7", learned, 32));
    cases.addAll(ConvolutionCases.all());
    cases.addAll(LayerCases.all());
    return cases;
  }

  private static void addCompetitions(List<ParityCase> cases) {
    AssociativeReadout winner = AssociativeReadout.WINNER;
    AssociativeReadout rls = AssociativeReadout.RLS;
    for (int batch : new int[] {1, 3, 32}) {
      cases.add(of("37-60-5", 4, 5, 0.5f, winner, batch));
      cases.add(of("50-84-7", 1, 1, 0.1f, winner, batch));
      cases.add(of("50-84-7", 6, 3, 0.5f, rls, batch));
    }
  }

  /**
   * Trains the network on a backend and returns the SHA-256, in hexadecimal, of what came of it:
   * all spike counts of every batch, the counters and all weights; and whatever else it keeps
   * beside moments, such as wins and P of competing columns.
   *
   * @param images what is learned from, of at least as many features as the network has inputs; the
   *     network sees the middle ones, and labels modulo its classes
   * @param batches how many batches it is trained on
   */
  public String digest(Backend backend, Samples images, int batches) {
    Placement placement = new Placement(network, learning, steps, batch, 1f, 0.2f, SEED);
    boolean columns = network.columns().isPresent();
    Samples middle = middle(images, network);
    Samples seen = columns ? new UnitLength().apply(middle) : middle;
    try (PlacedNetwork placed = backend.place(placement);
        PlacedSamples samples = placed.placeSamples(seen)) {
      placed.writeParameters(placement.initialParameters());
      MessageDigest digest = Sha256.newDigest();
      trainBatches(placed, samples, batches, digest);
      addCounters(digest, placed.takeCounters());
      addParameters(digest, placed.readParameters());
      addKept(digest, placed.readState());
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  private void trainBatches(
      PlacedNetwork placed, PlacedSamples samples, int batches, MessageDigest digest) {
    int[] order =
        new UniformSequence(SEED, RandomStream.ORDER.number(1), 0).nextPermutation(samples.size());
    for (int number = 0; number < batches; number++) {
      int from = number * batch % (order.length - batch + 1);
      BatchSchedule.train(
          placed,
          samples,
          order,
          from,
          batch,
          RandomStream.TRAINING_SPIKES.number(1),
          step(number));
      if (network.neuron() == NeuronModel.LIF) {
        for (int layer = 0; layer < network.layers().size(); layer++) {
          addAll(digest, placed.readSpikeCounts(layer));
        }
      }
    }
  }

  /** The steps that layers take after a batch, numbered from 0. */
  private BatchStep step(int number) {
    return new BatchStep(
        new LayerStep(number + 1, 1.0),
        layers.stream().map(layer -> layer.step(number, EPOCH, 1.0)).toList());
  }

  /** The middle features of each sample, as many as the network has inputs. */
  private static Samples middle(Samples images, NetworkSpec spec) {
    int width = spec.input().size();
    int whole = images.shape().size();
    if (whole < width) {
      throw new InputException(
          images.name() + " has " + whole + " features; the network takes " + width);
    }
    int first = (whole - width) / 2;
    int size = images.size();
    int[] labels = new int[size];
    Arrays.setAll(labels, k -> images.label(k) % spec.classes());
    if (images.hasPixels()) {
      byte[] pixels = new byte[size * width];
      for (int sample = 0; sample < size; sample++) {
        System.arraycopy(images.pixels(), sample * whole + first, pixels, sample * width, width);
      }
      return Samples.ofPixels(images.name(), spec.input(), spec.classes(), pixels, labels);
    }
    float[] features = new float[size * width];
    for (int k = 0; k < features.length; k++) {
      features[k] = images.feature(k / width, first + k % width);
    }
    return Samples.ofFeatures(images.name(), spec.input(), spec.classes(), features, labels);
  }

  private static void addParameters(MessageDigest digest, Parameters parameters) {
    digest.update(parameters.sha256().getBytes(StandardCharsets.US_ASCII));
  }

  /** All that the network keeps beside parameters and moments, tensor by tensor. */
  private void addKept(MessageDigest digest, NetworkState state) {
    for (TensorSpec spec : state.tensors().specs()) {
      String name = spec.name();
      if (name.equals(NetworkState.WINS)) {
        addParameters(digest, tallies(state));
      } else if (state.keepsBesideMoments(name) && !name.equals(NetworkState.LENGTHS)) {
        addAll(digest, bits(state.tensors().values(name)));
      }
    }
  }

  /** Wins and lengths as the recorded digests have them: each at its unit, among zeros. */
  private Parameters tallies(NetworkState state) {
    Parameters zeros = Parameters.zeros(network);
    float[] tallies = zeros.layers().get(0).biases();
    int size = network.columns().orElseThrow().size();
    for (int unit = 0; unit < tallies.length; unit++) {
      int column = unit / size;
      tallies[unit] =
          unit % size == 0
              ? state.tensors().values(NetworkState.WINS)[column]
              : state.tensors().values(NetworkState.LENGTHS)[unit - column - 1];
    }
    return zeros;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, k -> Float.floatToRawIntBits(values[k]));
    return bits;
  }

  private static void addCounters(MessageDigest digest, Counters counters) {
    addAll(digest, (int) counters.samples(), (int) counters.hits());
    for (int layer = 0; layer < counters.activeInputs().length; layer++) {
      addAll(digest, (int) counters.activeInputs()[layer], (int) counters.synapseUpdates()[layer]);
    }
  }

  private static void addAll(MessageDigest digest, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asIntBuffer().put(values);
    digest.update(bytes);
  }

  /** The settings by which a rule differs from what it is by default, in a word. */
  private String variant() {
    Rule rule = learning.rule();
    if (network.columns().isPresent()) {
      return rule.settings().get("readout") + " ";
    }
    return rule.equals(Rules.named(rule.name()))
        ? ""
        : rule.settings().values().stream().map(value -> value + " ").collect(Collectors.joining());
  }

  @Override
  public String toString() {
    String rule = learning.rule().name();
    return network.text()
        + " "
        + network.neuron()
        + " "
        + (network.activation() == Activation.RELU ? network.activation() + " " : "")
        + (rule.equals(new Naca().name()) ? "" : rule + " ")
        + network.columns().map(columns -> "column " + columns.size() + " ").orElse("")
        + variant()
        + (learning.gain() == SignalGain.CONSTANT ? "" : learning.gain() + " ")
        + network.mode().name().toLowerCase(Locale.ROOT).replace('_', '-')
        + ", batch "
        + batch
        + (steps == STEPS || network.neuron() == NeuronModel.RATE ? "" : ", T " + steps)
        + (layers.isEmpty() ? "" : ", layers in their own time");
  }
}
