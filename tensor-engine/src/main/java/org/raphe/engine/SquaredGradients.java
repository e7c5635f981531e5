package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Sums over a batch the squares of each sample's own gradient, never the square of a batch's
 * gradient. With D the errors of the batch's mean loss, sample b's gradient is B times its part:
 *
 * <pre>
 *   weights   sum_b (B sum_t x_{t,b}^T D_{t,b})^2
 *   bias      sum_b (B sum_t D_{t,b})^2
 * </pre>
 *
 * <p>With one step a sample's gradient is an outer product, whose square is the outer product of
 * the squares: one product gives the batch's sum. With more steps each sample's gradient is made.
 *
 * @param steps T; rows are stacked step by step
 */
record SquaredGradients(int steps) implements Backpropagation.GradientSum {

  @Override
  public NDList of(NDArray x, NDArray credit) {
    long samples = credit.getShape().get(0) / steps;
    try (NDArray errors = credit.mul(samples)) {
      return steps == 1 ? ofOneStep(x, errors) : ofWindows(x, errors, samples);
    }
  }

  private static NDList ofOneStep(NDArray x, NDArray errors) {
    try (NDArray squares = x.square();
        NDArray transposed = squares.transpose();
        NDArray squaredErrors = errors.square()) {
      return new NDList(transposed.matMul(squaredErrors), squaredErrors.sum(new int[] {0}));
    }
  }

  private NDList ofWindows(NDArray x, NDArray errors, long samples) {
    NDArray inputs = x.reshape(steps, samples, -1);
    NDArray windows = errors.reshape(steps, samples, -1);
    NDArray weights = null;
    for (long sample = 0; sample < samples; sample++) {
      try (NDArray own = inputs.get(":," + sample);
          NDArray transposed = own.transpose();
          NDArray window = windows.get(":," + sample)) {
        NDArray gradient = transposed.matMul(window);
        gradient.muli(gradient);
        if (weights == null) {
          weights = gradient;
        } else {
          weights.addi(gradient);
          gradient.close();
        }
      }
    }
    try (NDArray summed = windows.sum(new int[] {0})) {
      return new NDList(weights, summed.square().sum(new int[] {0}));
    }
  }
}
