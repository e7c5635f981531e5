package org.raphe.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.raphe.engine.RowBlocks;

/**
 * Weights and bias of a dense layer with their Adam moments, all owned by the manager they were
 * made in. Which side of the weights is the input is the network's choice.
 */
final class EngineLayer {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  final NDArray weight;
  final NDArray bias;
  private final Moments weightMoments;
  private final Moments biasMoments;
  private final float learningRate;
  private int updates;

  /**
   * Accumulated moments M = m / (1 - beta1) and V = v / (1 - beta2): without the two factors each
   * update saves two passes over the weights; they are put into the step size instead.
   */
  private record Moments(NDArray first, NDArray second) {
    static Moments zeros(NDManager manager, Shape shape) {
      return new Moments(manager.zeros(shape), manager.zeros(shape));
    }
  }

  EngineLayer(NDArray weight, NDArray bias, float learningRate) {
    this.weight = weight;
    this.bias = bias;
    this.learningRate = learningRate;
    NDManager manager = weight.getManager();
    weightMoments = Moments.zeros(manager, weight.getShape());
    biasMoments = Moments.zeros(manager, bias.getShape());
  }

  /** Parameters uniform in +-1/sqrt(inputs). */
  static EngineLayer draw(
      NDManager manager, Shape weightShape, int inputs, int units, float learningRate) {
    float bound = (float) (1 / Math.sqrt(inputs));
    NDArray weight = manager.randomUniform(-bound, bound, weightShape);
    NDArray bias = manager.randomUniform(-bound, bound, new Shape(units));
    return new EngineLayer(weight, bias, learningRate);
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
   * One Adam update: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, w -= lr m' /
   * (sqrt(v') + epsilon) with m' = m / (1 - beta1^t), v' = v / (1 - beta2^t).
   *
   * @param gradients of weight and bias
   */
  void update(NDList gradients) {
    updates++;
    double bias1 = 1 - Math.pow(BETA1, updates);
    double bias2 = Math.sqrt(1 - Math.pow(BETA2, updates));
    double rootScale = Math.sqrt(1 - BETA2);
    float step = (float) (learningRate * bias2 / bias1 * (1 - BETA1) / rootScale);
    float epsilon = (float) (EPSILON * bias2 / rootScale);
    descend(weight, gradients.get(0), weightMoments, step, epsilon);
    descend(bias, gradients.get(1), biasMoments, step, epsilon);
  }

  private static void descend(
      NDArray parameter, NDArray gradient, Moments moments, float step, float epsilon) {
    NDList parameters = RowBlocks.of(parameter);
    NDList gradients = RowBlocks.of(gradient);
    NDList first = RowBlocks.of(moments.first());
    NDList second = RowBlocks.of(moments.second());
    for (int block = 0; block < parameters.size(); block++) {
      first.get(block).muli((float) BETA1).addi(gradients.get(block));
      second.get(block).muli((float) BETA2);
      try (NDArray square = gradients.get(block).square()) {
        second.get(block).addi(square);
      }
      try (NDArray root = second.get(block).sqrt().addi(epsilon);
          NDArray ratio = first.get(block).div(root)) {
        parameters.get(block).subi(ratio.muli(step));
      }
    }
  }
}
