package org.raphe.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.InputShape;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
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
    List<Integer> units = new ArrayList<>();
    String[] words = file.text("topology").split("_");
    for (int k = 0; k < words.length; k += 2) {
      if (!words[k].equals("FC") || k + 1 == words.length || !words[k + 1].matches("\\d{1,9}")) {
        throw file.fault("has a layer \"" + words[k] + "\", which is not a dense one");
      }
      units.add(Integer.parseInt(words[k + 1]));
    }
    int side = file.integer("input_size");
    NeuronModel neuron = file.text("network").equals("SNN") ? NeuronModel.LIF : NeuronModel.RATE;
    return NetworkSpec.dense(
        new InputShape(side, side, file.integer("input_channels")),
        units.stream().mapToInt(Integer::intValue).toArray(),
        neuron,
        Mode.CLASSIFICATION);
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
    return continual
        ? file.child("expectation_weights_NI").element(layer).floats()
        : file.child("parameters_before").floats("layers." + layer + ".NI");
  }

  /** All parameters under {@code group}, weights turned from [output][input] to [input][output]. */
  Parameters parameters(RecordedJson group) {
    List<LayerParameters> layers = new ArrayList<>();
    for (int layer = 0; layer < spec.layers().size(); layer++) {
      Layer dense = spec.layers().get(layer);
      String name = layerName(layer);
      float[] recorded = floats(group, name + ".fc.weight", dense.weights());
      float[] weights = new float[recorded.length];
      for (int unit = 0; unit < dense.units(); unit++) {
        for (int input = 0; input < dense.inputs(); input++) {
          weights[input * dense.units() + unit] = recorded[unit * dense.inputs() + input];
        }
      }
      float[] biases = dense.biased() ? floats(group, name + ".fc.bias", dense.units()) : null;
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
