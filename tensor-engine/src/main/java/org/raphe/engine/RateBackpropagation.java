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
record RateBackpropagation(ReadoutLoss loss, RateUnits units, LocalLearning below)
    implements Backpropagation {

  /** Errors reach all layers. */
  RateBackpropagation(ReadoutLoss loss, Activation activation) {
    this(loss, new RateUnits(activation), LocalLearning.none());
  }

  @Override
  public Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot, GradientSum sum) {
    List<LayerTrace> traces = new ArrayList<>();
    int readout = layers.size() - 1;
    NDArray input = x;
    for (int layer = 0; layer < readout; layer++) {
      LayerPass pass = layers.get(layer).rates(input, units, below.carriesBelow(layer), sum);
      NDArray emitted = pass.output();
      traces.add(new LayerTrace(pass, emitted, layers.get(layer).pooled(emitted)));
      input = traces.get(layer).handedOn();
    }
    LayerPass last = layers.get(readout).currents(input, below.carriesBelow(readout), sum);
    NDArray z = last.output();
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    NDArray y = softmax ? z.muli(loss.scale()).softmax(1) : sigmoid(z);
    NDArray signal = Backpropagation.error(loss, y, onehot, 1);
    if (!softmax) {
      signal.muli(y).muli(y.neg().addi(1f));
    }
    LayerPass.Returned back = last.back(signal);
    LinkedList<NDList> gradients = new LinkedList<>(List.of(back.gradients()));
    for (int layer = readout - 1; layer >= 0; layer--) {
      LayerTrace trace = traces.get(layer);
      if (below.has(layer) && !below.signal(layer).teaches()) {
        gradients.addFirst(new NDList());
        continue;
      }
      NDArray own =
          below.has(layer)
              ? local(below.signal(layer), trace, y, onehot)
              : trace.toUnits(back.below());
      back = trace.pass().back(own);
      gradients.addFirst(back.gradients());
    }
    return new Pass(y, gradients, traces.stream().map(LayerTrace::emitted).toList());
  }

  private static NDArray local(LocalSignal signal, LayerTrace trace, NDArray y, NDArray onehot) {
    return signal.judgesOutputs()
        ? trace.toUnits(signal.of(trace.handedOn(), y, onehot))
        : signal.of(trace.emitted(), y, onehot);
  }
}
