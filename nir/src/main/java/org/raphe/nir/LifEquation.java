package org.raphe.nir;

import org.raphe.InputException;
import org.raphe.network.LifDynamics;
import org.raphe.network.Mode;

/**
 * Raphe's LIF unit as NIR's, and back. The step {@code u <- gamma u (1 - s) + I} is forward Euler
 * of {@code tau dv/dt = v_leak - v + r I} with
 *
 * <pre>
 *   gamma = 1 - dt/tau,   r = tau/dt,   v_leak = v_reset = 0,   v_threshold = theta
 * </pre>
 *
 * <p>A unit of another r or threshold is the same unit with its synapses scaled: it spikes where
 * {@code dt/tau r I} summed exceeds its threshold, so weights and bias times {@code (dt/tau) r
 * theta / v_threshold} give Raphe's unit the same spikes, but for rounding.
 *
 * @param tau time constant, in the unit of dt
 * @param dt length of a step: the double for which {@code 1 - dt/tau} is gamma, as close to what
 *     was asked for as a float32 tau allows
 * @param r input resistance
 */
record LifEquation(float tau, double dt, float r) {
  /** What a float32 tau, r or threshold cannot tell apart. */
  private static final double ROUNDING = 1e-6;

  private static final LifDynamics UNIT = LifDynamics.of(Mode.CLASSIFICATION);

  /** The equation of Raphe's unit at a step of about {@code dt}. */
  static LifEquation of(double dt) {
    double share = 1 - (double) UNIT.decay();
    float tau = (float) (dt / share);
    return new LifEquation(tau, tau * share, (float) (1 / share));
  }

  /** theta. */
  static float threshold() {
    return UNIT.threshold();
  }

  /**
   * What the weights onto a unit are multiplied by to make it Raphe's; 1 where it is Raphe's.
   *
   * @param node name of the node, for messages
   * @param unit its place there
   * @throws InputException if no such factor makes it Raphe's
   */
  static double scale(String node, NirNode.LIF units, int unit, double dt) {
    double share = dt / units.tau()[unit];
    double decay = 1 - share;
    if (!(Math.abs(decay - UNIT.decay()) <= ROUNDING)) {
      throw new InputException(
          "node \""
              + node
              + "\": a unit of tau "
              + units.tau()[unit]
              + " keeps "
              + decay
              + " of its membrane in a step of "
              + dt
              + (" s, and Raphe's units keep " + UNIT.decay())
              + ("; a step of " + units.tau()[unit] * (1 - (double) UNIT.decay()))
              + " s would do");
    }
    requireZero(node, "v_leak", units.leak()[unit]);
    if (units.reset() != null) {
      requireZero(node, "v_reset", units.reset()[unit]);
    }
    float threshold = units.threshold()[unit];
    double gain = share * units.r()[unit];
    double scale = (Math.abs(gain - 1) <= ROUNDING ? 1 : gain) * UNIT.threshold() / threshold;
    if (!(threshold > 0 && scale > 0 && Double.isFinite(scale))) {
      throw new InputException(
          "node \""
              + node
              + "\": a unit of r "
              + units.r()[unit]
              + " and threshold "
              + threshold
              + " cannot be Raphe's; both must be above 0");
    }
    return scale;
  }

  private static void requireZero(String node, String key, float value) {
    if (value != 0) {
      throw new InputException(
          "node \"" + node + "\": " + key + " is " + value + ", and Raphe's units have 0");
    }
  }
}
