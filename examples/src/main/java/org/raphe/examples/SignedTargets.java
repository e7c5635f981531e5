package org.raphe.examples;

import org.raphe.network.NetworkSpec;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;
import org.raphe.rule.Rule;
import org.raphe.rule.Signal;

/**
 * A rule of one's own: each class drives each hidden unit up or down, G = B[c] with B drawn from -1
 * and 1. It is direct random target projection (Frenkel, Lefebvre, Bol 2021) with the sign alone of
 * its numbers.
 */
public record SignedTargets() implements Rule {
  @Override
  public String name() {
    return "signed-targets";
  }

  @Override
  public String source() {
    return "random signs of the target, after Frenkel, Lefebvre, Bol 2021";
  }

  @Override
  public Signal signal() {
    return new Signal.Target(SignedTargets::signs);
  }

  /** B, K x H: row c is drawn from the sequence (FEEDBACK | layer, c) of the seed. */
  private static float[] signs(NetworkSpec network, int layer, long seed) {
    int units = network.layers().get(layer).units();
    float[] table = new float[network.classes() * units];
    for (int c = 0; c < network.classes(); c++) {
      UniformSequence uniform = new UniformSequence(seed, RandomStream.FEEDBACK.number(layer), c);
      for (int unit = 0; unit < units; unit++) {
        table[c * units + unit] = uniform.nextUniform() < 0.5f ? -1f : 1f;
      }
    }
    return table;
  }
}
