package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.backend.cpu.LearnedColumns.ascending;
import static org.raphe.backend.cpu.LearnedColumns.ofClass;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.data.Samples;
import org.raphe.network.LayerParameters;
import org.raphe.rule.AssociativeReadout;

/** Columns that are shown nothing, the same over and over, or less than they could hold. */
class FewSamplesOfColumnsTest {

  private static ColumnsCase given(int column, int batch, AssociativeReadout readout) {
    return new ColumnsCase(4, 2, 2, batch, 1, ColumnsCase.competition(column, 0.1f, 2f, readout));
  }

  /** All of class 0. */
  private static Samples samples(ColumnsCase given, float[]... rows) {
    float[] features = new float[rows.length * given.inputs()];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(rows[k], 0, features, k * given.inputs(), given.inputs());
    }
    return Samples.ofFeatures(
        "few", given.network().input(), given.classes(), features, new int[rows.length]);
  }

  private static void assertFinite(LearnedColumns learned) {
    for (LayerParameters layer : learned.parameters().layers()) {
      for (float value : layer.weights()) {
        assertTrue(Float.isFinite(value));
      }
      for (float value : layer.biases()) {
        assertTrue(Float.isFinite(value));
      }
    }
  }

  /** It takes a column, whose centre is then 0, as that of a column that holds nothing. */
  @ParameterizedTest
  @EnumSource
  void aColumnOfNothingButZerosStaysSilent(AssociativeReadout readout) {
    ColumnsCase given = given(2, 2, readout);
    Samples samples = samples(given, new float[4], new float[] {0, 1, 0, 0});
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(samples, new int[] {0, 1});
      assertArrayEquals(new float[] {1, 1, 0, 0}, learned.wins());
      assertArrayEquals(new float[] {0, 0, -0.5f, 0, 0, 0, 0, 0}, learned.biases());
      learned.placed.takeCounters();
      learned.outputs(samples, ascending(2), 2);
      assertEquals(2, learned.placed.takeCounters().activeInputs()[1], "one column a sample");
      learned.learn(samples, new int[] {0, 1, 0, 0, 1, 1});
      assertFinite(learned);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameSampleOverAndOverIsKept(AssociativeReadout readout) {
    ColumnsCase given = given(3, 3, readout);
    float[] sample = {0.6f, 0f, 0.8f, 0f};
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(samples(given, sample), new int[300]);
      assertArrayEquals(new float[] {150, 150, 0, 0}, learned.wins());
      assertArrayEquals(sample, learned.vector(0));
      assertArrayEquals(sample, learned.vector(3));
      assertArrayEquals(new float[4], learned.vector(1), "nothing is left for a direction");
      assertFinite(learned);
      learned.outputs(samples(given, sample), new int[1], 1);
      float expected = readout == AssociativeReadout.WINNER ? 2f : 1f;
      assertEquals(expected, learned.placed.readOutputs()[0], 1e-2f);
    }
  }

  @Test
  void fewerSamplesThanColumnsLeaveColumnsEmpty() {
    ColumnsCase given =
        new ColumnsCase(
            37, 4, 3, 16, 1, ColumnsCase.competition(3, 0.06f, 2f, AssociativeReadout.WINNER));
    Samples samples = given.samples(60, 12);
    int[] two = Arrays.copyOf(ofClass(samples, 2), 2);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(samples, two);
      float[] wins = new float[12];
      wins[8] = 1;
      wins[9] = 1;
      assertArrayEquals(wins, learned.wins(), "the first columns of class 2");
      float[] sample = new float[37];
      samples.copyFeatures(two[1], sample, 0);
      assertArrayEquals(sample, learned.vector(9 * 3));
      for (int m : new int[] {0, 7, 10, 11}) {
        assertArrayEquals(new float[37], learned.vector(m * 3));
      }
    }
  }
}
