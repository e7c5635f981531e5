package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.raphe.learning.ReadoutLoss;

/**
 * Back-propagation through rate units (Rumelhart, Hinton, Williams 1986): h_l = tanh(h_{l-1} W_l +
 * b_l), read-out z = h W + b.
 *
 * <pre>
 *   mean squared    y = logistic(z)     D = 2 (y - onehot) / (B K) * y (1 - y)
 *   cross-entropy   y = softmax(S z)    D = S (y - onehot) / B
 *   D_{l-1} = (D_l W_l^T) (1 - h_{l-1}^2);   dW_l = h_{l-1}^T D_l;   db_l = sum_b D_l
 * </pre>
 */
record RateBackpropagation(ReadoutLoss loss) implements Backpropagation {

  @Override
  public Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot, GradientSum sum) {
    List<NDArray> inputs = new ArrayList<>(List.of(x));
    int readout = layers.size() - 1;
    for (int layer = 0; layer < readout; layer++) {
      inputs.add(layers.get(layer).currents(inputs.get(layer)).tanh());
    }
    NDArray z = layers.get(readout).currents(inputs.get(readout));
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    NDArray y = softmax ? z.muli(loss.scale()).softmax(1) : Activation.sigmoid(z);
    NDArray credit = Backpropagation.error(loss, y, onehot, 1);
    if (!softmax) {
      credit.muli(y).muli(y.neg().addi(1f));
    }
    LinkedList<NDList> gradients = new LinkedList<>();
    for (int layer = readout; layer >= 0; layer--) {
      gradients.addFirst(sum.of(inputs.get(layer), credit));
      if (layer > 0) {
        NDArray slope = inputs.get(layer).square().negi().addi(1f);
        credit = layers.get(layer).carryBack(credit).muli(slope);
      }
    }
    return new Pass(y, gradients);
  }
}
