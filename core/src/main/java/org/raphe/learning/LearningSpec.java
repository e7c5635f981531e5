package org.raphe.learning;

import org.raphe.InputException;
import org.raphe.network.Mode;
import org.raphe.neuromodulation.InnervationDistribution;
import org.raphe.neuromodulation.ModulationCurve;

/**
 * How a network learns.
 *
 * @param rule learning signal of hidden layers
 * @param hidden optimizer of hidden layers
 * @param readout optimizer of the read-out
 * @param loss what the read-out descends
 * @param curve modulation f(n)
 * @param innervation distribution of NI
 * @param gain what multiplies the broadcast level's effect on a sample
 * @param competition how columns compete and are read; null unless the rule is naca-competitive
 */
public record LearningSpec(
    Rule rule,
    Optimizer hidden,
    Optimizer readout,
    ReadoutLoss loss,
    ModulationCurve curve,
    InnervationDistribution innervation,
    SignalGain gain,
    Competition competition) {

  public LearningSpec {
    if (rule == Rule.NACA_COMPETITIVE && competition == null) {
      throw new InputException(rule + " needs a competition: LearningSpec.competitive");
    }
    if (rule != Rule.NACA_COMPETITIVE && competition != null) {
      throw new InputException(
          "columns compete under " + Rule.NACA_COMPETITIVE + ", not under " + rule);
    }
  }

  /** A rule without competition. */
  public LearningSpec(
      Rule rule,
      Optimizer hidden,
      Optimizer readout,
      ReadoutLoss loss,
      ModulationCurve curve,
      InnervationDistribution innervation,
      SignalGain gain) {
    this(rule, hidden, readout, loss, curve, innervation, gain, null);
  }

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
        ModulationCurve.PUBLISHED,
        InnervationDistribution.UNIFORM,
        SignalGain.CONSTANT);
  }

  /** Competing columns. Nothing descends a gradient: optimizer and loss are not used. */
  public static LearningSpec competitive(Competition competition) {
    Optimizer none = new Optimizer.Sgd(1);
    return new LearningSpec(
        Rule.NACA_COMPETITIVE,
        none,
        none,
        ReadoutLoss.PUBLISHED,
        ModulationCurve.PUBLISHED,
        InnervationDistribution.UNIFORM,
        SignalGain.CONSTANT,
        competition);
  }

  /** The same with one optimizer for every layer. */
  public LearningSpec withOptimizer(Optimizer optimizer) {
    return new LearningSpec(
        rule, optimizer, optimizer, loss, curve, innervation, gain, competition);
  }

  /** The optimizer of a layer. */
  public Optimizer optimizer(boolean isReadout) {
    return isReadout ? readout : hidden;
  }
}
