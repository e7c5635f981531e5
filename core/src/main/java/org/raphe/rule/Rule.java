package org.raphe.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.raphe.InputException;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.tensor.TensorSpec;

/**
 * How hidden layers learn: one record a rule, which holds the rule's own settings. The read-out
 * learns from its own error under every rule, unless the rule says otherwise.
 *
 * <p>A rule of one's own implements {@link #name} and {@link #signal}; it then runs on every
 * backend, to the same bits.
 */
public interface Rule {

  /** The name users type, such as {@code naca}. */
  String name();

  /** Whose rule it is, in a few words for help and reports: what it does, authors and year. */
  String source();

  /** The learning signal of a hidden unit. */
  default Signal signal() {
    return new Signal.None();
  }

  /** Along which trace a spiking unit's signal is credited. */
  default Trace trace() {
    return Trace.RESET;
  }

  /** Whether hidden layers learn at all. */
  default boolean learns() {
    return !(signal() instanceof Signal.None);
  }

  /** Whether the read-out descends its error; else the rule has a way of its own. */
  default boolean descends() {
    return true;
  }

  /** Whether it runs on an automatic-differentiation engine, not on the backends' own kernels. */
  default boolean needsEngine() {
    return false;
  }

  /** Where the same seed gives the same bits. */
  default SameBits sameBits() {
    return SameBits.ON_EVERY_BACKEND;
  }

  /** Whether it is learned in a stream of experiences only. */
  default boolean needsStream() {
    return false;
  }

  /**
   * Whether what it keeps of past experiences holds weights back when the next ones are learned.
   */
  default boolean consolidates() {
    return false;
  }

  /**
   * The rule with one of its settings changed.
   *
   * @param setting its name, such as {@code theta-max}
   * @param value as users type it
   * @throws InputException if the rule has no such setting, or it takes no such value
   */
  default Rule with(String setting, String value) {
    throw new InputException(
        "rule "
            + name()
            + " has no setting "
            + setting
            + (settings().isEmpty() ? "" : "; it has " + String.join(", ", settings().keySet())));
  }

  /**
   * The rule with some of its settings changed, in their order.
   *
   * @param given values by setting, as users type them
   * @throws InputException as {@link #with(String, String)}
   */
  default Rule with(Map<String, Object> given) {
    Rule set = this;
    for (Map.Entry<String, Object> setting : given.entrySet()) {
      set = set.with(setting.getKey(), setting.getValue().toString());
    }
    return set;
  }

  /** Its settings and their values as users type them, for provenance. */
  default Map<String, Object> settings() {
    return Map.of();
  }

  /**
   * The rule that computes the same for a network's units, to the same bits; empty where this one
   * stands for itself.
   */
  default Optional<String> sameAs(NetworkSpec network) {
    return Optional.empty();
  }

  /**
   * Checks that the rule can teach a network.
   *
   * @throws InputException if it cannot
   */
  default void checkFits(NetworkSpec network) {
    if (network.columns().isPresent() && learns()) {
      throw new InputException(
          "rule "
              + name()
              + " teaches units of their own, but those of this network are in columns");
    }
  }

  /**
   * What it learns beside the network's parameters, such as a layer's own head: names and shapes.
   * All of it is 0 before any sample and has the moments of an optimizer that keeps some. Names
   * begin with that of the layer that learns it, such as {@code layers.0.head}.
   */
  default List<TensorSpec> state(NetworkSpec network) {
    return List.of();
  }

  /** Weights before any sample. */
  default Parameters initialParameters(NetworkSpec network, long seed) {
    return Parameters.draw(network, seed);
  }

  /**
   * Operations that its authors, or Zhang et al. 2023 for it, count for one epoch of a network of
   * one hidden layer; empty where the paper gives no count.
   */
  default OptionalDouble publishedOperations(NetworkSpec network) {
    return OptionalDouble.empty();
  }
}
