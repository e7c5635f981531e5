package org.raphe.learning;

import java.util.Arrays;
import org.raphe.network.NetworkSpec;
import org.raphe.neuromodulation.Expectation;
import org.raphe.neuromodulation.Innervation;

/**
 * The learning signals of a hidden layer whose rule depends on the expected class alone: G_T =
 * signals[c][j]; 1 where the rule's signal is known only once outputs stand.
 *
 * @param values K x H, row-major, float32
 */
public record ClassSignals(float[] values) {

  /**
   * The signals of layer {@code layer}; null where the rule has none: hidden layers stay as they
   * are, or units compete.
   */
  public static ClassSignals draw(
      NetworkSpec network, LearningSpec learning, int layer, long seed) {
    return switch (learning.rule()) {
      case NACA -> modulation(network, learning, layer, seed);
      case DRTP -> new ClassSignals(FixedFeedback.draw(network, learning.rule(), layer, seed));
      case BRP, DFA, EPROP, NACA_CLOSED -> ones(network, layer);
      case NACA_COMPETITIVE, FROZEN -> null;
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

  /** The signal 1, by which the real one is multiplied later. */
  private static ClassSignals ones(NetworkSpec network, int layer) {
    float[] values = new float[network.classes() * network.layers().get(layer).units()];
    Arrays.fill(values, 1f);
    return new ClassSignals(values);
  }
}
