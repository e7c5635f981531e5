package org.raphe.learning;

import org.raphe.network.Mode;
import org.raphe.rule.NacaCompetitive;
import org.raphe.rule.Rule;

/**
 * How a network learns.
 *
 * @param rule how hidden layers learn
 * @param hidden optimizer of hidden layers
 * @param readout optimizer of the read-out
 * @param loss what the read-out descends
 * @param gain what multiplies the broadcast level's effect on a sample
 */
public record LearningSpec(
    Rule rule, Optimizer hidden, Optimizer readout, ReadoutLoss loss, SignalGain gain) {

  /**
   * The published settings of a mode: Adam 1e-4 and mean-squared error, or SGD 5e-4 and the last
   * step's error.
   */
  public static LearningSpec published(Mode mode, Rule rule) {
    boolean classification = mode == Mode.CLASSIFICATION;
    Optimizer optimizer = classification ? Optimizer.Adam.of(1e-4) : new Optimizer.Sgd(5e-4);
    return new LearningSpec(
        rule,
        optimizer,
        optimizer,
        classification ? ReadoutLoss.PUBLISHED : ReadoutLoss.CONTINUAL,
        SignalGain.CONSTANT);
  }

  /** Competing columns. Nothing descends a gradient: optimizer and loss are not used. */
  public static LearningSpec competitive(NacaCompetitive rule) {
    Optimizer none = new Optimizer.Sgd(1);
    return new LearningSpec(rule, none, none, ReadoutLoss.PUBLISHED, SignalGain.CONSTANT);
  }

  /** The same with another rule. */
  public LearningSpec withRule(Rule other) {
    return new LearningSpec(other, hidden, readout, loss, gain);
  }

  /** The same with one optimizer for every layer. */
  public LearningSpec withOptimizer(Optimizer optimizer) {
    return new LearningSpec(rule, optimizer, optimizer, loss, gain);
  }

  /** The optimizer of a layer. */
  public Optimizer optimizer(boolean isReadout) {
    return isReadout ? readout : hidden;
  }
}
