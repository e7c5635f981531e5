package org.raphe.rule;

import org.raphe.network.NetworkSpec;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/** The fixed random matrices by which outputs and classes come back to a hidden layer. */
public final class RandomFeedback {
  private RandomFeedback() {}

  /**
   * B, K x H, uniform in [-1, 1) (Frenkel, Lefebvre, Bol 2021): B[c][j] is number j of the sequence
   * (FEEDBACK | layer, c).
   */
  public static float[] uniform(NetworkSpec network, int layer, long seed) {
    int units = network.layers().get(layer).units();
    float[] values = new float[network.classes() * units];
    for (int c = 0; c < network.classes(); c++) {
      UniformSequence uniform = new UniformSequence(seed, RandomStream.FEEDBACK.number(layer), c);
      for (int unit = 0; unit < units; unit++) {
        values[c * units + unit] = 2f * uniform.nextUniform() - 1f;
      }
    }
    return values;
  }

  /** Zeros, K x H. */
  static float[] none(NetworkSpec network, int layer, long seed) {
    return new float[network.classes() * network.layers().get(layer).units()];
  }

  /**
   * The transpose of Q, K x H, uniform with deviation 1/sqrt(H): Q[j][k] is number k of the
   * sequence (PROJECTION | layer, j).
   */
  public static float[] projection(NetworkSpec network, int layer, long seed) {
    int units = network.layers().get(layer).units();
    float bound = (float) StrictMath.sqrt(3.0 / units);
    float[] values = new float[network.classes() * units];
    for (int unit = 0; unit < units; unit++) {
      UniformSequence uniform =
          new UniformSequence(seed, RandomStream.PROJECTION.number(layer), unit);
      for (int c = 0; c < network.classes(); c++) {
        values[c * units + unit] = (2f * uniform.nextUniform() - 1f) * bound;
      }
    }
    return values;
  }
}
