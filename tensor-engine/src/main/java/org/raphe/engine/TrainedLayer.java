package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;

/**
 * Weights [N, H] and bias [H] of a dense layer on the engine, with their optimizer's moments, all
 * owned by the manager they were made in. Updates are those of {@link
 * org.raphe.learning.Optimizer}.
 */
final class TrainedLayer {
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
   * Zeros of a layer's shape.
   *
   * @param type float32, or float64 where gradients are checked
   */
  TrainedLayer(NDManager manager, Layer shape, DataType type) {
    weight = manager.zeros(new Shape(shape.inputs(), shape.units()), type);
    bias = manager.zeros(new Shape(shape.units()), type);
    weightMoments = Moments.zeros(weight);
    biasMoments = Moments.zeros(bias);
  }

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

  /** x W + b: x [rows, N] gives [rows, H]. */
  NDArray currents(NDArray x) {
    return x.matMul(weight).addi(bias);
  }

  /** D W^T: errors [rows, H] of the units give [rows, N] of their inputs. */
  NDArray carryBack(NDArray credit) {
    try (NDArray transposed = weight.transpose()) {
      return credit.matMul(transposed);
    }
  }

  /** x^T D, [N, H], and the sum of D over its rows, [H]. */
  static NDList gradients(NDArray x, NDArray credit) {
    try (NDArray transposed = x.transpose()) {
      return new NDList(transposed.matMul(credit), credit.sum(new int[] {0}));
    }
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
