package org.raphe.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.neuromodulation.Expectation;
import org.raphe.neuromodulation.Innervation;
import org.raphe.neuromodulation.InnervationDistribution;
import org.raphe.neuromodulation.ModulationCurve;
import org.raphe.random.Philox;
import org.raphe.random.RandomStream;

class SignalTest {
  private static final NetworkSpec NETWORK =
      NetworkSpec.dense(
          InputShape.vector(4), new int[] {6, 5, 3}, NeuronModel.LIF, Mode.CLASSIFICATION);

  private static float[] signals(Rule rule, int layer) {
    return ((Signal.OfClass) rule.signal()).table(NETWORK, layer, 21);
  }

  @Test
  void nacaModulatesTheLevelsOfTheLayer() {
    Innervation innervation =
        Innervation.draw(21, 1, new Expectation(3), 5, InnervationDistribution.UNIFORM);
    assertArrayEquals(innervation.modulation(ModulationCurve.PUBLISHED), signals(new Naca(), 1));
  }

  @Test
  void projectionIsUniformBetweenMinusOneAndOne() {
    float[] signals = signals(new DirectRandomTargetProjection(), 1);
    assertEquals(15, signals.length);
    int[] words = new int[4];
    for (int k = 0; k < 15; k++) {
      Philox.draw(21, RandomStream.FEEDBACK.number(1), k / 5, 0, k % 5 / 4, words);
      assertEquals(2f * Philox.uniform(words[k % 5 % 4]) - 1f, signals[k]);
    }
  }

  @Test
  void frozenLayersHaveNoSignal() {
    assertFalse(new Frozen().signal().isCredited());
    assertFalse(new Frozen().learns());
    assertTrue(new Naca().signal().isCredited());
  }
}
