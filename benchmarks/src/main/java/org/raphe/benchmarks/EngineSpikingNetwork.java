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
 * product forward and one for its gradient. Two exact savings: inputs that are zero in the whole
 * batch never spike and leave the products, and so do rows of credit in which every chain has
 * already met d = 0.
 */
final class EngineSpikingNetwork extends EngineNetwork {
  private static final float DECAY = 0.2f;
  private static final float THRESHOLD = 0.5f;

  private final int steps;
  // Ready-made scalars: an operation with a Java number creates a native array each time.
  private final NDArray decay;
  private final NDArray threshold;

  EngineSpikingNetwork(EngineLayer hidden, EngineLayer output, NDArray modulation, int steps) {
    super(hidden, output, modulation);
    this.steps = steps;
    decay = modulation.getManager().create(DECAY);
    threshold = modulation.getManager().create(THRESHOLD);
  }

  @Override
  Step step(NDManager batch, NDArray features, NDArray labels) {
    NDArray active = features.max(new int[] {0}).gt(0f).nonzero().reshape(-1);
    NDArray seen = features.get(batch, new NDIndex(":, {}", active));
    Shape drawn = new Shape(steps).addAll(seen.getShape());
    NDArray spikes = seen.gt(batch.randomUniform(0f, 1f, drawn));
    NDArray x = spikes.toType(DataType.FLOAT32, false).reshape(-1, active.size());
    NDArray rows = hidden.weight.get(batch, new NDIndex("{}", active));
    Step step = step(x, rows, labels);
    NDArray weightGradient = batch.zeros(hidden.weight.getShape());
    weightGradient.set(new NDIndex("{}", active), step.hidden().get(0));
    NDList hiddenGradients = new NDList(weightGradient, step.hidden().get(1));
    return new Step(step.outputs(), hiddenGradients, step.output());
  }

  /**
   * Outputs and gradients for given input spikes.
   *
   * @param x spikes [T*B, n] of n of the N inputs
   * @param rows the rows [n, H] of the hidden weights that belong to them
   */
  Step step(NDArray x, NDArray rows, NDArray labels) {
    long samples = x.getShape().get(0) / steps;
    NDArray hiddenPotential = integrate(hidden.project(x, rows));
    NDArray hiddenSpikes = spikes(hiddenPotential);
    NDArray outputPotential = integrate(output.project(hiddenSpikes));
    NDArray outputSpikes = spikes(outputPotential);
    NDArray rate = outputSpikes.reshape(steps, samples, -1).mean(new int[] {0});
    NDArray credit = lastStepCredit(hiddenPotential, hiddenSpikes, learningSignal(labels));
    float factor = 2f / (samples * classes() * steps);
    NDArray error = error(rate, labels, factor);
    NDArray outputCredit = everyStepCredit(outputPotential, outputSpikes, error);
    return new Step(
        rate, livingGradients(x, credit), EngineLayer.gradients(hiddenSpikes, outputCredit));
  }

  /** Turns input currents z [T*B, n] into potentials u, in place. */
  private NDArray integrate(NDArray currents) {
    NDList potentials = currents.split(steps);
    for (int t = 1; t < steps; t++) {
      NDArray before = potentials.get(t - 1);
      NDArray kept = before.mul(before.lte(threshold)).muli(decay);
      potentials.get(t).addi(kept);
    }
    return currents;
  }

  private NDArray spikes(NDArray potentials) {
    return potentials.gt(threshold).toType(DataType.FLOAT32, false);
  }

  /** d_t = 1[u_t > 0] - o_{t-1}, [T*B, n]. */
  private NDArray derivative(NDArray potentials, NDArray spikes) {
    NDArray derivative = potentials.gt(0f).toType(DataType.FLOAT32, false);
    if (steps > 1) {
      long samples = potentials.getShape().get(0) / steps;
      long last = potentials.getShape().get(0) - samples;
      derivative
          .get(new NDIndex().addSliceDim(samples, last + samples))
          .subi(spikes.get(new NDIndex().addSliceDim(0, last)));
    }
    return derivative;
  }

  /** D with G_T = signal and G_t = 0 before; overwrites the potentials. */
  private NDArray lastStepCredit(NDArray potentials, NDArray spikes, NDArray signal) {
    NDArray derivative = derivative(potentials, spikes);
    NDArray last = derivative.split(steps).get(steps - 1).mul(signal);
    NDList credit = potentials.muli(-DECAY).muli(derivative).split(steps);
    NDArray after = credit.get(steps - 1).muli(0f).addi(last);
    for (int t = steps - 2; t >= 0; t--) {
      after = credit.get(t).muli(after);
    }
    return potentials;
  }

  /** D with G_t = signal at every step; overwrites the potentials. */
  private NDArray everyStepCredit(NDArray potentials, NDArray spikes, NDArray signal) {
    NDList derivative = derivative(potentials, spikes).split(steps);
    NDList credit = potentials.muli(-DECAY).split(steps);
    NDArray after = credit.get(steps - 1).muli(0f);
    for (int t = steps - 1; t >= 0; t--) {
      NDArray at = credit.get(t);
      after = (t == steps - 1 ? at : at.muli(after)).addi(signal).muli(derivative.get(t));
    }
    return potentials;
  }

  private static NDList livingGradients(NDArray x, NDArray credit) {
    NDArray living = credit.abs().max(new int[] {1}).gt(0f).nonzero().reshape(-1);
    NDIndex rows = new NDIndex("{}", living);
    return EngineLayer.gradients(x.get(rows), credit.get(rows));
  }
}
