package org.raphe.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/**
 * Continual back-propagation: descent that keeps replacing the least useful units of hidden layers,
 * a few in a long while, so that a network goes on being able to learn. With a rate of 0 nothing is
 * replaced, and with weight decay that is back-propagation with L2.
 *
 * <pre>
 *   u_i &lt;- eta u_i + (1 - eta) mean_b |h_i| sum_k |w_ik|      after each batch, w_ik outgoing, eta 0.99
 *   of the units older than the maturity, a share rho a batch is replaced: least u_i / (1 - eta^age) first
 *   a new unit: incoming weights as drawn at first, bias and outgoing weights 0, u and age 0
 * </pre>
 *
 * <p>Source: Dohare, Hernandez-Garcia, Lan, Rahman, Mahmood, Sutton, "Loss of plasticity in deep
 * continual learning", Nature 632, 2024, algorithm 1.
 *
 * @param weightDecay lambda of L2: the gradient of a weight has lambda w added
 * @param replacementRate rho, in [0, 1]
 * @param maturity batches before which a unit is not replaced
 */
public record ContinualBackPropagation(double weightDecay, double replacementRate, int maturity)
    implements EngineRule {
  /** eta. */
  public static final double UTILITY_DECAY = 0.99;

  private static final String DECAY = "weight-decay";
  private static final String REPLACEMENT = "replacement-rate";
  private static final String MATURITY = "maturity";

  public ContinualBackPropagation {
    if (!(weightDecay >= 0 && weightDecay <= Float.MAX_VALUE)) {
      throw new InputException(DECAY + " must be finite and not negative, not " + weightDecay);
    }
    if (!(replacementRate >= 0 && replacementRate <= 1)) {
      throw new InputException(REPLACEMENT + " lies in [0, 1], not at " + replacementRate);
    }
    if (maturity < 1) {
      throw new InputException(MATURITY + " must be at least 1 batch, not " + maturity);
    }
  }

  /** No weight decay, rate 1e-4, maturity 100. */
  public ContinualBackPropagation() {
    this(0, 1e-4, 100);
  }

  @Override
  public String name() {
    return "cbp";
  }

  @Override
  public String source() {
    return "continual back-propagation, which replaces the least useful units (Dohare et al. 2024)";
  }

  @Override
  public void checkFits(NetworkSpec network) {
    EngineRule.super.checkFits(network);
    if (network.neuron() != NeuronModel.RATE || network.hasConvolutions()) {
      throw new InputException("rule cbp is for rate units in dense layers; choose such a network");
    }
  }

  @Override
  public Rule with(String setting, String value) {
    return switch (setting) {
      case DECAY ->
          new ContinualBackPropagation(Setting.decimal(setting, value), replacementRate, maturity);
      case REPLACEMENT ->
          new ContinualBackPropagation(weightDecay, Setting.decimal(setting, value), maturity);
      case MATURITY ->
          new ContinualBackPropagation(
              weightDecay, replacementRate, Setting.wholeNumber(setting, value));
      default -> EngineRule.super.with(setting, value);
    };
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(DECAY, weightDecay);
    settings.put(REPLACEMENT, replacementRate);
    settings.put(MATURITY, maturity);
    return settings;
  }
}
