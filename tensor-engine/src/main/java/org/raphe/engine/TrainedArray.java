package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.raphe.learning.OptimizerStep;

/**
 * An array that learns, and its optimizer's moments, all owned by the manager they were made in.
 * Updates are those of {@link org.raphe.learning.Optimizer}.
 */
final class TrainedArray {
  final NDArray values;
  final NDArray first;
  final NDArray second;

  /** Zeros. */
  TrainedArray(NDManager manager, Shape shape, DataType type) {
    values = manager.zeros(shape, type);
    first = manager.zeros(shape, type);
    second = manager.zeros(shape, type);
  }

  /** Lends the arrays to a batch, so that results of operations on them end with it. */
  void lendTo(NDManager batch) {
    batch.tempAttachAll(values, first, second);
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
   * @param gradient in the shape of the values; overwritten
   */
  void update(NDArray gradient, OptimizerStep step) {
    switch (step.kind()) {
      case SGD -> values.subi(gradient.muli(step.stepSize()));
      case PROBE -> copy(gradient, first);
      case ADAM -> adam(gradient, step);
    }
  }

  private void adam(NDArray gradient, OptimizerStep step) {
    NDList parameters = RowBlocks.of(values);
    NDList gradients = RowBlocks.of(gradient);
    NDList firsts = RowBlocks.of(first);
    NDList seconds = RowBlocks.of(second);
    for (int block = 0; block < parameters.size(); block++) {
      NDArray g = gradients.get(block);
      try (NDArray change = g.sub(firsts.get(block)).muli(step.complement1())) {
        firsts.get(block).addi(change);
      }
      try (NDArray square = g.square().muli(step.complement2())) {
        seconds.get(block).muli(step.beta2()).addi(square);
      }
      try (NDArray root = seconds.get(block).sqrt();
          NDArray ratio =
              firsts.get(block).div(root.muli(step.inverseRoot()).addi(step.epsilon()))) {
        parameters.get(block).subi(ratio.muli(step.stepSize()));
      }
    }
  }
}
