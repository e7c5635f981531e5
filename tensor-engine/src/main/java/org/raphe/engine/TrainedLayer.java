package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;

/**
 * Weights and bias of a layer on the engine, which learn, owned by the manager they were made in.
 */
abstract class TrainedLayer {
  final NDArray weight;
  final NDArray bias;
  private final TrainedArray weights;
  private final TrainedArray biases;

  /**
   * Zeros.
   *
   * @param shape of the weights
   * @param channels number of biases
   */
  TrainedLayer(NDManager manager, Shape shape, int channels, DataType type) {
    weights = new TrainedArray(manager, shape, type);
    biases = new TrainedArray(manager, new Shape(channels), type);
    weight = weights.values;
    bias = biases.values;
  }

  /**
   * Zeros of a layer's shape.
   *
   * @param type float32, or float64 where gradients are checked
   */
  static TrainedLayer place(NDManager manager, Layer shape, DataType type) {
    return shape
        .convolution()
        .<TrainedLayer>map(form -> new TrainedConvolution(manager, form, type))
        .orElseGet(() -> new TrainedDense(manager, shape, type));
  }

  /**
   * Input currents z of the units, [rows, units].
   *
   * @param x what the layer takes, [rows, N]
   * @param further whether errors go on to the layer before
   * @param sum what becomes of inputs and errors of a dense layer
   */
  abstract LayerPass currents(NDArray x, boolean further, Backpropagation.GradientSum sum);

  /** What rate units emit, [rows, units]. */
  abstract LayerPass rates(
      NDArray x, RateUnits units, boolean further, Backpropagation.GradientSum sum);

  /** Weight and bias. */
  NDList parameters() {
    return new NDList(weight, bias);
  }

  /** Zeros of the shapes and the type of weight and bias. */
  NDList zeros(NDManager manager) {
    return new NDList(
        manager.zeros(weight.getShape(), weight.getDataType()),
        manager.zeros(bias.getShape(), bias.getDataType()));
  }

  /** Lends the arrays to a batch, so that results of operations on them end with it. */
  void lendTo(NDManager batch) {
    weights.lendTo(batch);
    biases.lendTo(batch);
  }

  /**
   * The averages that it hands on of what its units emitted; empty where it hands on just that.
   *
   * @param emitted [rows, units]; not changed
   */
  Optional<Differentiated> pooled(NDArray emitted) {
    return Optional.empty();
  }

  void write(LayerParameters values) {
    TrainedArray.set(weight, values.weights());
    TrainedArray.set(bias, values.biases());
  }

  void writeMoments(LayerParameters first, LayerParameters second) {
    TrainedArray.set(weights.first, first.weights());
    TrainedArray.set(biases.first, first.biases());
    TrainedArray.set(weights.second, second.weights());
    TrainedArray.set(biases.second, second.biases());
  }

  LayerParameters read() {
    return new LayerParameters(weight.toFloatArray(), bias.toFloatArray());
  }

  LayerParameters readFirstMoments() {
    return new LayerParameters(weights.first.toFloatArray(), biases.first.toFloatArray());
  }

  LayerParameters readSecondMoments() {
    return new LayerParameters(weights.second.toFloatArray(), biases.second.toFloatArray());
  }

  /**
   * One optimizer step.
   *
   * @param gradients of weight and bias; none of a layer that stays as it is
   */
  void update(NDList gradients, OptimizerStep step) {
    if (!gradients.isEmpty()) {
      weights.update(gradients.get(0), step);
      biases.update(gradients.get(1), step);
    }
  }
}
