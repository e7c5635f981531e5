package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.backend.cpu.LearnedColumns.ascending;
import static org.raphe.backend.cpu.LearnedColumns.dot;
import static org.raphe.backend.cpu.LearnedColumns.ofClass;
import static org.raphe.backend.cpu.ReferenceColumns.bits;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.data.Samples;
import org.raphe.network.Parameters;
import org.raphe.rule.AssociativeReadout;

/** What competing columns promise, whatever the order of their operations. */
class CompetingColumnsTest {
  private static final int SIZE = 90;
  private static final int INPUTS = 37;
  private static final int CLASSES = 3;

  private static ColumnsCase given(
      int column, int ofClass, float conscience, float amnesia, AssociativeReadout readout) {
    Competition competition = ColumnsCase.competition(column, conscience, amnesia, readout);
    return new ColumnsCase(INPUTS, ofClass, CLASSES, 16, 2, competition);
  }

  @ParameterizedTest
  @CsvSource({"WINNER, 1", "WINNER, 5", "RLS, 1", "RLS, 5"})
  void aClassTouchesNoOtherClasssColumns(AssociativeReadout readout, int column) {
    ColumnsCase given = given(column, 4, 0.06f, 2f, readout);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(given.samples(SIZE, 3), ascending(SIZE));
      Parameters before = learned.parameters();
      float[] talliesBefore = learned.tallies();
      Samples more = given.samples(SIZE, 4);
      learned.learn(more, ofClass(more, 1));
      int changed = 0;
      for (int unit = 0; unit < talliesBefore.length; unit++) {
        int[] was = bits(LearnedColumns.vector(before.layers().get(0), unit));
        int[] is = bits(learned.vector(unit));
        if (unit / (column * 4) == 1) {
          changed += Arrays.equals(was, is) ? 0 : 1;
        } else {
          assertArrayEquals(was, is, "unit " + unit);
          assertEquals(before.layers().get(0).biases()[unit], learned.biases()[unit]);
          assertEquals(talliesBefore[unit], learned.tallies()[unit]);
        }
      }
      assertTrue(changed >= 2 * column, changed + " units of class 1 learned");
    }
  }

  /** A synapse of the read-out leads from a column's centre to a class. */
  @Test
  void theWinnerIsJoinedToItsOwnClassAlone() {
    ColumnsCase given = given(5, 4, 0.06f, 2f, AssociativeReadout.WINNER);
    Samples samples = given.samples(SIZE, 3);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      for (int label : new int[] {2, 0}) {
        int[] before = bits(learned.parameters().layers().get(1).weights());
        learned.learn(samples, ofClass(samples, label));
        float[] now = learned.parameters().layers().get(1).weights();
        for (int k = 0; k < now.length; k++) {
          boolean own = k % CLASSES == label && k / CLASSES % 5 == 0;
          own &= k / CLASSES / 5 / 4 == label;
          assertEquals(own ? 1f : Float.intBitsToFloat(before[k]), now[k], "synapse " + k);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputsDependOnNoOtherSampleOfTheirBatch(AssociativeReadout readout) {
    Competition competition = ColumnsCase.competition(4, 0.06f, 2f, readout);
    ColumnsCase given = new ColumnsCase(INPUTS, 4, CLASSES, SIZE, 3, competition);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      Samples samples = given.samples(SIZE, 5);
      learned.learn(samples, ascending(SIZE)).learn(samples, ascending(SIZE));
      Samples others = given.samples(SIZE, 6);
      String before = learned.parameters().sha256();
      int[][] whole = learned.outputs(others, ascending(SIZE), SIZE);
      int[] shuffled = new int[SIZE];
      Arrays.setAll(shuffled, k -> (k * 77 + 31) % SIZE);
      for (int batch : new int[] {1, 7, SIZE}) {
        assertArrayEquals(whole, learned.outputs(others, ascending(SIZE), batch));
        assertArrayEquals(whole, learned.outputs(others, shuffled, batch));
      }
      assertTrue(Arrays.stream(whole).map(Arrays::toString).distinct().count() > SIZE / 2);
      assertEquals(before, learned.parameters().sha256(), "testing learns nothing");
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, 2f, 20f})
  void directionsAreOrthonormal(float amnesia) {
    ColumnsCase given = given(6, 2, 0.06f, amnesia, AssociativeReadout.WINNER);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(given.samples(400, 7), ascending(400));
      for (int unit = 0; unit < learned.tallies().length; unit++) {
        if (unit % 6 > 0) {
          assertTrue(learned.tallies()[unit] > 0, "unit " + unit + " is a direction");
          float[] direction = learned.vector(unit);
          assertEquals(1, dot(direction, direction), 1e-5);
          for (int other = unit / 6 * 6 + 1; other < unit; other++) {
            assertEquals(0, dot(direction, learned.vector(other)), 1e-5);
          }
          float[] centre = learned.vector(unit / 6 * 6);
          assertEquals(-dot(centre, direction), learned.biases()[unit], 1e-5);
        }
      }
    }
  }

  /** Whatever the read-out holds of it, and although more columns may win than hold anything. */
  @Test
  void aColumnThatNeverWonIsSilent() {
    ColumnsCase given = given(2, 4, 0f, 2f, AssociativeReadout.WINNER);
    Samples samples = given.samples(SIZE, 8);
    int[] first = {ofClass(samples, 0)[1], ofClass(samples, 2)[1]};
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(samples, first);
      learned.placed.takeCounters();
      int[][] before = learned.outputs(samples, ascending(SIZE), 16);
      assertEquals(2L * SIZE, learned.placed.takeCounters().activeInputs()[1]);
      Parameters parameters = learned.parameters();
      float[] wins = learned.wins();
      int rows = 2 * CLASSES;
      for (int m = 0; m < wins.length; m++) {
        if (wins[m] == 0f) {
          Arrays.fill(parameters.layers().get(1).weights(), m * rows, (m + 1) * rows, 1e3f);
        }
      }
      learned.placed.writeParameters(parameters);
      assertArrayEquals(before, learned.outputs(samples, ascending(SIZE), 16));
    }
  }

  /** With one column a class, and in sum over columns whoever won. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void withoutAmnesiaACentreIsTheMeanOfItsSamples(int ofClass) {
    ColumnsCase given = given(1, ofClass, 0.06f, 0f, AssociativeReadout.WINNER);
    Samples samples = given.samples(SIZE, 9);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(samples, ascending(SIZE));
      for (int label = 0; label < CLASSES; label++) {
        double[] left = new double[INPUTS];
        float won = 0;
        for (int m = label * ofClass; m < (label + 1) * ofClass; m++) {
          won += learned.wins()[m];
          for (int input = 0; input < INPUTS; input++) {
            left[input] += (double) learned.wins()[m] * learned.vector(m)[input];
          }
        }
        int[] own = ofClass(samples, label);
        assertEquals(own.length, won);
        for (int input = 0; input < INPUTS; input++) {
          for (int sample : own) {
            left[input] -= samples.feature(sample, input);
          }
          assertEquals(0, left[input] / own.length, 1e-6);
        }
      }
    }
  }

  @Test
  void conscienceSpreadsWins() {
    float free = mostWins(0f);
    float even = mostWins(4f);
    assertTrue(even < 1.2f * 200 / 4, "with a conscience one of four won " + even + " of 200");
    assertTrue(free > 1.5f * even, free + " without, " + even + " with");
  }

  /** Most wins of four columns over 200 samples of one class, nine in ten of them at one corner. */
  private static float mostWins(float conscience) {
    Competition competition = ColumnsCase.competition(1, conscience, 2f, AssociativeReadout.WINNER);
    ColumnsCase given = new ColumnsCase(8, 4, 2, 8, 1, competition);
    SplittableRandom random = new SplittableRandom(10);
    float[] features = new float[200 * 8];
    for (int sample = 0; sample < 200; sample++) {
      int corner = sample < 4 || sample % 10 == 9 ? sample % 8 : 0;
      for (int input = 0; input < 8; input++) {
        features[sample * 8 + input] = (input == corner ? 1f : 0f) + 0.01f * random.nextInt(5);
      }
    }
    Samples samples = Samples.ofFeatures("one", given.network().input(), 2, features, new int[200]);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(samples, ascending(200));
      float most = 0;
      for (float won : learned.wins()) {
        most = Math.max(most, won);
      }
      return most;
    }
  }
}
