package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;

/** A column whose score is NaN is not chosen, and where all are, no column is. */
class NanScoresTest {
  private static final float NAN = Float.NaN;

  private static ColumnCompetition columns() {
    NetworkSpec network = NetworkText.parse("3-4-2", NeuronModel.RATE, Mode.CLASSIFICATION);
    return new ColumnCompetition(network.withColumns(1, 2, 1f), 0f);
  }

  private static float[] activations(int expected, float... scores) {
    float[] activations = {7f, 7f, 7f, 7f};
    assertEquals(
        expected, columns().activate(scores, 0, new float[] {-1f, -1f, -1f, -1f}, activations));
    return activations;
  }

  @Test
  void onlyNumbersAreActive() {
    assertArrayEquals(new float[4], activations(0, NAN, NAN, NAN, NAN));
    assertArrayEquals(new float[] {0f, 0f, 1f, 0f}, activations(1, NAN, NAN, -3f, NAN));
    assertArrayEquals(new float[] {0f, 1f, 0f, 1f}, activations(2, NAN, 2f, NAN, 2f));
  }

  private static int winner(float[] wins, float... scores) {
    int[] winners = {99};
    columns().compete(0, new int[] {0}, 1, scores, wins, winners);
    return winners[0];
  }

  @Test
  void onlyNumbersWin() {
    float[] wins = {2f, 1f, 5f, 5f};
    assertEquals(ColumnCompetition.NO_COLUMN, winner(wins, NAN, NAN, 1f, 1f));
    assertArrayEquals(new float[] {2f, 1f, 5f, 5f}, wins);
    assertEquals(1, winner(wins, NAN, -5f, 9f, 9f));
    assertArrayEquals(new float[] {2f, 2f, 5f, 5f}, wins);
    assertEquals(0, winner(wins, -6f, NAN, 9f, 9f));
  }

  /** It has no score yet to be judged by. */
  @Test
  void aColumnThatNeverWonWinsWhateverItsScore() {
    assertEquals(1, winner(new float[] {3f, 0f, 0f, 0f}, NAN, NAN, NAN, NAN));
  }
}
