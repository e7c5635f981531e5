package org.raphe.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** One hidden layer and an output layer, trained by NACA on arrays of the engine. */
abstract class EngineNetwork {
  final EngineLayer hidden;
  final EngineLayer output;
  private final NDArray modulation;
  private final NDArray identity;

  /**
   * @param modulation f(n_j(c)), [K, H]
   */
  EngineNetwork(EngineLayer hidden, EngineLayer output, NDArray modulation) {
    this.hidden = hidden;
    this.output = output;
    this.modulation = modulation;
    identity = modulation.getManager().eye((int) modulation.getShape().get(0));
  }

  /**
   * What one batch gives; the arrays end with the batch.
   *
   * @param outputs [B, K]
   * @param hidden gradients of the hidden layer's weight and bias
   * @param output gradients of the output layer's weight and bias
   */
  record Step(NDArray outputs, NDList hidden, NDList output) {}

  /**
   * Outputs and gradients of one batch, parameters unchanged.
   *
   * @param batch manager of everything made on the way
   * @param features [B, N] in [0, 1]
   * @param labels [B], int64
   */
  abstract Step step(NDManager batch, NDArray features, NDArray labels);

  /** Lends all parameters to a batch. */
  final void lendTo(NDManager batch) {
    hidden.lendTo(batch);
    output.lendTo(batch);
    batch.tempAttachAll(modulation, identity);
  }

  final void update(Step step) {
    hidden.update(step.hidden());
    output.update(step.output());
  }

  /** f(n_j(c)) of each sample, [B, H]. */
  final NDArray learningSignal(NDArray labels) {
    return modulation.get(labels);
  }

  /** factor (y - onehot), [B, K]. */
  final NDArray error(NDArray outputs, NDArray labels, float factor) {
    return outputs.sub(identity.get(labels)).muli(factor);
  }

  final int classes() {
    return (int) modulation.getShape().get(0);
  }

  static NDArray table(NDManager manager, double[][] neuromodulators) {
    return manager.create(
        ModulationTable.of(neuromodulators),
        new Shape(neuromodulators.length / 2, neuromodulators[0].length));
  }
}
