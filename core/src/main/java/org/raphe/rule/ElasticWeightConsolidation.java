package org.raphe.rule;

import java.util.Map;
import org.raphe.InputException;
import org.raphe.network.NetworkSpec;

/**
 * Back-propagation, through time where units spike, with elastic weight consolidation between the
 * experiences of a stream: the penalty lambda/2 sum F (w - w*)^2 holds weights to where past
 * experiences left them.
 *
 * <p>Source: Kirkpatrick et al., "Overcoming catastrophic forgetting in neural networks", PNAS 114,
 * 2017.
 *
 * @param lambda weight of the penalty, finite and not negative
 */
public record ElasticWeightConsolidation(double lambda) implements EngineRule {
  private static final String LAMBDA = "ewc-lambda";

  /** The weight that Zhang et al. 2023 compare with. */
  public static final double PUBLISHED_LAMBDA = 5e4;

  public ElasticWeightConsolidation {
    if (!(lambda >= 0 && lambda <= Float.MAX_VALUE)) {
      throw new InputException(LAMBDA + " must be finite and not negative, not " + lambda);
    }
  }

  /** The published weight. */
  public ElasticWeightConsolidation() {
    this(PUBLISHED_LAMBDA);
  }

  @Override
  public String name() {
    return "ewc";
  }

  @Override
  public String source() {
    return "back-propagation with elastic weight consolidation (Kirkpatrick et al. 2017)";
  }

  @Override
  public boolean needsStream() {
    return true;
  }

  @Override
  public boolean consolidates() {
    return true;
  }

  @Override
  public void checkFits(NetworkSpec network) {
    EngineRule.super.checkFits(network);
    if (network.hasConvolutions()) {
      throw new InputException(
          "rule ewc knows no convolutions, whose samples share weights; choose dense layers");
    }
  }

  @Override
  public Rule with(String setting, String value) {
    if (!setting.equals(LAMBDA)) {
      return EngineRule.super.with(setting, value);
    }
    try {
      return new ElasticWeightConsolidation(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      throw new InputException(LAMBDA + " must be a number, not \"" + value + "\"", e);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(LAMBDA, lambda);
  }
}
