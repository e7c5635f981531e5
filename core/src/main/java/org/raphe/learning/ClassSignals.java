package org.raphe.learning;

import org.raphe.network.NetworkSpec;
import org.raphe.neuromodulation.Expectation;
import org.raphe.neuromodulation.Innervation;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * The learning signals of a hidden layer whose rule depends on the expected class alone: G_T =
 * signals[c][j].
 *
 * @param values K x H, row-major, float32
 */
public record ClassSignals(float[] values) {

  /** The signals of layer {@code layer}; null where the rule leaves hidden layers as they are. */
  public static ClassSignals draw(
      NetworkSpec network, LearningSpec learning, int layer, long seed) {
    return switch (learning.rule()) {
      case NACA -> modulation(network, learning, layer, seed);
      case DRTP -> feedback(network, layer, seed);
      case FROZEN -> null;
    };
  }

  private static ClassSignals modulation(
      NetworkSpec network, LearningSpec learning, int layer, long seed) {
    Innervation innervation =
        Innervation.draw(
            seed,
            layer,
            new Expectation(network.classes()),
            network.layers().get(layer).units(),
            learning.innervation());
    return new ClassSignals(innervation.modulation(learning.curve()));
  }

  /** B[c][j] uniform in [-1, 1) (Frenkel, Lefebvre, Bol 2021). */
  private static ClassSignals feedback(NetworkSpec network, int layer, long seed) {
    int units = network.layers().get(layer).units();
    float[] values = new float[network.classes() * units];
    for (int c = 0; c < network.classes(); c++) {
      UniformSequence uniform = new UniformSequence(seed, RandomStream.FEEDBACK.number(layer), c);
      for (int unit = 0; unit < units; unit++) {
        values[c * units + unit] = 2f * uniform.nextUniform() - 1f;
      }
    }
    return new ClassSignals(values);
  }
}
