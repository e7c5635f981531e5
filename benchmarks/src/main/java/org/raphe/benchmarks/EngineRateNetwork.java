package org.raphe.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;

/**
 * Rate units: h = tanh(x W + b), y = logistic(h V + c); hidden credit f(n_j(c)) (1 - h^2), output
 * credit 2 (y - onehot) / (B K) y (1 - y).
 */
final class EngineRateNetwork extends EngineNetwork {

  EngineRateNetwork(EngineLayer hidden, EngineLayer output, NDArray modulation) {
    super(hidden, output, modulation);
  }

  @Override
  Step step(NDManager batch, NDArray features, NDArray labels) {
    NDArray h = hiddenCurrents(features, hidden.weight).tanh();
    NDArray y = Activation.sigmoid(outputCurrents(h));
    NDArray credit = h.square().negi().addi(1f).muli(learningSignal(labels));
    float factor = 2f / (features.getShape().get(0) * classes());
    NDArray outputCredit = y.neg().addi(1f).muli(y).muli(error(y, labels, factor));
    return new Step(y, hiddenGradients(features, credit), outputGradients(h, outputCredit));
  }
}
