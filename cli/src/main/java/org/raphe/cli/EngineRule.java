package org.raphe.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.raphe.InputException;
import org.raphe.learning.Rule;
import org.raphe.network.NeuronModel;

/**
 * Rules to compare with, whose errors travel back through all layers: they run on a {@link
 * TrainingEngine}, not on the backends of the local rules.
 */
enum EngineRule {
  /** Back-propagation through rate units (Rumelhart, Hinton, Williams 1986). */
  BP(NeuronModel.RATE),
  /**
   * Back-propagation through time through spiking units, with the surrogate ds/du = 1[|u - theta|
   * &lt; lens] (Wu, Deng, Li, Zhu, Shi 2018).
   */
  BPTT(NeuronModel.LIF),
  /**
   * Back-propagation, through time where units spike, with elastic weight consolidation
   * (Kirkpatrick et al. 2017) between the experiences of a stream.
   */
  EWC(null);

  private final NeuronModel neuron;

  /**
   * @param neuron the units it is for; null for both kinds
   */
  EngineRule(NeuronModel neuron) {
    this.neuron = neuron;
  }

  /** The rule that a user's {@code --rule} names; null if it is none of an engine. */
  static EngineRule named(String name) {
    for (EngineRule rule : values()) {
      if (rule.toString().equalsIgnoreCase(name)) {
        return rule;
      }
    }
    return null;
  }

  /**
   * The rule that stands in a plan. What no local signal teaches stands there as frozen: an
   * engine's rule is kept beside it.
   *
   * @param name a user's {@code --rule}
   * @throws InputException if there is no such rule
   */
  static Rule inPlan(String name) {
    if (named(name) != null) {
      return Rule.FROZEN;
    }
    for (Rule known : Rule.values()) {
      if (known.toString().equalsIgnoreCase(name)) {
        return known;
      }
    }
    throw new InputException(
        "--rule \""
            + name
            + "\" is unknown; choose one of "
            + Stream.concat(Arrays.stream(Rule.values()), Arrays.stream(values()))
                .map(Object::toString)
                .collect(Collectors.joining(", ")));
  }

  /**
   * Checks that the rule is for these units.
   *
   * @throws InputException if it is not
   */
  void checkNeuron(NeuronModel asked) {
    if (neuron != null && asked != neuron) {
      throw new InputException("--rule " + this + " is for --neuron " + neuron + ", not " + asked);
    }
  }

  /**
   * Checks that one training run, which is no stream, can be learned by it.
   *
   * @throws InputException if it is made for streams
   */
  void checkOutsideStreams() {
    if (this == EWC) {
      throw new InputException(
          "--rule ewc holds what past experiences need, and train has one; choose raphe continual --rule ewc, or bp or bptt");
    }
  }

  /**
   * The engine on the class path.
   *
   * @throws InputException if there is none
   */
  TrainingEngine engine() {
    return ServiceLoader.load(TrainingEngine.class)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "--rule "
                        + this
                        + " runs on the tensor engine, which "
                        + OptionalModule.TENSOR_ENGINE.absence()));
  }

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
