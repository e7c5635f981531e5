package org.raphe.rule;

import java.util.OptionalDouble;
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

  /**
   * Operations of a rule that sends K numbers back by B: m n + 2 n k + k m for a network m-n-k, as
   * Zhang et al. 2023 count.
   */
  static OptionalDouble publishedOperations(NetworkSpec network) {
    double m = network.layers().get(0).inputs();
    double n = network.layers().get(0).units();
    double k = network.classes();
    return OptionalDouble.of(m * n + 2 * n * k + k * m);
  }

  /** Zeros, K x H, H what the layer hands on. */
  static float[] none(NetworkSpec network, int layer, long seed) {
    return new float[network.classes() * network.layers().get(layer).outputs()];
  }

  /**
   * The transpose of Q, K x H, H what the layer hands on, uniform with deviation 1/sqrt(H): Q[j][k]
   * is number k of the sequence (PROJECTION | layer, j).
   */
  public static float[] projection(NetworkSpec network, int layer, long seed) {
    int units = network.layers().get(layer).outputs();
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
