package org.raphe.cost;

import java.util.List;
import java.util.OptionalDouble;
import org.raphe.network.NetworkSpec;
import org.raphe.rule.EngineRule;
import org.raphe.rule.Rule;

/**
 * The cost of Zhang et al. 2023: operations of a one-hidden-layer network m-n-k times the mean
 * epoch by which error levels are passed.
 *
 * <pre>
 *   operations(NACA) = m n + n k
 *   operations(BP) = m n + n^2 + k n + n m
 *   epochs = mean over 5 levels, evenly spaced from the lowest error to 5 %,
 *            of the index of the last epoch whose error is at or above the level
 * </pre>
 *
 * <p>The paper takes the largest of several compared methods' lowest errors; a single run compares
 * with itself alone.
 *
 * @param value the cost; null where the formula does not apply
 * @param reason why it is null; null otherwise
 */
public record PublishedCost(Double value, String reason) {
  private static final String ONE_HIDDEN_LAYER = "the paper's count is for one hidden layer, dense";
  private static final int LEVELS = 5;
  private static final double UPPER_ERROR = 0.05;

  /**
   * The cost of a run.
   *
   * @param errors error after each epoch, as fractions; the first is epoch 1
   */
  public static PublishedCost of(NetworkSpec network, Rule rule, List<Double> errors) {
    OptionalDouble operations = rule.publishedOperations(network);
    if (operations.isEmpty()) {
      return none("the paper gives no operation count for rule " + rule.name());
    }
    return times(network, operations.getAsDouble(), errors);
  }

  /**
   * Operations of one epoch in a class-continual stream, by back-propagation with SGD: 2 (m n + n
   * k); elastic weight consolidation adds K (m n + n k) for K classes.
   */
  public static PublishedCost ofStreamEpoch(NetworkSpec network, Rule rule) {
    if (rule instanceof EngineRule engine && engine.firstBackward(network) > 0) {
      return none("the paper gives no operation count for rule " + rule.name());
    }
    boolean consolidated = rule.consolidates();
    if (!applies(network)) {
      return none(ONE_HIDDEN_LAYER);
    }
    double synapses = network.layers().get(0).weights() + network.layers().get(1).weights();
    return new PublishedCost((2.0 + (consolidated ? network.classes() : 0)) * synapses, null);
  }

  private static boolean applies(NetworkSpec network) {
    return network.layers().size() == 2 && !network.hasConvolutions();
  }

  /** Operations times epochs. */
  private static PublishedCost times(NetworkSpec network, double operations, List<Double> errors) {
    if (!applies(network)) {
      return none(ONE_HIDDEN_LAYER);
    }
    double lowest = errors.stream().mapToDouble(Double::doubleValue).min().orElse(1);
    if (lowest > UPPER_ERROR) {
      return none("the error never fell to " + UPPER_ERROR);
    }
    double epochs = 0;
    for (int level = 0; level < LEVELS; level++) {
      double error = lowest + (UPPER_ERROR - lowest) * level / (LEVELS - 1);
      epochs += (double) lastAtOrAbove(errors, error) / LEVELS;
    }
    return new PublishedCost(operations * epochs, null);
  }

  /** The index, from 1, of the last epoch at or above the level; 0 if there is none. */
  private static int lastAtOrAbove(List<Double> errors, double level) {
    for (int epoch = errors.size(); epoch >= 1; epoch--) {
      if (errors.get(epoch - 1) >= level) {
        return epoch;
      }
    }
    return 0;
  }

  private static PublishedCost none(String reason) {
    return new PublishedCost(null, reason);
  }
}
