package org.raphe.network;

/**
 * Constants of the LIF unit (docs/ALGORITHM.md, section 2):
 *
 * <pre>
 *   u_t = gamma u_{t-1} (1 - o_{t-1}) + phi(z_t);  s_t = 1[u_t > theta];  o_t = gate s_t
 *   d_t = 1[u_t > theta - lens] - o_{t-1}
 * </pre>
 *
 * @param decay gamma, per step
 * @param threshold theta
 * @param lens half-width of the pseudo-derivative's window below the threshold
 * @param logisticCurrent whether phi is the logistic function; else the identity
 * @param membraneCredit whether credit also flows along the membrane, D_{t+1} gamma (1 - o_t)
 */
public record LifDynamics(
    float decay, float threshold, float lens, boolean logisticCurrent, boolean membraneCredit) {

  /** The published constants of each mode. */
  public static LifDynamics of(Mode mode) {
    return mode == Mode.CLASSIFICATION
        ? new LifDynamics(0.2f, 0.5f, 0.5f, false, false)
        : new LifDynamics(0.2f, 0.5f, 0.2f, true, true);
  }

  /** theta - lens in float32: above it a unit's pseudo-derivative opens. */
  public float lowerThreshold() {
    return threshold - lens;
  }
}
