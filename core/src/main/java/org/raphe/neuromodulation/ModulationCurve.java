package org.raphe.neuromodulation;

import org.raphe.InputException;

/**
 * The nonlinear modulation f(n) of a synapse by a neuromodulator level n (docs/ALGORITHM.md,
 * section 3): from 1 over theta_max back to 1, through 0 at n = lambda, to -1 over -theta_max and
 * back.
 *
 * <pre>
 *   n &lt;= lambda/2            f =  theta_max - (theta_max-1) (4n - lambda)^2 / lambda^2
 *   lambda/2 &lt; n &lt;= lambda   f =  4 (n - lambda)^2 / lambda^2
 *   lambda &lt; n &lt;= 1.5 lambda f = -4 (lambda - n)^2 / lambda^2
 *   n &gt; 1.5 lambda           f =  (theta_max-1) (4(2 lambda - n) - lambda)^2 / lambda^2 - theta_max
 * </pre>
 *
 * <p>Source: Zhang et al., Science Advances 9(34), eadi2947, 2023.
 *
 * @param lambda level at which the sign turns, above 0
 * @param thetaMax largest modulation, at least 0
 */
public record ModulationCurve(float lambda, float thetaMax) implements ReceptorCurve {

  /** The published constants. */
  public static final ModulationCurve PUBLISHED = new ModulationCurve(0.5f, 1.2f);

  public ModulationCurve {
    boolean curve = lambda > 0 && Float.isFinite(lambda);
    if (!curve || !(thetaMax >= 0) || !Float.isFinite(thetaMax)) {
      throw new InputException(
          "a modulation curve needs a finite lambda above 0 and a finite theta_max of at least 0, not "
              + lambda
              + " and "
              + thetaMax);
    }
  }

  /** f(n), in float32 with every operation rounded, in the order written. */
  @Override
  public float at(float level) {
    float square = lambda * lambda;
    if (level <= 0.5f * lambda) {
      float a = 4f * level - lambda;
      return thetaMax - (thetaMax - 1f) * (a * a) / square;
    }
    if (level <= lambda) {
      float a = level - lambda;
      return 4f * (a * a) / square;
    }
    if (level <= 1.5f * lambda) {
      float a = lambda - level;
      return -4f * (a * a) / square;
    }
    float a = 4f * (2f * lambda - level) - lambda;
    return (thetaMax - 1f) * (a * a) / square - thetaMax;
  }
}
