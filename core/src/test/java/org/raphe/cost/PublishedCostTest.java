package org.raphe.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Naca;

/** For m-n-k = 3-4-2 the operations are 3 4 + 4 2 = 20. */
class PublishedCostTest {
  private static final NetworkSpec NETWORK =
      NetworkText.parse("3-4-2", NeuronModel.LIF, Mode.CLASSIFICATION);

  private static PublishedCost of(Double... errors) {
    return PublishedCost.of(NETWORK, new Naca(), List.of(errors));
  }

  /**
   * Levels 0.01, 0.02, 0.03, 0.04, 0.05; the last epochs at or above them are 4 (0.01 itself), 3
   * (0.025), 2 (0.035), 1 (0.10), 1.
   */
  @Test
  void aFallingCurve() {
    PublishedCost cost = of(0.10, 0.035, 0.025, 0.01);
    assertEquals(20 * (4 + 3 + 2 + 1 + 1) / 5.0, cost.value(), 1e-9);
    assertNull(cost.reason());
  }

  /** The last epoch above a level counts, although an earlier one was below it: 5, 5, 5, 5, 1. */
  @Test
  void aCurveThatRisesAgain() {
    assertEquals(20 * (5 + 5 + 5 + 5 + 1) / 5.0, of(0.2, 0.01, 0.02, 0.01, 0.045).value(), 1e-9);
  }

  /** Below 5 % from the first epoch on: levels above are passed at epoch 0: 2, 0, 0, 0, 0. */
  @Test
  void aCurveThatBeginsBelow() {
    assertEquals(20 * 2 / 5.0, of(0.010, 0.010).value(), 1e-9);
  }

  /** All five levels are 0.05. */
  @Test
  void aCurveThatEndsAtFivePercent() {
    assertEquals(20 * 3.0, of(0.5, 0.3, 0.05).value(), 1e-9);
  }

  @Test
  void whereItDoesNotApplyItIsNullWithAReason() {
    PublishedCost never = of(0.9, 0.06);
    assertNull(never.value());
    assertTrue(never.reason().contains("never fell"), never.reason());
    PublishedCost rule =
        PublishedCost.of(NETWORK, new DirectRandomTargetProjection(), List.of(0.01));
    assertNull(rule.value());
    assertTrue(rule.reason().contains("drtp"), rule.reason());
    NetworkSpec deep = NetworkText.parse("3-4-4-2", NeuronModel.LIF, Mode.CLASSIFICATION);
    PublishedCost layers = PublishedCost.of(deep, new Naca(), List.of(0.01));
    assertNull(layers.value());
    assertTrue(layers.reason().contains("one hidden layer"), layers.reason());
  }
}
