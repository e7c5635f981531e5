package org.raphe.engine;

import static ai.djl.nn.Activation.sigmoid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.Activation;

/**
 * Back-propagation through rate units (Rumelhart, Hinton, Williams 1986): h_l = f(h_{l-1} W_l +
 * b_l) with f = tanh or ReLU, read-out z = h W + b.
 *
 * <pre>
 *   mean squared    y = logistic(z)     D = 2 (y - onehot) / (B K) * y (1 - y)
 *   cross-entropy   y = softmax(S z)    D = S (y - onehot) / B
 *   D_{l-1} = (D_l W_l^T) f';   f' = 1 - h_{l-1}^2, or 1[h_{l-1} &gt; 0]
 *   dW_l = h_{l-1}^T D_l;   db_l = sum_b D_l
 * </pre>
 */
record RateBackpropagation(ReadoutLoss loss, Activation activation) implements Backpropagation {

  @Override
  public Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot, GradientSum sum) {
    List<NDArray> inputs = new ArrayList<>(List.of(x));
    int readout = layers.size() - 1;
    for (int layer = 0; layer < readout; layer++) {
      inputs.add(emitted(layers.get(layer).currents(inputs.get(layer))));
    }
    NDArray z = layers.get(readout).currents(inputs.get(readout));
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    NDArray y = softmax ? z.muli(loss.scale()).softmax(1) : sigmoid(z);
    NDArray credit = Backpropagation.error(loss, y, onehot, 1);
    if (!softmax) {
      credit.muli(y).muli(y.neg().addi(1f));
    }
    LinkedList<NDList> gradients = new LinkedList<>();
    for (int layer = readout; layer >= 0; layer--) {
      gradients.addFirst(sum.of(inputs.get(layer), credit));
      if (layer > 0) {
        credit = layers.get(layer).carryBack(credit).muli(slope(inputs.get(layer)));
      }
    }
    return new Pass(y, gradients);
  }

  private NDArray emitted(NDArray z) {
    return rectified() ? z.maximum(0f) : z.tanh();
  }

  private boolean rectified() {
    return activation == Activation.RELU;
  }

  /** dh/dz of hidden units, by what they emit. */
  private NDArray slope(NDArray h) {
    return rectified() ? h.gt(0).toType(h.getDataType(), false) : h.square().negi().addi(1f);
  }
}
