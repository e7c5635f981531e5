package org.raphe.rule;

import java.util.OptionalDouble;
import org.raphe.InputException;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/**
 * Back-propagation through rate units, to compare with: errors travel back through all layers, on
 * an automatic-differentiation engine.
 *
 * <p>Source: Rumelhart, Hinton, Williams, "Learning representations by back-propagating errors",
 * Nature 323, 1986.
 */
public record BackPropagation() implements EngineRule {
  @Override
  public String name() {
    return "bp";
  }

  @Override
  public String source() {
    return "back-propagation through rate units (Rumelhart, Hinton, Williams 1986)";
  }

  @Override
  public void checkFits(NetworkSpec network) {
    EngineRule.super.checkFits(network);
    if (network.neuron() != NeuronModel.RATE) {
      throw new InputException(
          "rule bp is for rate units, not for " + network.neuron() + "; choose bptt for these");
    }
  }

  /**
   * m n + n k forward; n^2 + k n + n m more for errors and gradients, as Zhang et al. 2023 count.
   */
  @Override
  public OptionalDouble publishedOperations(NetworkSpec network) {
    double first = network.layers().get(0).weights();
    double hidden = network.layers().get(0).units();
    return OptionalDouble.of(hidden * hidden + first + first + network.layers().get(1).weights());
  }
}
