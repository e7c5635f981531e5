package org.raphe.backend.cpu;

import org.raphe.backend.StripedSum;

/**
 * How the winner of a sample learns: its centre and its directions, {@link
 * org.raphe.rule.NacaCompetitive}; the order of operations is docs/NUMERICS.md, section 16. One
 * worker's memory: a column's vectors are gathered, learn the batch, and go back.
 */
final class ColumnLearning {
  /** What is left of a sample becomes a direction if its squared length is above this. */
  static final float BORN = 0x1p-30f;

  /** A direction that loses all but this share of its squared length to those before it is lost. */
  static final float LOST = 0x1p-20f;

  private final TileKernels kernels;
  private final int inputs;
  private final int size;
  private final float amnesia;

  /** [unit of the column][input]. */
  private final float[] vectors;

  /**
   * [unit of the column]: the length of each direction before it was scaled; none at the centre.
   */
  private final float[] lengths;

  /** Wins of the column. */
  private float wins;

  private final float[] left;
  private final float[] lanes = new float[StripedSum.LANES];
  private long products;

  ColumnLearning(TileKernels kernels, int inputs, int size, float amnesia) {
    this.kernels = kernels;
    this.inputs = inputs;
    this.size = size;
    this.amnesia = amnesia;
    vectors = new float[Math.multiplyExact(inputs, size)];
    lengths = new float[size];
    left = new float[inputs];
  }

  /**
   * Learns the samples that a column won, ascending.
   *
   * @param winners [sample]
   * @param values [sample][inputs]
   * @param allWins [column], of the samples before the batch; counted up here for the column
   * @param allLengths [column][direction]
   * @return products of sums, weights and biases that this took
   */
  long learn(
      TiledLayer layer,
      int column,
      int[] winners,
      int samples,
      float[] values,
      float[] allWins,
      float[] allLengths) {
    products = 0;
    int directions = size - 1;
    boolean gathered = false;
    for (int sample = 0; sample < samples; sample++) {
      if (winners[sample] == column) {
        if (!gathered) {
          gather(layer, column);
          wins = allWins[column];
          System.arraycopy(allLengths, column * directions, lengths, 1, directions);
          gathered = true;
        }
        learn(values, sample * inputs);
      }
    }
    if (gathered) {
      makeOrthogonal();
      scatter(layer, column);
      allWins[column] = wins;
      System.arraycopy(lengths, 1, allLengths, column * directions, directions);
    }
    return products;
  }

  private void gather(TiledLayer layer, int column) {
    for (int r = 0; r < size; r++) {
      int unit = column * size + r;
      for (int input = 0; input < inputs; input++) {
        vectors[r * inputs + input] = layer.weights[layer.at(unit, input)];
      }
    }
  }

  private void scatter(TiledLayer layer, int column) {
    for (int r = 0; r < size; r++) {
      int unit = column * size + r;
      for (int input = 0; input < inputs; input++) {
        layer.weights[layer.at(unit, input)] = vectors[r * inputs + input];
      }
      float along = dot(vectors, 0, vectors, r * inputs);
      layer.biases[unit] = 0f - (r == 0 ? 0.5f * along : along);
    }
  }

  private void learn(float[] values, int at) {
    wins += 1f;
    float rate = (1f + amnesia) / (wins + amnesia);
    float rest = 1f - rate;
    for (int i = 0; i < inputs; i++) {
      float difference = values[at + i] - vectors[i];
      vectors[i] = Math.fma(rate, difference, vectors[i]);
      left[i] = rest * difference;
    }
    products += 2L * inputs;
    for (int r = 1; r < size && wins > 1f; r++) {
      if (lengths[r] == 0f) {
        bear(r, rate);
        return;
      }
      turn(r, rate, rest);
    }
  }

  /** What is left of the sample becomes direction r. */
  private void bear(int r, float rate) {
    float squared = dot(left, 0, left, 0);
    if (squared > BORN) {
      lengths[r] = rate * squared;
      scale(left, 0, 1f / (float) Math.sqrt(squared), r);
    }
  }

  /** Turns direction r towards what is left of the sample, and takes its part out of that. */
  private void turn(int r, float rate, float rest) {
    int at = r * inputs;
    float keep = rest * lengths[r];
    float gain = rate * dot(left, 0, vectors, at);
    for (int i = 0; i < inputs; i++) {
      vectors[at + i] = Math.fma(gain, left[i], keep * vectors[at + i]);
    }
    lengths[r] = (float) Math.sqrt(dot(vectors, at, vectors, at));
    scale(vectors, at, 1f / lengths[r], r);
    float part = -dot(left, 0, vectors, at);
    for (int i = 0; i < inputs; i++) {
      left[i] = Math.fma(part, vectors[at + i], left[i]);
    }
    products += 3L * inputs;
  }

  /**
   * Each direction, ascending, is made orthogonal to those before it and of length 1: they inhibit
   * it.
   */
  private void makeOrthogonal() {
    for (int r = 1; r < size; r++) {
      if (lengths[r] == 0f) {
        continue;
      }
      int at = r * inputs;
      for (int before = 1; before < r; before++) {
        if (lengths[before] != 0f) {
          takeOut(at, before * inputs);
        }
      }
      float squared = dot(vectors, at, vectors, at);
      boolean lost = !(squared > LOST);
      lengths[r] = lost ? 0f : lengths[r];
      scale(vectors, at, lost ? 0f : 1f / (float) Math.sqrt(squared), r);
    }
  }

  private void takeOut(int at, int from) {
    float part = -dot(vectors, at, vectors, from);
    for (int i = 0; i < inputs; i++) {
      vectors[at + i] = Math.fma(part, vectors[from + i], vectors[at + i]);
    }
    products += inputs;
  }

  /** Direction r becomes source times factor. */
  private void scale(float[] source, int from, float factor, int r) {
    for (int i = 0; i < inputs; i++) {
      vectors[r * inputs + i] = source[from + i] * factor;
    }
    products += inputs;
  }

  private float dot(float[] a, int aAt, float[] b, int bAt) {
    products += inputs;
    return kernels.dot(a, aAt, b, bAt, inputs, lanes);
  }
}
