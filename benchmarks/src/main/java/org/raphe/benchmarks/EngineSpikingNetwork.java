package org.raphe.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Leaky integrate-and-fire units: u_t = gamma u_{t-1} (1 - o_{t-1}) + z_t, o_t = 1[u_t > theta],
 * gamma = 0.2, theta = 0.5; credit D_t = (G_t + D_{t+1} (-gamma u_t)) d_t with d_t = 1[u_t > 0] -
 * o_{t-1}.
 *
 * <p>All T steps of a batch are stacked, step by step, into T*B rows, so each layer costs one
 * product forward and one for its gradient. Inputs that are zero in the whole batch never spike:
 * they are left out of the draw and of both products, which changes no result. Large intermediate
 * arrays are closed where they end, so that the next one reuses their memory.
 */
final class EngineSpikingNetwork extends EngineNetwork {
  private static final float DECAY = 0.2f;
  private static final float THRESHOLD = 0.5f;

  private final int steps;
  // Ready-made scalars: an operation with a Java number creates a native array each time.
  private final NDArray decay;
  private final NDArray threshold;
  private final NDArray zero;
  private final NDArray chain;

  EngineSpikingNetwork(EngineLayer hidden, EngineLayer output, NDArray modulation, int steps) {
    super(hidden, output, modulation);
    this.steps = steps;
    decay = modulation.getManager().create(DECAY);
    threshold = modulation.getManager().create(THRESHOLD);
    zero = modulation.getManager().create(0f);
    chain = modulation.getManager().create(-DECAY);
  }

  @Override
  Step step(NDManager batch, NDArray features, NDArray labels) {
    NDArray active = features.max(new int[] {0}).gt(0f).nonzero().reshape(-1);
    NDIndex activeRows = new NDIndex("{}", active);
    NDArray x = drawSpikes(batch, features.get(batch, new NDIndex(":, {}", active)));
    NDArray weight = hidden.weight.get(batch, activeRows);
    Step step = step(x, weight, labels);
    NDArray weightGradient = batch.zeros(hidden.weight.getShape());
    weightGradient.set(activeRows, step.hidden().get(0));
    NDList hiddenGradients = new NDList(weightGradient, step.hidden().get(1));
    return new Step(step.outputs(), hiddenGradients, step.output());
  }

  /** 1[X > U] for every step: features [B, n] give [T*B, n]. */
  private NDArray drawSpikes(NDManager batch, NDArray features) {
    long samples = features.getShape().get(0);
    long inputs = features.getShape().get(1);
    try (NDArray uniform = batch.randomUniform(0f, 1f, new Shape(steps, samples, inputs));
        NDArray fired = features.gt(uniform)) {
      return fired.toType(DataType.FLOAT32, false).reshape(steps * samples, inputs);
    }
  }

  /**
   * Outputs and gradients for given input spikes.
   *
   * @param x spikes [T*B, n] of n of the N inputs
   * @param weight the rows [n, H] of the hidden weights that belong to them
   */
  Step step(NDArray x, NDArray weight, NDArray labels) {
    long samples = x.getShape().get(0) / steps;
    NDArray hiddenPotential = integrate(hiddenCurrents(x, weight));
    NDArray hiddenSpikes = above(hiddenPotential, threshold);
    NDArray outputPotential = integrate(outputCurrents(hiddenSpikes));
    NDArray outputSpikes = above(outputPotential, threshold);
    NDArray rate = outputSpikes.reshape(steps, samples, -1).mean(new int[] {0});
    NDArray credit = lastStepCredit(hiddenPotential, hiddenSpikes, learningSignal(labels));
    float factor = 2f / (samples * classes() * steps);
    NDArray error = error(rate, labels, factor);
    NDArray outputCredit = everyStepCredit(outputPotential, outputSpikes, error);
    return new Step(rate, hiddenGradients(x, credit), outputGradients(hiddenSpikes, outputCredit));
  }

  /** Turns input currents z [T*B, n] into potentials u, in place. */
  private NDArray integrate(NDArray currents) {
    NDList potentials = currents.split(steps);
    for (int t = 1; t < steps; t++) {
      NDArray before = potentials.get(t - 1);
      try (NDArray silent = before.lte(threshold);
          NDArray kept = before.mul(silent)) {
        potentials.get(t).addi(kept.muli(decay));
      }
    }
    return currents;
  }

  private static NDArray above(NDArray potentials, NDArray level) {
    try (NDArray above = potentials.gt(level)) {
      return above.toType(DataType.FLOAT32, false);
    }
  }

  /** d_t = 1[u_t > 0] - o_{t-1}, [T*B, n]. */
  private NDArray derivative(NDArray potentials, NDArray spikes) {
    NDArray derivative = above(potentials, zero);
    if (steps > 1) {
      long rows = potentials.getShape().get(0);
      long samples = rows / steps;
      NDArray later = derivative.get(new NDIndex().addSliceDim(samples, rows));
      later.subi(spikes.get(new NDIndex().addSliceDim(0, rows - samples)));
    }
    return derivative;
  }

  /** D with G_T = signal and G_t = 0 before; overwrites the potentials. */
  private NDArray lastStepCredit(NDArray potentials, NDArray spikes, NDArray signal) {
    try (NDArray derivative = derivative(potentials, spikes)) {
      NDList credit = potentials.muli(chain).muli(derivative).split(steps);
      NDArray after = credit.get(steps - 1);
      after.muli(0f).addi(derivative.split(steps).get(steps - 1)).muli(signal);
      for (int t = steps - 2; t >= 0; t--) {
        after = credit.get(t).muli(after);
      }
    }
    return potentials;
  }

  /** D with G_t = signal at every step; overwrites the potentials. */
  private NDArray everyStepCredit(NDArray potentials, NDArray spikes, NDArray signal) {
    NDList derivative = derivative(potentials, spikes).split(steps);
    NDList credit = potentials.muli(chain).split(steps);
    NDArray after = credit.get(steps - 1).muli(0f).addi(signal).muli(derivative.get(steps - 1));
    for (int t = steps - 2; t >= 0; t--) {
      after = credit.get(t).muli(after).addi(signal).muli(derivative.get(t));
    }
    return potentials;
  }
}
