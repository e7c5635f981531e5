package org.raphe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.Tensor;

/**
 * Names of a network's parameters in a safetensors file: {@code layers.N.weight} [inputs, units],
 * {@code layers.N.bias} [units].
 */
public final class ModelFile {
  private ModelFile() {}

  /** Adds parameters under {@code prefix}. */
  public static void put(
      Map<String, Tensor> tensors, String prefix, NetworkSpec network, Parameters parameters) {
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Layer dense = network.layers().get(layer);
      LayerParameters values = parameters.layers().get(layer);
      tensors.put(
          name(prefix, layer, "weight"),
          new Tensor(List.of(dense.inputs(), dense.units()), values.weights()));
      if (dense.biased()) {
        tensors.put(
            name(prefix, layer, "bias"), new Tensor(List.of(dense.units()), values.biases()));
      }
    }
  }

  /**
   * Takes the parameters under {@code prefix}.
   *
   * @throws InputException if one is missing or has another shape than the network's
   */
  public static Parameters take(String file, SafeTensors from, String prefix, NetworkSpec network) {
    List<LayerParameters> layers = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Layer dense = network.layers().get(layer);
      float[] weights =
          values(file, from, name(prefix, layer, "weight"), List.of(dense.inputs(), dense.units()));
      float[] biases =
          dense.biased()
              ? values(file, from, name(prefix, layer, "bias"), List.of(dense.units()))
              : null;
      layers.add(new LayerParameters(weights, biases));
    }
    return new Parameters(layers);
  }

  /**
   * Takes one tensor.
   *
   * @throws InputException if it is missing, has another shape or holds a value that is not finite
   */
  public static float[] values(String file, SafeTensors from, String name, List<Integer> shape) {
    Tensor tensor = from.tensors().get(name);
    if (tensor == null) {
      throw new InputException(
          file + " holds no tensor \"" + name + "\"; it is of another network");
    }
    if (!tensor.shape().equals(shape)) {
      throw new InputException(
          file
              + " holds \""
              + name
              + "\" of shape "
              + tensor.shape()
              + ", but the network needs "
              + shape);
    }
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw new InputException(file + " holds " + value + " in \"" + name + "\"");
      }
    }
    return tensor.values();
  }

  private static String name(String prefix, int layer, String part) {
    return prefix + "layers." + layer + "." + part;
  }
}
