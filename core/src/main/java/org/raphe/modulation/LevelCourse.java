package org.raphe.modulation;

import java.util.Arrays;
import java.util.List;
import org.raphe.neuromodulation.Modulator;
import org.raphe.tensor.Tensor;

/**
 * Levels over a run: a row for so many batches, which holds the means of what they had, each summed
 * over batches ascending. It grows by a row at a time, so that it stays small however long a run.
 */
public final class LevelCourse {
  /** Rows of the longest pass, at most. */
  private static final int ROWS_OF_A_PASS = 500;

  private static final int MODULATORS = Modulator.values().length;

  /** Levels; factors of hidden layers and read-out; error; firings; batches. */
  private static final int COLUMNS = MODULATORS + 5;

  private final int batchesOfRow;
  private float[] rows = new float[COLUMNS];
  private int finished;

  /**
   * @param batchesOfRow batches that a row is the mean of
   */
  public LevelCourse(int batchesOfRow) {
    this.batchesOfRow = batchesOfRow;
  }

  /** Batches of a row where the longest pass has so many. */
  public static int batchesOfRow(long longestPass) {
    return (int) Math.max(1, (longestPass + ROWS_OF_A_PASS - 1) / ROWS_OF_A_PASS);
  }

  /** Notes a batch, of which a share was answered wrong. */
  public void note(LearningModulation modulation, float error) {
    int at = finished * COLUMNS;
    for (Modulator modulator : Modulator.values()) {
      rows[at++] += modulation.level(modulator);
    }
    rows[at++] += modulation.hiddenFactor();
    rows[at++] += modulation.readoutFactor();
    rows[at++] += error;
    rows[at++] += modulation.fired() ? 1f : 0f;
    rows[at] += 1f;
    if (rows[at] >= batchesOfRow) {
      finished++;
      if ((finished + 1) * COLUMNS > rows.length) {
        rows = Arrays.copyOf(rows, Math.addExact(rows.length, rows.length));
      }
    }
  }

  /** Rows, the last of which may hold fewer batches. */
  public int size() {
    return finished + (rows[finished * COLUMNS + COLUMNS - 1] > 0 ? 1 : 0);
  }

  /** Batches before a row. */
  public long firstBatch(int row) {
    return (long) row * batchesOfRow;
  }

  /** The mean level of a modulator. */
  public double level(int row, Modulator modulator) {
    return mean(row, modulator.ordinal());
  }

  /** The mean factor of hidden layers' rates. */
  public double hiddenFactor(int row) {
    return mean(row, MODULATORS);
  }

  /** The mean factor of the read-out's rate. */
  public double readoutFactor(int row) {
    return mean(row, MODULATORS + 1);
  }

  /** The mean share of right answers, each before its update. */
  public double accuracy(int row) {
    return 1 - mean(row, MODULATORS + 2);
  }

  /** How often noradrenaline fired. */
  public int firings(int row) {
    return (int) rows[row * COLUMNS + MODULATORS + 3];
  }

  private double mean(int row, int column) {
    return rows[row * COLUMNS + column] / (double) rows[row * COLUMNS + COLUMNS - 1];
  }

  private long rows(long batches) {
    return (batches + batchesOfRow - 1) / batchesOfRow;
  }

  /** All of it, [row][column]; one row of zeros before any batch. */
  public Tensor state() {
    int kept = Math.max(1, size());
    return new Tensor(List.of(kept, COLUMNS), Arrays.copyOf(rows, kept * COLUMNS));
  }

  /** The shape of a {@link #state} after so many batches. */
  public List<Integer> shape(long batches) {
    return List.of(Math.toIntExact(Math.max(1, rows(batches))), COLUMNS);
  }

  /**
   * Goes on from a {@link #state}.
   *
   * @param batches that it holds
   */
  public void restore(float[] state, long batches) {
    finished = Math.toIntExact(batches / batchesOfRow);
    rows = Arrays.copyOf(state, Math.max(state.length, (finished + 1) * COLUMNS));
  }
}
