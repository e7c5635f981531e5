package org.raphe.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.raphe.OneLine.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Columns;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

class NacaCompetitiveTest {

  private static NetworkSpec rate(String text) {
    return NetworkText.parse(text, NeuronModel.RATE, Mode.CLASSIFICATION);
  }

  private static Placement place(NetworkSpec network, Rule rule) {
    return new Placement(network, LearningSpec.published(network.mode(), rule), 1, 1, 1, 0, 1);
  }

  @Test
  void aLayerIsCutIntoColumnsAndPopulations() {
    Columns columns = rate("7-60-3").withColumns(5, 12, 0.1f).columns().orElseThrow();
    assertEquals(12, columns.count());
    assertEquals(4, columns.ofClass(3));
    assertEquals(100f, columns.inverseSquaredWidth(), 1e-4f);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.1",
    "1, 0, 0.1",
    "1, 1, 0",
    "1, 1, NaN",
    "1, 1, Infinity",
    "1, 1, 1e-20",
    "1, 61, 0.1",
  })
  void unusableColumnsAreRefused(int size, int winners, float width) {
    assertThrows(InputException.class, () -> new Columns(7, 60, size, winners, width));
  }

  @ParameterizedTest
  @CsvSource({
    "-0.1, 0, 1",
    "NaN, 0, 1",
    "0, -1, 1",
    "0, Infinity, 1",
    "0, 0, 0",
    "0, 0, NaN",
    "0, 0, 1e-40"
  })
  void unusableSettingsAreRefused(float conscience, float amnesia, float ridge) {
    assertThrows(
        InputException.class,
        () -> new NacaCompetitive(conscience, amnesia, AssociativeReadout.RLS, ridge));
  }

  @ParameterizedTest
  @CsvSource({
    "7-50-3, 5, 1, choose a multiple of 15 units",
    "7-10-3, 5, 1, choose a multiple of 15 units",
    "7-60-3, 5, 13, 13 columns cannot win among 12",
    "7-60-60-3, 5, 1, one hidden layer",
  })
  void whatIsNoWholeNumberOfColumnsIsRefused(String text, int size, int winners, String part) {
    assertFails(InputException.class, () -> rate(text).withColumns(size, winners, 0.1f), part);
  }

  @Test
  void tooManyColumnsForAMatrixAreRefused() {
    NetworkSpec network = rate("7-8193-3").withColumns(1, 1, 0.1f);
    assertFails(
        InputException.class,
        () -> place(network, new NacaCompetitive().with("readout", "rls")),
        "at most 8192 of them");
    place(network, new NacaCompetitive());
  }

  /** Its hidden layer has no biases, and its gate is made from the batch. */
  @Test
  void gatedAndSpikingNetworksAreRefused() {
    NetworkSpec gated = NetworkText.parse("7-60-3", NeuronModel.RATE, Mode.CLASS_CONTINUAL);
    assertFails(
        InputException.class, () -> gated.withColumns(5, 1, 0.1f), "columns", "gate of their own");
    NetworkSpec spiking = NetworkText.parse("7-60-3", NeuronModel.LIF, Mode.CLASSIFICATION);
    assertFails(InputException.class, () -> spiking.withColumns(5, 1, 0.1f), "rate units");
  }

  @Test
  void theRuleAndColumnsComeTogether() {
    assertFails(
        InputException.class,
        () -> place(rate("7-60-3"), new NacaCompetitive()),
        "naca-competitive needs a hidden layer of columns");
    NetworkSpec columns = rate("7-60-3").withColumns(5, 1, 0.1f);
    assertFails(InputException.class, () -> place(columns, new Naca()), "rule naca", "columns");
    place(columns, new Frozen());
  }

  @Test
  void aRidgeGoesWithLeastSquares() {
    assertFails(
        InputException.class,
        () -> new NacaCompetitive().with("ridge", "0.5"),
        "ridge goes with readout rls, not with winner");
    assertEquals(
        new NacaCompetitive(0.2f, 2f, AssociativeReadout.RLS, 0.5f),
        new NacaCompetitive().with("readout", "rls").with("ridge", "0.5"));
  }
}
