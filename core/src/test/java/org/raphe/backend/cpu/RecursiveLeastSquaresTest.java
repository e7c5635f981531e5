package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.backend.cpu.LearnedColumns.ascending;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Parameters;
import org.raphe.rule.AssociativeReadout;

class RecursiveLeastSquaresTest {
  private static final String INVERSE = NetworkState.INVERSE_CORRELATION;
  private static final int SIZE = 90;
  private static final int BATCH = 15;
  private static final int CLASSES = 3;
  private static final int COLUMN = 3;
  private static final double TOLERANCE = 1e-4;

  private static ColumnsCase given(AssociativeReadout readout) {
    return new ColumnsCase(
        37, 4, CLASSES, BATCH, 2, ColumnsCase.competition(COLUMN, 0.06f, 2f, readout));
  }

  /**
   * The activations of columns that stay as they are, against the solution of all samples at once
   * in double; P against the inverse.
   */
  @Test
  void itIsRidgeRegression() {
    ColumnsCase given = given(AssociativeReadout.RLS);
    Samples samples = given.samples(SIZE, 11);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      learned.learn(samples, ascending(SIZE));
      learnReadoutAnew(learned, given, samples);
      int columns = given.columns();
      double[][] solved = solve(activations(learned, given, samples), samples, given);
      float[] readout = learned.parameters().layers().get(1).weights();
      float[] inverse = inverse(learned);
      double largest = 0;
      for (int m = 0; m < columns; m++) {
        for (int k = 0; k < CLASSES; k++) {
          assertEquals(solved[m][columns + k], readout[m * COLUMN * CLASSES + k], TOLERANCE);
          largest = Math.max(largest, Math.abs(solved[m][columns + k]));
        }
        for (int i = 0; i < columns; i++) {
          assertEquals(solved[m][i], inverse[m * columns + i], TOLERANCE, "P " + m + ", " + i);
          assertEquals(inverse[i * columns + m], inverse[m * columns + i], "symmetric by bits");
        }
      }
      assertTrue(largest > 0.3, "the solution is hardly more than 0: " + largest);
    }
  }

  private static void learnReadoutAnew(LearnedColumns learned, ColumnsCase given, Samples samples) {
    Parameters parameters = learned.parameters();
    Arrays.fill(parameters.layers().get(1).weights(), 0f);
    learned.placed.writeState(
        learned
            .placed
            .readState()
            .withParameters(given.placement().network(), parameters)
            .with(INVERSE, given.placement().initialInverseCorrelation()));
    OptimizerStep none = given.placement().learning().optimizer(true).step(1, 1);
    try (PlacedSamples shown = learned.placed.placeSamples(samples)) {
      for (int from = 0; from < SIZE; from += BATCH) {
        learned.placed.beginBatch(shown, ascending(SIZE), from, BATCH);
        learned.placed.hiddenLayer(0, false);
        learned.placed.readout(false);
        learned.placed.learn(1, none);
      }
    }
  }

  /** [sample][column]. */
  private static float[][] activations(LearnedColumns learned, ColumnsCase given, Samples samples) {
    ColumnCompetition columns = new ColumnCompetition(given.network(), 0f);
    float[] biases = learned.biases();
    float[][] activations = new float[SIZE][given.columns()];
    for (int sample = 0; sample < SIZE; sample++) {
      float[] x = new float[given.inputs()];
      samples.copyFeatures(sample, x, 0);
      float[] z = new float[biases.length];
      for (int unit = 0; unit < z.length; unit++) {
        z[unit] = (float) (LearnedColumns.dot(x, learned.vector(unit)) + biases[unit]);
      }
      float[] scores = new float[given.columns()];
      columns.score(z, 0, scores, 0);
      columns.activate(scores, 0, biases, activations[sample]);
    }
    return activations;
  }

  /** [column][column, then class]: (A^T A + ridge)^-1 and (A^T A + ridge)^-1 A^T Y. */
  private static double[][] solve(float[][] activations, Samples samples, ColumnsCase given) {
    int columns = given.columns();
    double[][] left = new double[columns][columns];
    double[][] right = new double[columns][columns + CLASSES];
    for (int i = 0; i < columns; i++) {
      left[i][i] = given.competition().ridge();
      right[i][i] = 1;
      for (int sample = 0; sample < SIZE; sample++) {
        right[i][columns + samples.label(sample)] += activations[sample][i];
        for (int j = 0; j < columns; j++) {
          left[i][j] += (double) activations[sample][i] * activations[sample][j];
        }
      }
    }
    // Gauss and Jordan without a search for pivots: the matrix is positive definite.
    for (int pivot = 0; pivot < columns; pivot++) {
      addRow(left[pivot], right[pivot], 1 / left[pivot][pivot] - 1, left[pivot], right[pivot]);
      for (int i = 0; i < columns; i++) {
        if (i != pivot) {
          addRow(left[i], right[i], -left[i][pivot], left[pivot], right[pivot]);
        }
      }
    }
    return right;
  }

  private static void addRow(
      double[] left, double[] right, double factor, double[] otherLeft, double[] otherRight) {
    for (int j = 0; j < left.length; j++) {
      left[j] += factor * otherLeft[j];
    }
    for (int j = 0; j < right.length; j++) {
      right[j] += factor * otherRight[j];
    }
  }

  private static float[] inverse(LearnedColumns learned) {
    return learned.placed.readState().tensors().values(INVERSE);
  }

  @Test
  void theInverseIsReadAsWritten() {
    ColumnsCase given = given(AssociativeReadout.RLS);
    float[] initial = given.placement().initialInverseCorrelation();
    assertEquals(12 * 12, initial.length);
    assertEquals(1f / 0.1f, initial[13]);
    assertEquals(0f, initial[12]);
    try (LearnedColumns learned = new LearnedColumns(given)) {
      float[] read = inverse(learned);
      assertArrayEquals(initial, read);
      read[0] = 7;
      assertArrayEquals(initial, inverse(learned), "a copy was given");
    }
  }

  @Test
  void withoutLeastSquaresThereIsNone() {
    ColumnsCase given = given(AssociativeReadout.WINNER);
    assertEquals(null, given.placement().initialInverseCorrelation());
    try (LearnedColumns learned = new LearnedColumns(given)) {
      NetworkState kept = learned.placed.readState();
      assertFalse(kept.tensors().has(INVERSE));
      NetworkState others = given(AssociativeReadout.RLS).placement().initialState();
      assertThrows(IllegalArgumentException.class, () -> learned.placed.writeState(others));
    }
  }
}
