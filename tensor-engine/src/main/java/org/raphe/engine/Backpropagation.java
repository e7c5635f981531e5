package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.raphe.backend.Placement;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.LifDynamics;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/** Forward and backward pass of one batch by explicit formulas, parameters unchanged. */
interface Backpropagation {

  /**
   * What one batch gives; the arrays end with the batch.
   *
   * @param outputs y, [B, K], as the backends give them
   * @param gradients of each layer's weight and bias, first layer first: what {@link GradientSum}
   *     gave
   * @param hidden what hidden layers of rate units emitted, [B, H] each; none of spiking units
   */
  record Pass(NDArray outputs, List<NDList> gradients, List<NDArray> hidden) {}

  /**
   * The way back through a network's units from a loss.
   *
   * @param below the layers that it does not reach
   */
  static Backpropagation of(Placement placement, ReadoutLoss loss, LocalLearning below) {
    NetworkSpec network = placement.network();
    if (network.neuron() == NeuronModel.RATE) {
      return new RateBackpropagation(loss, new RateUnits(network.activation()), below);
    }
    SpikingUnits units = new SpikingUnits(LifDynamics.of(network.mode()), placement.steps());
    return new SpikingBackpropagation(loss, units, below);
  }

  /** What a dense layer's inputs and errors are summed to. */
  @FunctionalInterface
  interface GradientSum {
    /**
     * One layer of one batch.
     *
     * @param x inputs, [B, N] or [T*B, N]
     * @param credit errors D of the units, as many rows
     * @return [N, H] and [H]: for the weights and for the bias
     */
    NDList of(NDArray x, NDArray credit);
  }

  /**
   * One batch.
   *
   * @param layers hidden layers, then the read-out
   * @param x features [B, N], or input spikes [T*B, N], step by step
   * @param onehot [B, K], 1 at each sample's class
   * @param sum what becomes of inputs and errors
   */
  Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot, GradientSum sum);

  /** One batch, whose inputs and errors are summed to the gradient of the loss. */
  default Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot) {
    return pass(layers, x, onehot, TrainedDense::gradients);
  }

  /**
   * What the loss makes of outputs: dL/dy, or dL/dz of softmax, before its slope, times 1/T.
   *
   * @param outputs y, or softmax(S y) for cross-entropy, [B, K]
   */
  static NDArray error(ReadoutLoss loss, NDArray outputs, NDArray onehot, int steps) {
    int samples = (int) onehot.getShape().get(0);
    int classes = (int) onehot.getShape().get(1);
    return outputs.sub(onehot).muli(loss.factor(samples, classes, steps));
  }
}
