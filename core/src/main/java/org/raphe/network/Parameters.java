package org.raphe.network;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.Sha256;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;
import org.raphe.tensor.TensorSpec;

/**
 * All parameters of a network on the host, layer by layer. The same shape also carries an
 * optimizer's moments.
 *
 * @param layers one entry a layer
 */
public record Parameters(List<LayerParameters> layers) {

  public Parameters {
    layers = List.copyOf(layers);
  }

  /**
   * Weights and biases uniform in +-1/sqrt(fan-in); the weights from input i, of a convolution
   * input i of a unit's window, are the sequence (WEIGHTS | layer, i). Hidden layers of ReLU units
   * have weights in +-sqrt(3/fan-in) and biases 0.
   */
  public static Parameters draw(NetworkSpec network, long seed) {
    List<LayerParameters> layers = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Layer dense = network.layers().get(layer);
      boolean rectified = rectified(network, layer);
      float bound = initialBound(network, layer);
      float[] weights = new float[dense.weights()];
      int channels = dense.channels();
      for (int input = 0; input < dense.fanIn(); input++) {
        fill(
            weights,
            input * channels,
            channels,
            bound,
            new UniformSequence(seed, RandomStream.WEIGHTS.number(layer), input));
      }
      float[] biases = dense.biased() ? new float[dense.biases()] : null;
      if (biases != null && !rectified) {
        fill(
            biases,
            0,
            channels,
            bound,
            new UniformSequence(seed, RandomStream.BIASES.number(layer), 0));
      }
      layers.add(new LayerParameters(weights, biases));
    }
    return new Parameters(layers);
  }

  private static boolean rectified(NetworkSpec network, int layer) {
    return network.activation() == Activation.RELU && !network.isReadout(layer);
  }

  /** Bound of the uniform distribution that a layer's weights are drawn from. */
  public static float initialBound(NetworkSpec network, int layer) {
    return bound(network.layers().get(layer).fanIn(), rectified(network, layer));
  }

  /** A rectifier lets half of its input through: weights begin with a variance of 1/N, not 1/3N. */
  private static float bound(int inputs, boolean rectified) {
    return rectified
        ? (float) StrictMath.sqrt(3.0 / inputs)
        : (float) (1 / StrictMath.sqrt(inputs));
  }

  private static void fill(
      float[] target, int from, int count, float bound, UniformSequence uniform) {
    for (int k = from; k < from + count; k++) {
      target[k] = (2f * uniform.nextUniform() - 1f) * bound;
    }
  }

  /** Zeros of the network's shape. */
  public static Parameters zeros(NetworkSpec network) {
    return new Parameters(
        network.layers().stream()
            .map(
                dense ->
                    new LayerParameters(
                        new float[dense.weights()],
                        dense.biased() ? new float[dense.biases()] : null))
            .toList());
  }

  /**
   * Names and shapes of a network's parameters: {@code layers.N.weight} [inputs, units], of a
   * convolution [input channel, kernel row, kernel column, channel], {@code layers.N.bias} [units
   * or channels].
   */
  public static List<TensorSpec> specs(NetworkSpec network) {
    List<TensorSpec> specs = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Layer dense = network.layers().get(layer);
      specs.add(new TensorSpec(weight(layer), shape(dense)));
      if (dense.biased()) {
        specs.add(new TensorSpec(bias(layer), List.of(dense.biases())));
      }
    }
    return specs;
  }

  /** A convolution's weights are named by input channel, kernel row, kernel column and channel. */
  private static List<Integer> shape(Layer layer) {
    return layer
        .convolution()
        .map(
            form -> List.of(form.input().channels(), form.kernel(), form.kernel(), form.channels()))
        .orElseGet(() -> List.of(layer.fanIn(), layer.channels()));
  }

  /** These as tensors, named and shaped as {@link #specs} says; values are not copied. */
  public NamedTensors named(NetworkSpec network) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      Layer dense = network.layers().get(layer);
      LayerParameters values = layers.get(layer);
      named.put(weight(layer), new Tensor(shape(dense), values.weights()));
      if (dense.biased()) {
        named.put(bias(layer), new Tensor(List.of(dense.biases()), values.biases()));
      }
    }
    return new NamedTensors(named);
  }

  /** The parameters among tensors that are named as {@link #specs} says; values are not copied. */
  public static Parameters of(NamedTensors named) {
    List<LayerParameters> layers = new ArrayList<>();
    for (int layer = 0; named.has(weight(layer)); layer++) {
      float[] biases = named.has(bias(layer)) ? named.values(bias(layer)) : null;
      layers.add(new LayerParameters(named.values(weight(layer)), biases));
    }
    return new Parameters(layers);
  }

  /** Whether a tensor of this name is a layer's weights or biases. */
  public static boolean isName(String name) {
    return name.matches("layers\\.\\d+\\.(weight|bias)");
  }

  private static String weight(int layer) {
    return "layers." + layer + ".weight";
  }

  private static String bias(int layer) {
    return "layers." + layer + ".bias";
  }

  /** SHA-256, in hexadecimal, of all bits: layer by layer, weights then biases, little endian. */
  public String sha256() {
    MessageDigest digest = Sha256.newDigest();
    for (LayerParameters layer : layers) {
      NamedTensors.addTo(digest, layer.weights());
      if (layer.biases() != null) {
        NamedTensors.addTo(digest, layer.biases());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
