package org.raphe.rule;

import org.raphe.InputException;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/**
 * Back-propagation through time through spiking units, with the surrogate ds/du = 1[|u - theta|
 * &lt; lens], on an automatic-differentiation engine.
 *
 * <p>Source: Wu, Deng, Li, Zhu, Shi, "Spatio-temporal backpropagation for training high-performance
 * spiking neural networks", Frontiers in Neuroscience 12, 2018.
 */
public record BackPropagationThroughTime() implements EngineRule {
  @Override
  public String name() {
    return "bptt";
  }

  @Override
  public String source() {
    return "back-propagation through time through spiking units (Wu et al. 2018)";
  }

  @Override
  public void checkFits(NetworkSpec network) {
    EngineRule.super.checkFits(network);
    if (network.neuron() != NeuronModel.LIF) {
      throw new InputException(
          "rule bptt is for spiking units (lif), not for "
              + network.neuron()
              + "; choose bp for these");
    }
  }
}
