package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.raphe.network.LifDynamics;

/**
 * LIF units of classification networks on the engine, u_t = gamma u_{t-1} (1 - o_{t-1}) + z_t, o_t
 * = 1[u_t &gt; theta], and the credits D_t of their currents. All T steps of a batch are stacked,
 * step by step, into T*B rows.
 *
 * @param lif constants
 * @param steps T
 */
record SpikingUnits(LifDynamics lif, int steps) {

  /** Turns currents z [T*B, H] into potentials u, in place. */
  NDArray integrate(NDArray currents) {
    NDList potentials = currents.split(steps);
    for (int t = 1; t < steps; t++) {
      NDArray before = potentials.get(t - 1);
      try (NDArray silent = before.lte(lif.threshold());
          NDArray kept = before.mul(silent)) {
        potentials.get(t).addi(kept.muli(lif.decay()));
      }
    }
    return currents;
  }

  /** o, 0 or 1, of potentials [T*B, H]. */
  NDArray spikes(NDArray potentials) {
    return above(potentials, lif.threshold());
  }

  /** Means over the window: [T*B, n] gives [B, n]. */
  NDArray rates(NDArray emitted) {
    long samples = emitted.getShape().get(0) / steps;
    return emitted.reshape(steps, samples, -1).sum(new int[] {0}).divi(steps);
  }

  /** [B, n], the same at every step: [T*B, n]. */
  NDArray everyStep(NDArray signal) {
    return signal.tile(new long[] {steps, 1});
  }

  /** Rows of the last step: [T*B, n] gives [B, n], a view. */
  NDArray lastStep(NDArray rows) {
    return rows.split(steps).get(steps - 1);
  }

  private static NDArray above(NDArray potentials, float level) {
    try (NDArray above = potentials.gt(level)) {
      return above.toType(potentials.getDataType(), false);
    }
  }

  /**
   * Through time, with the surrogate w_t = 1[|u_t - theta| &lt; lens] in place of do_t/du_t (Wu,
   * Deng, Li, Zhu, Shi 2018): D_t = G_t w_t + D_{t+1} gamma (1 - o_t - u_t w_t).
   *
   * @param signal G [T*B, H], over which D is written
   */
  NDArray surrogate(NDArray potentials, NDArray spikes, NDArray signal) {
    try (NDArray window = window(potentials);
        NDArray pass = potentials.mul(window)) {
      signal.muli(window);
      pass.addi(spikes).negi().addi(1f).muli(lif.decay());
      NDList credits = signal.split(steps);
      NDList passes = pass.split(steps);
      for (int t = steps - 2; t >= 0; t--) {
        credits.get(t).addi(passes.get(t).muli(credits.get(t + 1)));
      }
    }
    return signal;
  }

  /** 1[|u - theta| &lt; lens], in the type of u. */
  private NDArray window(NDArray potentials) {
    try (NDArray above = potentials.sub(lif.threshold());
        NDArray distance = above.abs();
        NDArray inside = distance.lt(lif.lens())) {
      return inside.toType(potentials.getDataType(), false);
    }
  }

  /**
   * Along a unit's own spikes and resets, G at the last step alone (Zhang et al. 2023;
   * docs/ALGORITHM.md, section 4): D_T = G d_T, D_t = -gamma u_t D_{t+1} d_t, d_t = 1[u_t &gt;
   * theta - lens] - o_{t-1}.
   *
   * @param potentials [T*B, H], over which D is written
   * @param signal G, [B, H]
   */
  NDArray chainOfLastStep(NDArray potentials, NDArray spikes, NDArray signal) {
    try (NDArray derivative = derivative(potentials, spikes)) {
      NDList derivatives = derivative.split(steps);
      NDList credits = potentials.muli(derivative).muli(-lif.decay()).split(steps);
      NDArray after = credits.get(steps - 1);
      after.muli(0f).addi(derivatives.get(steps - 1)).muli(signal);
      for (int t = steps - 2; t >= 0; t--) {
        after = credits.get(t).muli(after);
      }
    }
    return potentials;
  }

  /**
   * The same with G at every step: D_t = (G - gamma u_t D_{t+1}) d_t.
   *
   * @param potentials [T*B, H], over which D is written
   * @param signal G, [B, H]
   */
  NDArray chainOfEveryStep(NDArray potentials, NDArray spikes, NDArray signal) {
    try (NDArray derivative = derivative(potentials, spikes)) {
      NDList derivatives = derivative.split(steps);
      NDList credits = potentials.muli(-lif.decay()).split(steps);
      NDArray after = credits.get(steps - 1).muli(0f).addi(signal);
      after.muli(derivatives.get(steps - 1));
      for (int t = steps - 2; t >= 0; t--) {
        after = credits.get(t).muli(after).addi(signal).muli(derivatives.get(t));
      }
    }
    return potentials;
  }

  /**
   * Along the membrane alone, G at every step (Bellec et al. 2020): D_t = G 1[u_t &gt; theta -
   * lens] + gamma D_{t+1}.
   *
   * @param signal G, [B, H]
   */
  NDArray membrane(NDArray potentials, NDArray signal) {
    NDArray credit = above(potentials, lif.lowerThreshold());
    NDList credits = credit.split(steps);
    for (int t = steps - 1; t >= 0; t--) {
      credits.get(t).muli(signal);
      if (t < steps - 1) {
        try (NDArray later = credits.get(t + 1).mul(lif.decay())) {
          credits.get(t).addi(later);
        }
      }
    }
    return credit;
  }

  /** d, [T*B, H]. */
  private NDArray derivative(NDArray potentials, NDArray spikes) {
    NDArray derivative = above(potentials, lif.lowerThreshold());
    NDList derivatives = derivative.split(steps);
    NDList emitted = spikes.split(steps);
    for (int t = 1; t < steps; t++) {
      derivatives.get(t).subi(emitted.get(t - 1));
    }
    return derivative;
  }
}
