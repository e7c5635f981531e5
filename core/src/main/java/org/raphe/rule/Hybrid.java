package org.raphe.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.raphe.InputException;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.tensor.TensorSpec;

/**
 * Local learning below, back-propagation above: of L layers the last N, the read-out among them,
 * learn by back-propagation (spiking: through time) from the read-out's loss; each layer below by a
 * local rule, with signals and traces as under that rule alone. No error crosses the border.
 *
 * <pre>
 *   layers L-N .. L-1   dW = dL/dW of the read-out's loss, as under bp or bptt
 *   layers 0 .. L-N-1   dW = what the local rule makes of G
 * </pre>
 *
 * <p>N = L is bp or bptt itself. With N = 0 every layer learns as under the local rule alone, the
 * read-out included: the same algorithm, with an engine's dense products.
 *
 * @param local the rule of the layers below
 * @param backwardLayers N, at least 0
 */
public record Hybrid(Rule local, int backwardLayers) implements EngineRule {
  private static final String LOCAL_RULE = "local-rule";
  private static final String BACKWARD_LAYERS = "backward-layers";

  /** As many layers as carry an error back once: the read-out and the one below it. */
  private static final int USUAL = 2;

  /**
   * @throws InputException if N is negative, or the layers below learn by no rule of single layers
   */
  public Hybrid {
    if (backwardLayers < 0) {
      throw new InputException(BACKWARD_LAYERS + " must be at least 0, not " + backwardLayers);
    }
    if (local.needsEngine() || !local.descends()) {
      throw new InputException(
          LOCAL_RULE
              + " "
              + local.name()
              + " does not teach single layers; choose naca, drtp, brp, dfa, eprop, local-error or frozen");
    }
  }

  /** The published NACA below two layers that back-propagate. */
  public Hybrid() {
    this(new Naca(), USUAL);
  }

  @Override
  public String name() {
    return "hybrid";
  }

  @Override
  public String source() {
    return "a local rule in the layers below, back-propagation among the last ones";
  }

  @Override
  public int firstBackward(NetworkSpec network) {
    return network.layers().size() - backwardLayers;
  }

  @Override
  public Rule below() {
    return local;
  }

  /**
   * @throws InputException also if it has fewer layers than back-propagate
   */
  @Override
  public void checkFits(NetworkSpec network) {
    EngineRule.super.checkFits(network);
    int layers = network.layers().size();
    if (backwardLayers > layers) {
      throw new InputException(
          BACKWARD_LAYERS
              + " must be at most the layers of "
              + network.text()
              + ", which has "
              + layers
              + ", not "
              + backwardLayers);
    }
    local.checkFits(network);
  }

  /** Back-propagation, where all layers learn by it. */
  @Override
  public Optional<String> sameAs(NetworkSpec network) {
    Rule whole =
        network.neuron() == NeuronModel.RATE
            ? new BackPropagation()
            : new BackPropagationThroughTime();
    return firstBackward(network) == 0 ? Optional.of(whole.name()) : Optional.empty();
  }

  /** The heads of the layers below, where the local rule has some that learn. */
  @Override
  public List<TensorSpec> state(NetworkSpec network) {
    List<TensorSpec> all = local.state(network);
    return all.subList(0, Math.min(all.size(), firstBackward(network)));
  }

  @Override
  public Hybrid with(String setting, String value) {
    if (setting.equals(LOCAL_RULE)) {
      return new Hybrid(Rules.named(value), backwardLayers);
    }
    if (setting.equals(BACKWARD_LAYERS)) {
      return new Hybrid(local, Setting.wholeNumber(setting, value));
    }
    return local.settings().containsKey(setting)
        ? new Hybrid(local.with(setting, value), backwardLayers)
        : (Hybrid) EngineRule.super.with(setting, value);
  }

  /** The local rule's name comes first: its settings are of that rule. */
  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(LOCAL_RULE, local.name());
    settings.put(BACKWARD_LAYERS, backwardLayers);
    settings.putAll(local.settings());
    return settings;
  }
}
