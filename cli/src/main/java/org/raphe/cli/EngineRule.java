package org.raphe.cli;

import java.util.Locale;
import java.util.ServiceLoader;
import org.raphe.InputException;
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
  BPTT(NeuronModel.LIF);

  private final NeuronModel neuron;

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
   * Checks that the rule is for these units.
   *
   * @throws InputException if it is not
   */
  void checkNeuron(NeuronModel asked) {
    if (asked != neuron) {
      throw new InputException("--rule " + this + " is for --neuron " + neuron + ", not " + asked);
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
                        + " needs the tensor engine, which is not on the class path; ./raphe puts it there when --rule "
                        + this
                        + " is typed on its command line"));
  }

  /** The name users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
