package org.raphe.learning;

import org.raphe.network.NetworkSpec;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/** The fixed random matrices by which outputs and classes come back to a hidden layer. */
public final class FixedFeedback {
  private FixedFeedback() {}

  /**
   * B, K x H, uniform in [-1, 1) (DRTP, BRP, DFA, e-prop; Frenkel, Lefebvre, Bol 2021), or the
   * transpose of Q, uniform with deviation 1/sqrt(H) (closed loop).
   *
   * @return row-major, a row a class; null where the rule has none
   */
  public static float[] draw(NetworkSpec network, Rule rule, int layer, long seed) {
    int units = network.layers().get(layer).units();
    return switch (rule) {
      case DRTP, BRP, DFA, EPROP -> feedback(network.classes(), units, layer, seed);
      case NACA_CLOSED -> projection(network.classes(), units, layer, seed);
      case NACA, NACA_COMPETITIVE, FROZEN -> null;
    };
  }

  private static float[] feedback(int classes, int units, int layer, long seed) {
    float[] values = new float[classes * units];
    for (int c = 0; c < classes; c++) {
      UniformSequence uniform = new UniformSequence(seed, RandomStream.FEEDBACK.number(layer), c);
      for (int unit = 0; unit < units; unit++) {
        values[c * units + unit] = 2f * uniform.nextUniform() - 1f;
      }
    }
    return values;
  }

  /** Q[j][k] is number k of the sequence (PROJECTION | layer, j). */
  private static float[] projection(int classes, int units, int layer, long seed) {
    float bound = (float) StrictMath.sqrt(3.0 / units);
    float[] values = new float[classes * units];
    for (int unit = 0; unit < units; unit++) {
      UniformSequence uniform =
          new UniformSequence(seed, RandomStream.PROJECTION.number(layer), unit);
      for (int c = 0; c < classes; c++) {
        values[c * units + unit] = (2f * uniform.nextUniform() - 1f) * bound;
      }
    }
    return values;
  }
}
