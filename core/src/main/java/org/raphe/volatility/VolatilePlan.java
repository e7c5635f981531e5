package org.raphe.volatility;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;

/**
 * What learns a volatile stream.
 *
 * @param placement the network, whose last hidden layer's activity learners read; its own read-out
 *     learns beside its hidden layers, which some rules need
 * @param plasticSamples samples by which hidden layers learn, before their plasticity gate closes
 * @param learners at least one, the first under modulators
 */
public record VolatilePlan(Placement placement, int plasticSamples, List<LearnerSpec> learners) {

  public VolatilePlan {
    learners = List.copyOf(learners);
    NetworkSpec network = placement.network();
    if (network.mode() != Mode.CLASSIFICATION || network.columns().isPresent()) {
      throw new InputException(
          "a volatile stream is read from dense hidden layers without an input-type gate; choose a rule that teaches such");
    }
    if (placement.learning().rule().needsEngine()) {
      throw new InputException(
          "rule "
              + placement.learning().rule().name()
              + " learns on the tensor engine, which hands on no hidden activity batch by batch; choose a local rule");
    }
    if (plasticSamples < 0) {
      throw new InputException(
          "hidden layers learn from at least 0 samples, not " + plasticSamples);
    }
    if (learners.isEmpty() || !(learners.get(0) instanceof LearnerSpec.Modulated)) {
      throw new IllegalArgumentException("the first learner is a bank under modulators");
    }
    Set<String> names = new HashSet<>();
    for (LearnerSpec learner : learners) {
      if (!names.add(learner.name())) {
        throw new InputException("two learners are called " + learner.name() + "; name one once");
      }
    }
  }

  /** The hidden layer that learners read: the last. */
  public int hiddenLayer() {
    return placement.network().layers().size() - 2;
  }

  /** H. */
  public int hiddenUnits() {
    return placement.network().layers().get(hiddenLayer()).units();
  }
}
