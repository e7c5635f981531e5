package org.raphe.learning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.raphe.OneLine.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

class CompetitionTest {

  private static Competition competition(int column, int winners, AssociativeReadout readout) {
    return new Competition(column, winners, 0.1f, 0f, 0f, readout, 1f);
  }

  private static Placement place(Competition competition, String text, Mode mode) {
    return new Placement(
        NetworkText.parse(text, NeuronModel.RATE, mode),
        LearningSpec.competitive(competition),
        1,
        1,
        1,
        0,
        1);
  }

  @Test
  void aLayerIsCutIntoColumnsAndPopulations() {
    Competition competition = competition(5, 12, AssociativeReadout.WINNER);
    Placement placement = place(competition, "7-60-3", Mode.CLASSIFICATION);
    assertEquals(12, competition.columns(placement.network()));
    assertEquals(4, competition.columnsOfClass(placement.network()));
    assertEquals(100f, competition.inverseSquaredWidth(), 1e-4f);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0.1, 0, 0, 1",
    "1, 0, 0.1, 0, 0, 1",
    "1, 1, 0, 0, 0, 1",
    "1, 1, NaN, 0, 0, 1",
    "1, 1, Infinity, 0, 0, 1",
    "1, 1, 1e-20, 0, 0, 1",
    "1, 1, 0.1, -0.1, 0, 1",
    "1, 1, 0.1, NaN, 0, 1",
    "1, 1, 0.1, 0, -1, 1",
    "1, 1, 0.1, 0, Infinity, 1",
    "1, 1, 0.1, 0, 0, 0",
    "1, 1, 0.1, 0, 0, NaN",
    "1, 1, 0.1, 0, 0, 1e-40"
  })
  void unusableSettingsAreRefused(
      int column, int winners, float width, float conscience, float amnesia, float ridge) {
    assertThrows(
        InputException.class,
        () ->
            new Competition(
                column, winners, width, conscience, amnesia, AssociativeReadout.RLS, ridge));
  }

  @ParameterizedTest
  @CsvSource({
    "7-50-3, 5, 1, WINNER, choose a multiple of 15 units",
    "7-10-3, 5, 1, WINNER, choose a multiple of 15 units",
    "7-60-3, 5, 13, WINNER, 13 columns cannot win among 12",
    "7-60-60-3, 5, 1, WINNER, one hidden layer",
    "7-8193-3, 1, 1, RLS, at most 8192 of them",
  })
  void whatDoesNotFitIsRefused(
      String network, int column, int winners, AssociativeReadout readout, String part) {
    assertFails(
        InputException.class,
        () -> place(competition(column, winners, readout), network, Mode.CLASSIFICATION),
        part);
  }

  /** Its hidden layer has no biases, and its gate is made from the batch. */
  @Test
  void theGatedNetworkIsRefused() {
    assertFails(
        InputException.class,
        () -> place(competition(5, 1, AssociativeReadout.WINNER), "7-60-3", Mode.CLASS_CONTINUAL),
        "naca-competitive",
        "gate of its own");
  }

  @Test
  void theRuleAndItsCompetitionComeTogether() {
    assertFails(
        InputException.class,
        () -> LearningSpec.published(Mode.CLASSIFICATION, Rule.NACA_COMPETITIVE),
        "naca-competitive needs a competition");
    LearningSpec competitive =
        LearningSpec.competitive(competition(1, 1, AssociativeReadout.WINNER));
    assertFails(
        InputException.class,
        () ->
            new LearningSpec(
                Rule.NACA,
                competitive.hidden(),
                competitive.readout(),
                competitive.loss(),
                competitive.curve(),
                competitive.innervation(),
                competitive.gain(),
                competitive.competition()),
        "not under naca");
  }
}
