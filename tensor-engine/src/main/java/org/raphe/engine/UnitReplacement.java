package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.backend.NetworkState;
import org.raphe.network.LayerParameters;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;
import org.raphe.rule.ContinualBackPropagation;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * The units of hidden layers that continual back-propagation replaces (Dohare et al. 2024): {@link
 * ContinualBackPropagation} has the formulas. Utilities are divided by 1 - eta^age, as the moments
 * of Adam are, as in the program of its authors.
 */
final class UnitReplacement {
  private static final float KEPT = (float) ContinualBackPropagation.UTILITY_DECAY;

  private final ContinualBackPropagation rule;
  private final NetworkSpec network;
  private final long seed;

  /** [hidden layer][unit]; ages in batches. */
  private final float[][] utilities;

  private final float[][] ages;

  /** [hidden layer]: units that are due, and how many were replaced. */
  private final double[] due;

  private final double[] replaced;

  UnitReplacement(ContinualBackPropagation rule, NetworkSpec network, long seed) {
    this.rule = rule;
    this.network = network;
    this.seed = seed;
    int hidden = network.layers().size() - 1;
    utilities = new float[hidden][];
    ages = new float[hidden][];
    due = new double[hidden];
    replaced = new double[hidden];
    for (int layer = 0; layer < hidden; layer++) {
      utilities[layer] = new float[network.layers().get(layer).units()];
      ages[layer] = new float[utilities[layer].length];
    }
  }

  /**
   * A batch was learned.
   *
   * @param hidden what each hidden layer emitted, [B, H]; ends with the batch
   */
  void learned(List<TrainedLayer> layers, List<NDArray> hidden) {
    for (int layer = 0; layer < utilities.length; layer++) {
      try (NDArray size = hidden.get(layer).abs();
          NDArray mean = size.mean(new int[] {0});
          NDArray outgoing = layers.get(layer + 1).weight.abs();
          NDArray sum = outgoing.sum(new int[] {1})) {
        age(layer, mean.toFloatArray(), sum.toFloatArray());
      }
      int count = (int) due[layer];
      if (count > 0) {
        due[layer] -= count;
        replace(layers, layer, count);
      }
    }
  }

  private void age(int layer, float[] activity, float[] outgoing) {
    int mature = 0;
    for (int unit = 0; unit < activity.length; unit++) {
      float now = (1f - KEPT) * activity[unit] * outgoing[unit];
      utilities[layer][unit] = KEPT * utilities[layer][unit] + now;
      ages[layer][unit]++;
      mature += isMature(layer, unit) ? 1 : 0;
    }
    due[layer] += rule.replacementRate() * mature;
  }

  private boolean isMature(int layer, int unit) {
    return ages[layer][unit] > rule.maturity();
  }

  private void replace(List<TrainedLayer> layers, int layer, int count) {
    LayerParameters own = layers.get(layer).read();
    LayerParameters next = layers.get(layer + 1).read();
    for (int n = 0; n < count; n++) {
      int unit = leastUseful(layer);
      if (unit >= 0) {
        begin(layer, unit, own, next);
      }
    }
    layers.get(layer).write(own);
    layers.get(layer + 1).write(next);
  }

  /** The mature unit of least utility; of equal ones the first; -1 if none is mature. */
  private int leastUseful(int layer) {
    int least = -1;
    double utility = 0;
    for (int unit = 0; unit < utilities[layer].length; unit++) {
      if (isMature(layer, unit)) {
        double corrected = utilities[layer][unit] / (1 - Math.pow(KEPT, ages[layer][unit]));
        if (least < 0 || corrected < utility) {
          least = unit;
          utility = corrected;
        }
      }
    }
    return least;
  }

  private void begin(int layer, int unit, LayerParameters own, LayerParameters next) {
    int units = utilities[layer].length;
    float bound = Parameters.initialBound(network, layer);
    UniformSequence uniform =
        new UniformSequence(
            seed, RandomStream.REPLACED_UNITS.number(layer), (int) (long) replaced[layer]);
    for (int at = unit; at < own.weights().length; at += units) {
      own.weights()[at] = (2f * uniform.nextUniform() - 1f) * bound;
    }
    own.biases()[unit] = 0f;
    int width = next.weights().length / units;
    Arrays.fill(next.weights(), unit * width, (unit + 1) * width, 0f);
    utilities[layer][unit] = 0f;
    ages[layer][unit] = 0f;
    replaced[layer]++;
  }

  /** Units of a hidden layer that were replaced so far. */
  long replaced(int layer) {
    return (long) replaced[layer];
  }

  /** This as a part of a network's state. */
  NetworkState state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, Double> scalars = new LinkedHashMap<>();
    for (int layer = 0; layer < utilities.length; layer++) {
      List<Integer> shape = List.of(utilities[layer].length);
      tensors.put(name(layer, "utility"), new Tensor(shape, utilities[layer].clone()));
      tensors.put(name(layer, "age"), new Tensor(shape, ages[layer].clone()));
      scalars.put(name(layer, "due"), due[layer]);
      scalars.put(name(layer, "replaced"), replaced[layer]);
    }
    return new NetworkState(new NamedTensors(tensors), scalars);
  }

  /** Goes on from a state. */
  void write(NetworkState state) {
    for (int layer = 0; layer < utilities.length; layer++) {
      copy(state.tensors().values(name(layer, "utility")), utilities[layer]);
      copy(state.tensors().values(name(layer, "age")), ages[layer]);
      due[layer] = state.scalars().get(name(layer, "due"));
      replaced[layer] = state.scalars().get(name(layer, "replaced"));
    }
  }

  private static void copy(float[] values, float[] target) {
    System.arraycopy(values, 0, target, 0, target.length);
  }

  private static String name(int layer, String what) {
    return "replacement." + layer + "." + what;
  }
}
