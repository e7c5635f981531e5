package org.raphe.rule;

import java.util.OptionalDouble;
import org.raphe.network.NetworkSpec;

/**
 * Biologically plausible reward propagation: the target's random projection, less a share of what
 * the unit emits itself, G = B[c] - 5e-4 r.
 *
 * <p>Source: Zhang, Jia, Cheng, Xu, "Tuning convolutional spiking neural network with biologically
 * plausible reward propagation", IEEE Transactions on Neural Networks and Learning Systems, 2021.
 */
public record RewardPropagation() implements Rule {
  @Override
  public String name() {
    return "brp";
  }

  @Override
  public String source() {
    return "biologically plausible reward propagation (Zhang et al. 2021)";
  }

  @Override
  public Signal signal() {
    return new Signal.FadingReward(RandomFeedback::uniform);
  }

  @Override
  public OptionalDouble publishedOperations(NetworkSpec network) {
    return RandomFeedback.publishedOperations(network);
  }
}
