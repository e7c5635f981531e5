package org.raphe.continual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.network.LayerParameters;
import org.raphe.network.Parameters;

class WeightChangeTest {
  /** mean |w| = 2, so that r = 0, 0.25 (up), 0.25 (down), 20. */
  @Test
  void changesAreRelativeToTheLayersMeanWeight() {
    WeightChange change =
        WeightChange.of(new float[] {1, -3, 2, -2}, new float[] {1, -2.5f, 1.5f, 38});
    assertEquals(4, change.synapses());
    assertEquals(1, change.unchanged());
    assertEquals(2, change.meanBefore());
    long[] expected = new long[WeightChange.edges().length + 1];
    expected[0] = 1;
    expected[9] = 2;
    expected[13] = 1;
    assertArrayEquals(expected, change.counts());
    assertEquals(0.25, change.shareBelowOnePercent());
  }

  /** A change of exactly an edge belongs above it; mean |w| = 1. */
  @Test
  void onePercentItselfIsNotBelowOnePercent() {
    double[] edges = WeightChange.edges();
    assertEquals(0.01, edges[6]);
    float[] before = {1, 1, -2, 0};
    WeightChange below = WeightChange.of(before, new float[] {1, 1, -2, 0.0078125f});
    assertEquals(1, below.shareBelowOnePercent());
    assertEquals(1, below.counts()[6]);
    WeightChange above = WeightChange.of(before, new float[] {1, 1, -2, 0.015625f});
    assertEquals(0.75, above.shareBelowOnePercent());
    assertEquals(1, above.counts()[7]);
    WeightChange one = WeightChange.of(before, new float[] {1, 1, -2, 1});
    assertEquals(1, edges[10]);
    assertEquals(1, one.counts()[11], "r = 1 lies in [1, 3)");
  }

  @Test
  void changesFromZeroAreRelativeToTheMeanAfter() {
    WeightChange change = WeightChange.of(new float[] {0, 0, 0}, new float[] {0, 1, -5});
    assertEquals(1, change.unchanged());
    assertEquals(0, change.meanBefore());
    assertEquals(2, change.meanAfter());
    long[] expected = new long[WeightChange.edges().length + 1];
    expected[0] = 1;
    expected[10] = 1;
    expected[11] = 1;
    assertArrayEquals(expected, change.counts(), "r = 0, 0.5 and 2.5");
    assertEquals(1 / 3.0, change.shareBelowOnePercent());
    assertNull(WeightChange.of(new float[] {1}, new float[] {2}).meanAfter());
  }

  @Test
  void zerosThatStayZeroHaveNoRelativeChange() {
    WeightChange change = WeightChange.of(new float[] {0, 0}, new float[] {0, 0});
    assertEquals(2, change.unchanged());
    assertNull(change.counts());
    assertNull(change.shareBelowOnePercent());
  }

  @Test
  void everyLayerIsMeasuredAndBiasesAreLeftOut() {
    Parameters before =
        new Parameters(
            List.of(
                new LayerParameters(new float[] {1, 1}, new float[] {5}),
                new LayerParameters(new float[] {2}, null)));
    Parameters after =
        new Parameters(
            List.of(
                new LayerParameters(new float[] {1, 1}, new float[] {9}),
                new LayerParameters(new float[] {3}, null)));
    List<WeightChange> layers = WeightChange.between(before, after);
    assertEquals(2, layers.get(0).unchanged());
    assertEquals(2, layers.get(0).synapses());
    assertEquals(0, layers.get(1).unchanged());
    assertEquals(1, layers.get(1).counts()[10], "r = 0.5 lies in [0.3, 1)");
    assertThrows(IllegalArgumentException.class, () -> WeightChange.of(new float[1], new float[2]));
  }
}
