package org.raphe.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.raphe.network.Convolution;
import org.raphe.network.Dense;
import org.raphe.network.InputShape;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;

/**
 * A network of convolutions, and the same with all synapses written out: a dense layer from each
 * input to each unit, into which the averages of the layer below are multiplied. A gradient of the
 * parameters that are shared is the sum over what is written out.
 *
 * <pre>
 *   a[n][h] = sum over m of p[n][m] w(m, h);   p[n][m] = 1/4 where unit n is averaged in m
 *   dL/dW = sum over n, m, h of p[n][m] da[n][h] where w(m, h) is W
 * </pre>
 */
final class UnrolledNetwork {
  private final List<Layer> layers;

  /** Of each layer, weights then biases, in the order of their tensors. */
  final List<double[]> parameters = new ArrayList<>();

  /** Draws parameters uniform in +-2/sqrt(fan-in), so that currents are of the threshold's size. */
  UnrolledNetwork(NetworkSpec network, Random random) {
    layers = network.layers();
    for (Layer layer : layers) {
      double bound = 2 / Math.sqrt(layer.fanIn());
      parameters.add(random.doubles(layer.parameters()).map(u -> bound * (2 * u - 1)).toArray());
    }
  }

  /** The layers with all synapses written out. */
  List<Layer> unrolled() {
    List<Layer> all = new ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      all.add(new Dense(emittedBelow(layer), layers.get(layer).units(), true));
    }
    return all;
  }

  private int emittedBelow(int layer) {
    return layer == 0 ? layers.get(0).inputs() : layers.get(layer - 1).units();
  }

  /** Weights [n][h] and biases of a layer written out. */
  double[] writtenOut(int layer) {
    Layer shape = layers.get(layer);
    int units = shape.units();
    int below = emittedBelow(layer);
    double[] shared = parameters.get(layer);
    double[] all = new double[(below + 1) * units];
    visit(layer, (n, share, unit, weight) -> all[n * units + unit] += share * shared[weight]);
    for (int unit = 0; unit < units; unit++) {
      all[below * units + unit] = shared[shape.weights() + unit % shape.channels()];
    }
    return all;
  }

  /** Gradients of a layer's parameters, of those of what is written out. */
  double[] shared(int layer, double[] gradients) {
    Layer shape = layers.get(layer);
    int units = shape.units();
    double[] sums = new double[shape.parameters()];
    visit(layer, (n, share, unit, weight) -> sums[weight] += share * gradients[n * units + unit]);
    for (int unit = 0; unit < units; unit++) {
      sums[shape.weights() + unit % shape.channels()] +=
          gradients[emittedBelow(layer) * units + unit];
    }
    return sums;
  }

  /** A synapse, from what a unit below emits. */
  private interface Visitor {
    void synapse(int emitter, double share, int unit, int weight);
  }

  private void visit(int layer, Visitor visitor) {
    Layer shape = layers.get(layer);
    int units = shape.units();
    for (int input = 0; input < shape.inputs(); input++) {
      for (int emitter : emitters(layer, input)) {
        double share = 1.0 / emitters(layer, input).length;
        for (int unit = 0; unit < units; unit++) {
          int weight = weight(shape, input, unit);
          if (weight >= 0) {
            visitor.synapse(emitter, share, unit, weight);
          }
        }
      }
    }
  }

  /** Units below that an input is the average of, or the one that it is. */
  private int[] emitters(int layer, int input) {
    if (layer == 0 || !layers.get(layer - 1).pooled()) {
      return new int[] {input};
    }
    InputShape map = layers.get(layer - 1).convolution().orElseThrow().map();
    int channel = input % map.channels();
    int place = input / map.channels();
    int upper = place / (map.columns() / 2) * 2 * map.columns();
    int left = upper + place % (map.columns() / 2) * 2;
    int[] places = {left, left + 1, left + map.columns(), left + map.columns() + 1};
    for (int k = 0; k < places.length; k++) {
      places[k] = places[k] * map.channels() + channel;
    }
    return places;
  }

  /** Which weight leads from an input to a unit; -1 where none does. */
  private static int weight(Layer shape, int input, int unit) {
    if (shape.convolution().isEmpty()) {
      return input * shape.units() + unit;
    }
    Convolution form = shape.convolution().get();
    InputShape in = form.input();
    int site = unit / form.channels();
    int place = input / in.channels();
    int row = place / in.columns() - site / form.map().columns() * form.stride() + form.padding();
    int column =
        place % in.columns() - site % form.map().columns() * form.stride() + form.padding();
    if (row < 0 || row >= form.kernel() || column < 0 || column >= form.kernel()) {
      return -1;
    }
    int tap = (input % in.channels() * form.kernel() + row) * form.kernel() + column;
    return tap * form.channels() + unit % form.channels();
  }
}
