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
 *
 * <p>The weights of a convolution sum what its places give, and a pool gives a fourth of its signal
 * to each of its four places.
 */
record RateBackpropagation(ReadoutLoss loss, Activation activation) implements Backpropagation {

  @Override
  public Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot, GradientSum sum) {
    RateUnits units = new RateUnits(activation);
    List<LayerPass> passes = new ArrayList<>();
    int readout = layers.size() - 1;
    NDArray input = x;
    for (int layer = 0; layer < readout; layer++) {
      passes.add(layers.get(layer).rates(input, units, layer > 0, sum));
      input = passes.get(layer).output();
    }
    passes.add(layers.get(readout).currents(input, true, sum));
    NDArray z = passes.get(readout).output();
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    NDArray y = softmax ? z.muli(loss.scale()).softmax(1) : sigmoid(z);
    NDArray signal = Backpropagation.error(loss, y, onehot, 1);
    if (!softmax) {
      signal.muli(y).muli(y.neg().addi(1f));
    }
    LinkedList<NDList> gradients = new LinkedList<>();
    for (int layer = readout; layer >= 0; layer--) {
      LayerPass.Returned back = passes.get(layer).back(signal);
      gradients.addFirst(back.gradients());
      signal = back.below();
    }
    return new Pass(y, gradients);
  }
}
