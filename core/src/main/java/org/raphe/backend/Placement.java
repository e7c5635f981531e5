package org.raphe.backend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Columns;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.Signal;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;
import org.raphe.tensor.TensorSpec;

/**
 * What is placed on a device: a network, how it learns, and the shape of its batches.
 *
 * @param network layers and units
 * @param learning rule, optimizers, loss
 * @param steps T, steps of a sample's window; 1 for rate units
 * @param batch B, most samples of a batch
 * @param inputScale r of the spike code x = 1[X > r U] (classification)
 * @param gateMargin delta of the input-type gate (class-continual mode)
 * @param seed key of every random number
 */
public record Placement(
    NetworkSpec network,
    LearningSpec learning,
    int steps,
    int batch,
    float inputScale,
    float gateMargin,
    long seed) {

  /** Largest T and largest B, so that sizes stay in int. */
  public static final int MAX_STEPS = 1024;

  public static final int MAX_BATCH = 4096;

  public Placement {
    if (steps < 1 || steps > MAX_STEPS || batch < 1 || batch > MAX_BATCH) {
      throw new InputException(
          "steps must be in 1.."
              + MAX_STEPS
              + " and batch in 1.."
              + MAX_BATCH
              + ", not "
              + steps
              + " and "
              + batch);
    }
    if (network.neuron() == NeuronModel.RATE && steps != 1) {
      throw new InputException("rate units have a window of 1 step, not " + steps);
    }
    if (!Float.isFinite(gateMargin)) {
      throw new InputException("the gate's margin must be finite, not " + gateMargin);
    }
    learning.rule().checkFits(network);
    if (!(inputScale > 0) || !Float.isFinite(inputScale)) {
      throw new InputException("input scale r must be finite and above 0, not " + inputScale);
    }
  }

  /** Weights before any sample, as the rule begins with them. */
  public Parameters initialParameters() {
    return learning.rule().initialParameters(network, seed);
  }

  /** Names and shapes of all that a network so placed keeps. */
  public List<TensorSpec> stateSpecs() {
    List<TensorSpec> parameters = Parameters.specs(network);
    List<TensorSpec> specs = new ArrayList<>(parameters);
    if (network.columns().isEmpty()) {
      parameters.forEach(spec -> specs.add(spec.prefixed(NetworkState.FIRST_MOMENT)));
      parameters.forEach(spec -> specs.add(spec.prefixed(NetworkState.SECOND_MOMENT)));
      for (TensorSpec spec : learning.rule().state(network)) {
        specs.add(spec);
        specs.add(spec.prefixed(NetworkState.FIRST_MOMENT));
        specs.add(spec.prefixed(NetworkState.SECOND_MOMENT));
      }
      return specs;
    }
    Columns layer = network.columns().get();
    int columns = layer.count();
    specs.add(new TensorSpec(NetworkState.WINS, List.of(columns)));
    if (layer.size() > 1) {
      specs.add(new TensorSpec(NetworkState.LENGTHS, List.of(columns, layer.size() - 1)));
    }
    if (learning.rule().signal() instanceof Signal.Competition competition
        && competition.keepsCorrelation()) {
      specs.add(new TensorSpec(NetworkState.INVERSE_CORRELATION, List.of(columns, columns)));
    }
    return specs;
  }

  /**
   * A state of a network so placed.
   *
   * @param kept values of all that it keeps beside parameters, by name
   */
  public NetworkState state(Parameters parameters, Map<String, float[]> kept) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.named(network).tensors());
    for (TensorSpec spec : stateSpecs()) {
      if (!tensors.containsKey(spec.name())) {
        tensors.put(spec.name(), new Tensor(spec.shape(), kept.get(spec.name())));
      }
    }
    return new NetworkState(new NamedTensors(tensors));
  }

  /** The state before any sample: {@link #initialParameters}, P, and otherwise zeros. */
  public NetworkState initialState() {
    Parameters parameters = initialParameters();
    Map<String, float[]> kept = new HashMap<>();
    stateSpecs().forEach(spec -> kept.put(spec.name(), spec.zeros().values()));
    if (kept.containsKey(NetworkState.INVERSE_CORRELATION)) {
      kept.put(NetworkState.INVERSE_CORRELATION, initialInverseCorrelation());
    }
    return state(parameters, kept);
  }

  /**
   * P before any sample: 1 / ridge on the diagonal, [column][column]; null unless the read-out
   * learns by recursive least squares.
   */
  public float[] initialInverseCorrelation() {
    if (!(learning.rule().signal() instanceof Signal.Competition competition)
        || !competition.keepsCorrelation()) {
      return null;
    }
    int columns = network.columns().orElseThrow().count();
    float[] inverse = new float[columns * columns];
    for (int column = 0; column < columns; column++) {
      inverse[column * columns + column] = 1f / competition.ridge();
    }
    return inverse;
  }

  /**
   * Checks that samples have the features and classes of the network.
   *
   * @throws IllegalArgumentException if they do not
   */
  public void checkFits(Samples samples) {
    int inputs = network.layers().get(0).inputs();
    if (samples.shape().size() != inputs || samples.classes() != network.classes()) {
      throw new IllegalArgumentException(
          samples.name()
              + " has "
              + samples.shape().size()
              + " features and "
              + samples.classes()
              + " classes; the network takes "
              + inputs
              + " and "
              + network.classes());
    }
  }
}
