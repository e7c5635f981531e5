package org.raphe.backend;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;
import org.raphe.tensor.TensorSpec;

/**
 * All that a placed network has learned and needs to learn on to the same bits, by name: {@code
 * layers.N.weight}, {@code layers.N.bias}, an optimizer's moments of them under {@code
 * first_moment.} and {@code second_moment.}, and whatever else its rule keeps.
 *
 * @param tensors of float32
 * @param scalars what float32 does not hold, finite and not negative
 */
public record NetworkState(NamedTensors tensors, Map<String, Double> scalars) {
  /** What names of first moments begin with. */
  public static final String FIRST_MOMENT = "first_moment.";

  /** What names of second moments begin with. */
  public static final String SECOND_MOMENT = "second_moment.";

  /** Wins of competing columns, [column]. */
  public static final String WINS = "columns.wins";

  /** Lengths of the columns' directions before they were scaled to 1, [column][direction]. */
  public static final String LENGTHS = "columns.lengths";

  /** P of a read-out that learns by recursive least squares, [column][column]. */
  public static final String INVERSE_CORRELATION = "inverse_correlation";

  public NetworkState {
    scalars = Collections.unmodifiableMap(new TreeMap<>(scalars));
  }

  /** Without scalars. */
  public NetworkState(NamedTensors tensors) {
    this(tensors, Map.of());
  }

  /** Parameters and an optimizer's moments of each. */
  public static NetworkState of(
      NetworkSpec network, Parameters parameters, Parameters first, Parameters second) {
    return new NetworkState(
        parameters
            .named(network)
            .and(first.named(network).prefixed(FIRST_MOMENT))
            .and(second.named(network).prefixed(SECOND_MOMENT)));
  }

  /** Bytes of all of it. */
  public long bytes() {
    long bytes = (long) Double.BYTES * scalars.size();
    for (Tensor tensor : tensors.tensors().values()) {
      bytes += (long) Float.BYTES * tensor.values().length;
    }
    return bytes;
  }

  /** Weights and biases; values are not copied. */
  public Parameters parameters() {
    return Parameters.of(tensors);
  }

  /** The optimizer's first moments; under a gradient probe these are the gradients. */
  public Parameters firstMoments() {
    return Parameters.of(tensors.under(FIRST_MOMENT));
  }

  /** The optimizer's second moments. */
  public Parameters secondMoments() {
    return Parameters.of(tensors.under(SECOND_MOMENT));
  }

  /** Whether a tensor is neither a layer's weights or biases nor a moment. */
  public boolean keepsBesideMoments(String name) {
    return !name.startsWith(FIRST_MOMENT)
        && !name.startsWith(SECOND_MOMENT)
        && !Parameters.isName(name);
  }

  /** The same state with other weights and biases. */
  public NetworkState withParameters(NetworkSpec network, Parameters parameters) {
    return new NetworkState(tensors.with(parameters.named(network)), scalars);
  }

  /**
   * The same state with other values of one tensor.
   *
   * @throws IllegalArgumentException if there is none of this name, or the values do not fill it
   */
  public NetworkState with(String name, float[] values) {
    tensors.values(name);
    Tensor replaced = new Tensor(tensors.tensors().get(name).shape(), values);
    return new NetworkState(tensors.with(new NamedTensors(Map.of(name, replaced))), scalars);
  }

  /** This state and more of it. */
  public NetworkState and(NetworkState more) {
    Map<String, Double> all = new TreeMap<>(scalars);
    all.putAll(more.scalars);
    return new NetworkState(tensors.and(more.tensors), all);
  }

  /**
   * Checks that this is the state of a network that keeps such tensors.
   *
   * @throws IllegalArgumentException if a name or a shape differs, or the order
   */
  public void checkFits(List<TensorSpec> specs) {
    if (!tensors.specs().equals(specs)) {
      throw new IllegalArgumentException(
          "the network keeps " + specs + " and cannot take up " + tensors.specs());
    }
  }
}
