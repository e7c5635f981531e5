package org.raphe.backend.device;

import java.util.Map;
import org.raphe.backend.NetworkState;
import org.raphe.backend.TileLayout;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;
import org.raphe.tensor.TensorSpec;

/**
 * A hidden layer's own head, which learns, on a device: Q transposed, a bias behind each class's
 * units, and their moments, [class][stride], numbers past the bias 0. The network that asks for it
 * owns its memory.
 */
final class DeviceHead {
  private final TensorSpec spec;
  private final int classes;
  private final int numbers;

  /** Units and bias rounded up to whole tiles. */
  final int stride;

  final DeviceMemory weights;
  final DeviceMemory firstMoments;
  final DeviceMemory secondMoments;

  /** [sample][class stride]: what the head was wrong by. */
  final DeviceMemory errors;

  DeviceHead(DeviceNetwork network, TensorSpec spec, int layer, int batch, int classStride) {
    this.spec = spec;
    classes = spec.shape().get(0);
    numbers = spec.shape().get(1);
    stride = new TileLayout(1, numbers, LaunchShape.TILE).paddedUnits();
    String where = " of the head of layer " + (layer + 1);
    weights = zeros(network, "weights" + where);
    firstMoments = zeros(network, "first moments" + where);
    secondMoments = zeros(network, "second moments" + where);
    errors = network.floats("errors" + where, (long) batch * classStride);
  }

  private DeviceMemory zeros(DeviceNetwork network, String holds) {
    DeviceMemory memory = network.floats(holds, (long) classes * stride);
    memory.clear();
    return memory;
  }

  /** What it has learned, by name. */
  NetworkState state() {
    return new NetworkState(
        new NamedTensors(Map.of(spec.name(), read(weights)))
            .and(new NamedTensors(Map.of(first(), read(firstMoments))))
            .and(new NamedTensors(Map.of(second(), read(secondMoments)))));
  }

  void write(NamedTensors state) {
    write(weights, state.values(spec.name()));
    write(firstMoments, state.values(first()));
    write(secondMoments, state.values(second()));
  }

  private String first() {
    return spec.prefixed(NetworkState.FIRST_MOMENT).name();
  }

  private String second() {
    return spec.prefixed(NetworkState.SECOND_MOMENT).name();
  }

  private void write(DeviceMemory memory, float[] values) {
    float[] padded = new float[classes * stride];
    for (int k = 0; k < classes; k++) {
      System.arraycopy(values, k * numbers, padded, k * stride, numbers);
    }
    memory.write(padded);
  }

  private Tensor read(DeviceMemory memory) {
    float[] padded = new float[classes * stride];
    memory.read(padded);
    float[] values = new float[classes * numbers];
    for (int k = 0; k < classes; k++) {
      System.arraycopy(padded, k * stride, values, k * numbers, numbers);
    }
    return new Tensor(spec.shape(), values);
  }
}
