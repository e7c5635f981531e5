package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;

/**
 * Weights and bias of a layer on the engine, with their optimizer's moments, all owned by the
 * manager they were made in. Updates are those of {@link org.raphe.learning.Optimizer}.
 */
abstract class TrainedLayer {
  final NDArray weight;
  final NDArray bias;
  private final Moments weightMoments;
  private final Moments biasMoments;

  /** First and second moments of one array. */
  private record Moments(NDArray first, NDArray second) {
    static Moments zeros(NDArray of) {
      NDManager manager = of.getManager();
      return new Moments(
          manager.zeros(of.getShape(), of.getDataType()),
          manager.zeros(of.getShape(), of.getDataType()));
    }
  }

  /**
   * Zeros.
   *
   * @param weights shape of the weights
   * @param biases number of biases
   */
  TrainedLayer(NDManager manager, Shape weights, int biases, DataType type) {
    weight = manager.zeros(weights, type);
    bias = manager.zeros(new Shape(biases), type);
    weightMoments = Moments.zeros(weight);
    biasMoments = Moments.zeros(bias);
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

  /** What rate units hand on, [rows, outputs]: averages where the layer is pooled. */
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
    batch.tempAttachAll(
        weight,
        bias,
        weightMoments.first(),
        weightMoments.second(),
        biasMoments.first(),
        biasMoments.second());
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
    set(weight, values.weights());
    set(bias, values.biases());
  }

  void writeMoments(LayerParameters first, LayerParameters second) {
    set(weightMoments.first(), first.weights());
    set(biasMoments.first(), first.biases());
    set(weightMoments.second(), second.weights());
    set(biasMoments.second(), second.biases());
  }

  LayerParameters read() {
    return new LayerParameters(weight.toFloatArray(), bias.toFloatArray());
  }

  LayerParameters readFirstMoments() {
    return new LayerParameters(
        weightMoments.first().toFloatArray(), biasMoments.first().toFloatArray());
  }

  LayerParameters readSecondMoments() {
    return new LayerParameters(
        weightMoments.second().toFloatArray(), biasMoments.second().toFloatArray());
  }

  static void set(NDArray target, float[] values) {
    try (NDArray flat = target.getManager().create(values, target.getShape());
        NDArray typed = flat.toType(target.getDataType(), false)) {
      copy(typed, target);
    }
  }

  /** As {@link NDArray#copyTo}, which makes the library print a warning about the bridge's code. */
  private static void copy(NDArray values, NDArray target) {
    target.set(new NDIndex(":"), values);
  }

  /**
   * One optimizer step.
   *
   * @param gradients of weight and bias
   */
  void update(NDList gradients, OptimizerStep step) {
    update(weight, gradients.get(0), weightMoments, step);
    update(bias, gradients.get(1), biasMoments, step);
  }

  private static void update(
      NDArray parameter, NDArray gradient, Moments moments, OptimizerStep step) {
    switch (step.kind()) {
      case SGD -> parameter.subi(gradient.muli(step.stepSize()));
      case PROBE -> copy(gradient, moments.first());
      case ADAM -> adam(parameter, gradient, moments, step);
    }
  }

  private static void adam(
      NDArray parameter, NDArray gradient, Moments moments, OptimizerStep step) {
    NDList parameters = RowBlocks.of(parameter);
    NDList gradients = RowBlocks.of(gradient);
    NDList first = RowBlocks.of(moments.first());
    NDList second = RowBlocks.of(moments.second());
    for (int block = 0; block < parameters.size(); block++) {
      NDArray g = gradients.get(block);
      try (NDArray change = g.sub(first.get(block)).muli(step.complement1())) {
        first.get(block).addi(change);
      }
      try (NDArray square = g.square().muli(step.complement2())) {
        second.get(block).muli(step.beta2()).addi(square);
      }
      try (NDArray root = second.get(block).sqrt();
          NDArray ratio =
              first.get(block).div(root.muli(step.inverseRoot()).addi(step.epsilon()))) {
        parameters.get(block).subi(ratio.muli(step.stepSize()));
      }
    }
  }
}
