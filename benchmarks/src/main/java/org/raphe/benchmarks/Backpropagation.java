package org.raphe.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.raphe.learning.ReadoutLoss;

/** Forward and backward pass of one batch by explicit formulas, parameters unchanged. */
interface Backpropagation {

  /**
   * What one batch gives; the arrays end with the batch.
   *
   * @param outputs y, [B, K], as the backends tell them
   * @param gradients of each layer's weight and bias, first layer first
   */
  record Pass(NDArray outputs, List<NDList> gradients) {}

  /**
   * One batch.
   *
   * @param layers hidden layers, then the read-out
   * @param x features [B, N], or input spikes [T*B, N], step by step
   * @param onehot [B, K], 1 at each sample's class
   */
  Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot);

  /**
   * What the loss tells of outputs: dL/dy, or dL/dz of softmax, before its slope, times 1/T.
   *
   * @param outputs y, or softmax(S y) for cross-entropy, [B, K]
   */
  static NDArray error(ReadoutLoss loss, NDArray outputs, NDArray onehot, int steps) {
    int samples = (int) onehot.getShape().get(0);
    int classes = (int) onehot.getShape().get(1);
    return outputs.sub(onehot).muli(loss.factor(samples, classes, steps));
  }
}
