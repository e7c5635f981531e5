package org.raphe.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * One hidden layer and an output layer, trained by NACA on arrays of the engine.
 *
 * <p>Hidden weights are [N, H]: the rows of inputs that are silent in a batch can then be left out
 * of the products by copying whole rows. Output weights are [K, H]: with so few outputs the
 * engine's product is about four times as fast that way round.
 */
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

  static EngineLayer drawHidden(NDManager manager, int inputs, int units, float learningRate) {
    return EngineLayer.draw(manager, new Shape(inputs, units), inputs, units, learningRate);
  }

  static EngineLayer drawOutput(NDManager manager, int inputs, int units, float learningRate) {
    return EngineLayer.draw(manager, new Shape(units, inputs), inputs, units, learningRate);
  }

  /**
   * x W + b.
   *
   * @param x [rows, n], n of the N inputs
   * @param weight [n, H], the rows of the hidden weights that belong to them
   * @return [rows, H], in the manager of x
   */
  final NDArray hiddenCurrents(NDArray x, NDArray weight) {
    try (NDArray transposed = weight.transpose()) {
      return x.getNDArrayInternal().linear(x, transposed, hidden.bias).singletonOrThrow();
    }
  }

  /** W h + b: h [rows, H] gives [rows, K]. */
  final NDArray outputCurrents(NDArray h) {
    try (NDArray product = output.weight.matMul(h.transpose())) {
      return product.transpose().add(output.bias);
    }
  }

  /** x^T D, [n, H], and the sum of D over its rows, [H]. */
  static NDList hiddenGradients(NDArray x, NDArray credit) {
    return new NDList(x.transpose().matMul(credit), credit.sum(new int[] {0}));
  }

  /** D^T h, [K, H], and the sum of D over its rows, [K]. */
  static NDList outputGradients(NDArray h, NDArray credit) {
    return new NDList(credit.transpose().matMul(h), credit.sum(new int[] {0}));
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
