package org.raphe.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Convolution;
import org.raphe.network.InputShape;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.neuromodulation.InnervationDistribution;
import org.raphe.neuromodulation.ModulationCurve;
import org.raphe.rule.Naca;

/**
 * The network of a recorded file: its topology, its names of parameters, and the settings it was
 * recorded under.
 */
final class RecordedNetwork {
  private static final int MAX_HIDDEN_LAYERS = 64;

  private final RecordedJson file;
  private final boolean continual;
  final NetworkSpec spec;

  RecordedNetwork(RecordedJson file) {
    this.file = file;
    continual = file.has("hidden_layers");
    spec = continual ? continualSpec() : classificationSpec();
  }

  boolean isContinual() {
    return continual;
  }

  int steps() {
    return file.integer("spike_window");
  }

  private NetworkSpec continualSpec() {
    int side = file.integer("input_size");
    int hiddenLayers = file.integer("hidden_layers");
    if (hiddenLayers < 1 || hiddenLayers > MAX_HIDDEN_LAYERS) {
      throw file.fault("has " + hiddenLayers + " hidden layers, not 1.." + MAX_HIDDEN_LAYERS);
    }
    int[] units = new int[hiddenLayers + 1];
    Arrays.fill(units, file.integer("hidden"));
    units[units.length - 1] = file.integer("classes");
    NeuronModel neuron =
        file.child("steps").element(0).has("input_spikes") ? NeuronModel.LIF : NeuronModel.RATE;
    return NetworkSpec.dense(new InputShape(side, side, 1), units, neuron, Mode.CLASS_CONTINUAL);
  }

  private NetworkSpec classificationSpec() {
    int side = file.integer("input_size");
    NeuronModel neuron = file.text("network").equals("SNN") ? NeuronModel.LIF : NeuronModel.RATE;
    String shape = side + "x" + side + "x" + file.integer("input_channels");
    return NetworkText.parse(shape + layersText(), neuron, Mode.CLASSIFICATION);
  }

  /** The recorded topology as a topology text; each of its convolutions ends in a pool. */
  private String layersText() {
    StringBuilder text = new StringBuilder();
    String[] words = file.text("topology").split("_");
    for (int k = 0; k < words.length; k += words[k].equals("FC") ? 2 : 5) {
      String[] numbers = Arrays.copyOfRange(words, k + 1, k + (words[k].equals("FC") ? 2 : 5));
      if (!Set.of("FC", "CONV").contains(words[k])
          || !Stream.of(numbers).allMatch(this::isNumber)) {
        throw file.fault(
            "has a layer \""
                + words[k]
                + "\", which is neither FC_units nor CONV_channels_kernel_stride_padding");
      }
      text.append(
          numbers.length == 1
              ? "-" + numbers[0]
              : String.format(Locale.ROOT, "-c%sk%ss%sp%s-pool", (Object[]) numbers));
    }
    return text.toString();
  }

  private boolean isNumber(String word) {
    return word != null && word.matches("\\d{1,9}");
  }

  /**
   * The settings it was recorded under, or the same with a gradient probe in place of the
   * optimizer.
   */
  LearningSpec learning(boolean probe) {
    double rate = file.decimal("lr");
    Optimizer recorded = continual ? new Optimizer.Sgd(rate) : Optimizer.Adam.of(rate);
    Optimizer optimizer = probe ? new Optimizer.GradientProbe() : recorded;
    return new LearningSpec(
        new Naca(curve(), InnervationDistribution.UNIFORM),
        optimizer,
        optimizer,
        continual ? ReadoutLoss.CONTINUAL : ReadoutLoss.PUBLISHED,
        SignalGain.CONSTANT);
  }

  /** The modulation that it was recorded under. */
  ModulationCurve curve() {
    return new ModulationCurve(file.number("lambda_inv"), file.number("theta_max"));
  }

  /** NI of a hidden layer, 2K x H. */
  float[] innervation(int layer) {
    if (continual) {
      return file.child("expectation_weights_NI").element(layer).floats();
    }
    float[] recorded = file.child("parameters_before").floats("layers." + layer + ".NI");
    return ChannelOrder.last(recorded, units(layer));
  }

  /** What is recorded of input features or spikes, samples or steps first. */
  float[] inputs(float[] recorded) {
    return spec.hasConvolutions() ? ChannelOrder.last(recorded, spec.input()) : recorded;
  }

  /** Shape of a layer's units. */
  InputShape units(int layer) {
    Layer shape = spec.layers().get(layer);
    return shape.convolution().map(Convolution::map).orElseGet(shape::outputShape);
  }

  /** Weights onto each unit in our order: those of a dense layer upon a map have another. */
  private float[] ordered(int layer, float[] recorded) {
    boolean onMap = layer > 0 && spec.layers().get(layer).convolution().isEmpty();
    return onMap
        ? ChannelOrder.last(recorded, spec.layers().get(layer - 1).outputShape())
        : recorded;
  }

  /** All parameters under {@code group}, weights turned from [output][input] to [input][output]. */
  Parameters parameters(RecordedJson group) {
    List<LayerParameters> layers = new ArrayList<>();
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      Layer shape = spec.layers().get(layer);
      String name = layerName(layer) + (shape.convolution().isPresent() ? ".conv" : ".fc");
      float[] recorded = ordered(layer, floats(group, name + ".weight", shape.weights()));
      float[] weights = new float[recorded.length];
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int input = 0; input < shape.fanIn(); input++) {
          weights[input * shape.channels() + channel] = recorded[channel * shape.fanIn() + input];
        }
      }
      float[] biases = shape.biased() ? floats(group, name + ".bias", shape.biases()) : null;
      layers.add(new LayerParameters(weights, biases));
    }
    return new Parameters(layers);
  }

  private float[] floats(RecordedJson group, String name, int count) {
    float[] values = group.floats(name);
    if (values.length != count) {
      throw file.fault("has " + values.length + " numbers in \"" + name + "\", not " + count);
    }
    return values;
  }

  private String layerName(int layer) {
    if (!continual) {
      return "layers." + layer;
    }
    return spec.isReadout(layer) ? "last" : "fcs." + layer;
  }
}
