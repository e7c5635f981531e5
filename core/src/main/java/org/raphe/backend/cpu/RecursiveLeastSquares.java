package org.raphe.backend.cpu;

import java.util.Arrays;

/**
 * {@link org.raphe.rule.AssociativeReadout#RLS}, sample by sample; the order of operations is
 * docs/NUMERICS.md, section 16. A row of P is brought up to a sample only when a column that is
 * active in it asks, and at the end of the batch all rows are, each in one go: the same operations
 * in the same order as sample by sample, and P is read once a batch.
 */
final class RecursiveLeastSquares {
  private final int columns;
  private final Workers workers;

  /** P, [column][column]. */
  private final float[] inverse;

  /** [sample][column]: v / sqrt(1 + a.v). */
  private final float[] scaled;

  /** [column]: samples of the batch that its row of P has learned. */
  private final int[] learned;

  private final float[] v;

  RecursiveLeastSquares(int columns, int batch, Workers workers) {
    this.columns = columns;
    this.workers = workers;
    inverse = new float[Math.multiplyExact(columns, columns)];
    scaled = new float[Math.multiplyExact(batch, columns)];
    learned = new int[columns];
    v = new float[columns];
  }

  float[] read() {
    return inverse.clone();
  }

  void write(float[] values) {
    System.arraycopy(values, 0, inverse, 0, inverse.length);
  }

  /**
   * Learns a batch.
   *
   * @param activations [sample][column]
   * @param readout weights [column * size][class]
   * @param size units of a column
   * @return products that this took
   */
  long learn(float[] activations, int[] labels, int samples, TiledLayer readout, int size) {
    Arrays.fill(learned, 0);
    long products = 0;
    for (int sample = 0; sample < samples; sample++) {
      products += learn(activations, sample, labels[sample], readout, size);
    }
    workers.run(columns, (row, worker) -> bringUp(row, samples));
    return products + (long) samples * columns * columns;
  }

  private long learn(float[] activations, int sample, int label, TiledLayer readout, int size) {
    int at = sample * columns;
    int active = 0;
    Arrays.fill(v, 0f);
    for (int m = 0; m < columns; m++) {
      float a = activations[at + m];
      if (a != 0f) {
        active++;
        bringUp(m, sample);
        for (int i = 0; i < columns; i++) {
          v[i] = Math.fma(a, inverse[m * columns + i], v[i]);
        }
      }
    }
    float sum = 1f;
    for (int m = 0; m < columns; m++) {
      sum = activations[at + m] == 0f ? sum : Math.fma(activations[at + m], v[m], sum);
    }
    int classes = readout.units;
    for (int unit = 0; unit < classes; unit++) {
      correct(activations, at, unit, label == unit ? 1f : 0f, 1f / sum, readout, size);
    }
    float root = 1f / (float) Math.sqrt(sum);
    for (int i = 0; i < columns; i++) {
      scaled[at + i] = v[i] * root;
    }
    return (long) columns * (active + classes + 2) + (long) active * (classes + 1);
  }

  /** Corrects the synapses of one class's unit by its error. */
  private void correct(
      float[] activations,
      int at,
      int unit,
      float target,
      float gain,
      TiledLayer readout,
      int size) {
    float y = 0f;
    for (int m = 0; m < columns; m++) {
      if (activations[at + m] != 0f) {
        y = Math.fma(activations[at + m], readout.weights[readout.at(unit, m * size)], y);
      }
    }
    float error = target - y;
    for (int m = 0; m < columns; m++) {
      int synapse = readout.at(unit, m * size);
      readout.weights[synapse] = Math.fma(v[m] * gain, error, readout.weights[synapse]);
    }
  }

  /** Row m of P learns those samples before {@code until} that it has not learned yet. */
  private void bringUp(int row, int until) {
    int from = row * columns;
    for (int sample = learned[row]; sample < until; sample++) {
      int at = sample * columns;
      float factor = -scaled[at + row];
      for (int i = 0; i < columns; i++) {
        inverse[from + i] = Math.fma(factor, scaled[at + i], inverse[from + i]);
      }
    }
    learned[row] = until;
  }
}
