package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.data.Samples;
import org.raphe.rule.AssociativeReadout;

/**
 * Columns that compete, written from docs/NUMERICS.md, section 16, alone: one sample, one column,
 * one unit at a time, in no tiles and with no row put off. Every product that the counters ask for
 * is counted where it is made.
 */
final class ReferenceColumns {
  private final Competition competition;
  private final int inputs;
  private final int classes;

  /** C, N and M. */
  private final int size;

  private final int columns;
  private final int ofClass;

  /** [unit][input]. */
  final float[][] weights;

  final float[] biases;
  final ReferenceColumnLearning learning;

  /** Of the hidden layer's biases, [unit]: wins at centres, lengths at directions. */
  final float[] tallies;

  /** V, [unit][class]. */
  final float[][] readout;

  /** P, [column][column]. */
  final float[][] inverse;

  /** Of the last batch: [sample][class], [sample][column], [sample]. */
  float[][] outputs;

  float[][] activations;
  int[] winners;
  private float[][] scores;

  /** Since the beginning. */
  long hits;

  double squaredError;
  final long[] activeInputs = new long[2];
  final long[] products = new long[2];

  /** How often scores were equal. */
  int ties;

  ReferenceColumns(ColumnsCase given) {
    competition = given.competition();
    inputs = given.inputs();
    classes = given.classes();
    size = competition.column();
    columns = given.columns();
    ofClass = given.ofClass();
    weights = new float[size * columns][inputs];
    biases = new float[size * columns];
    tallies = new float[size * columns];
    learning = new ReferenceColumnLearning(competition, weights, biases, tallies);
    readout = new float[size * columns][classes];
    inverse = new float[columns][columns];
    for (int m = 0; m < columns; m++) {
      inverse[m][m] = 1f / competition.ridge();
    }
  }

  /** Shows samples {@code order[from ... from+count-1]}, and learns them if asked. */
  void show(Samples samples, int[] order, int from, int count, boolean learn) {
    float[][] x = new float[count][inputs];
    int[] labels = new int[count];
    outputs = new float[count][];
    activations = new float[count][];
    scores = new float[count][];
    for (int sample = 0; sample < count; sample++) {
      samples.copyFeatures(order[from + sample], x[sample], 0);
      labels[sample] = samples.label(order[from + sample]);
      show(x[sample], labels[sample], sample);
    }
    if (!learn) {
      return;
    }
    chooseWinners(labels);
    for (int m = 0; m < columns; m++) {
      learning.learn(m, winners, x);
    }
    products[0] = learning.products;
    for (int sample = 0; sample < count; sample++) {
      if (competition.readout() == AssociativeReadout.WINNER) {
        readout[winners[sample] * size][labels[sample]] = 1f;
        products[1]++;
      } else {
        leastSquares(activations[sample], labels[sample]);
      }
    }
  }

  private void show(float[] x, int label, int sample) {
    float[] z = new float[size * columns];
    for (int unit = 0; unit < z.length; unit++) {
      z[unit] = biases[unit] + 0f;
      for (int i = 0; i < inputs; i++) {
        if (x[i] != 0f) {
          z[unit] = Math.fma(x[i], weights[unit][i], z[unit]);
        }
      }
    }
    for (float feature : x) {
      activeInputs[0] += feature != 0f ? 1 : 0;
    }
    float[] s = new float[columns];
    for (int m = 0; m < columns; m++) {
      s[m] = z[m * size];
      for (int r = 1; r < size; r++) {
        s[m] = Math.fma(0.5f * z[m * size + r], z[m * size + r], s[m]);
      }
    }
    scores[sample] = s;
    activations[sample] = gate(s);
    outputs[sample] = new float[classes];
    for (int k = 0; k < classes; k++) {
      outputs[sample][k] = output(activations[sample], k);
    }
    judge(outputs[sample], label);
  }

  /** Chooses by repeated search over a list of what is open. */
  private float[] gate(float[] s) {
    float inverseSquaredWidth =
        (float) (1.0 / ((double) competition.width() * competition.width()));
    float[] a = new float[columns];
    boolean[] open = new boolean[columns];
    for (int m = 0; m < columns; m++) {
      open[m] = biases[m * size] != 0f;
    }
    float largest = Float.NaN;
    for (int k = 0; k < competition.winners(); k++) {
      int chosen = -1;
      for (int m = columns - 1; m >= 0; m--) {
        if (open[m] && (chosen < 0 || s[m] >= s[chosen])) {
          ties += chosen >= 0 && s[m] == s[chosen] ? 1 : 0;
          chosen = m;
        }
      }
      if (chosen >= 0) {
        largest = k == 0 ? s[chosen] : largest;
        a[chosen] = ElementaryFunctions.exp((s[chosen] - largest) * inverseSquaredWidth);
        open[chosen] = false;
        activeInputs[1]++;
      }
    }
    return a;
  }

  private float output(float[] a, int k) {
    float y = 0f;
    for (int m = 0; m < columns; m++) {
      if (a[m] != 0f) {
        y = Math.fma(a[m], readout[m * size][k], y);
      }
    }
    return y;
  }

  private void judge(float[] y, int label) {
    int prediction = 0;
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      prediction = y[k] > y[prediction] ? k : prediction;
      double difference = y[k] - (k == label ? 1.0 : 0.0);
      sum += difference * difference;
    }
    hits += prediction == label ? 1 : 0;
    squaredError += Math.rint(sum * 0x1p24) / 0x1p24;
  }

  private void chooseWinners(int[] labels) {
    winners = new int[labels.length];
    float h = 0.5f * competition.conscience();
    float[] n = new float[columns];
    for (int m = 0; m < columns; m++) {
      n[m] = tallies[m * size];
    }
    for (int sample = 0; sample < labels.length; sample++) {
      int first = labels[sample] * ofClass;
      winners[sample] = winner(first, scores[sample], n, h);
      n[winners[sample]] += 1f;
    }
  }

  private int winner(int first, float[] s, float[] n, float h) {
    float total = 0f;
    for (int m = first; m < first + ofClass; m++) {
      total += n[m];
    }
    for (int m = first; m < first + ofClass; m++) {
      if (n[m] == 0f) {
        return m;
      }
    }
    int best = first;
    for (int m = first + 1; m < first + ofClass; m++) {
      if (held(s[m], n[m], total, h) > held(s[best], n[best], total, h)) {
        best = m;
      }
    }
    return best;
  }

  private float held(float s, float n, float total, float h) {
    return s - h * (n * ofClass / total - 1f);
  }

  /** The whole of P, sample by sample. */
  private void leastSquares(float[] a, int label) {
    float[] v = new float[columns];
    for (int i = 0; i < columns; i++) {
      for (int m = 0; m < columns; m++) {
        if (a[m] != 0f) {
          v[i] = Math.fma(a[m], inverse[m][i], v[i]);
          products[1]++;
        }
      }
    }
    float s = 1f;
    for (int m = 0; m < columns; m++) {
      if (a[m] != 0f) {
        s = Math.fma(a[m], v[m], s);
        products[1]++;
      }
    }
    float g = 1f / s;
    products[1] += columns;
    for (int k = 0; k < classes; k++) {
      float e = (k == label ? 1f : 0f) - output(a, k);
      for (float active : a) {
        products[1] += active != 0f ? 1 : 0;
      }
      for (int i = 0; i < columns; i++) {
        readout[i * size][k] = Math.fma(v[i] * g, e, readout[i * size][k]);
        products[1]++;
      }
    }
    updateInverse(v, 1f / (float) Math.sqrt(s));
  }

  private void updateInverse(float[] v, float root) {
    float[] t = new float[columns];
    for (int i = 0; i < columns; i++) {
      t[i] = v[i] * root;
      products[1]++;
    }
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) {
        inverse[i][j] = Math.fma(-t[i], t[j], inverse[i][j]);
        products[1]++;
      }
    }
  }

  /** P, row after row. */
  float[] flatInverse() {
    float[] flat = new float[columns * columns];
    for (int m = 0; m < columns; m++) {
      System.arraycopy(inverse[m], 0, flat, m * columns, columns);
    }
    return flat;
  }

  /** [unit][k] as the interface has it: units of a layer within each of its inputs. */
  static float[] transposed(float[][] byUnit) {
    int width = byUnit[0].length;
    float[] flat = new float[byUnit.length * width];
    for (int unit = 0; unit < byUnit.length; unit++) {
      for (int k = 0; k < width; k++) {
        flat[k * byUnit.length + unit] = byUnit[unit][k];
      }
    }
    return flat;
  }

  /** V as the interface has it, [unit][class]. */
  float[] flatReadout() {
    float[] flat = new float[readout.length * classes];
    for (int unit = 0; unit < readout.length; unit++) {
      System.arraycopy(readout[unit], 0, flat, unit * classes, classes);
    }
    return flat;
  }

  /** Bits, so that zeros of both signs differ. */
  static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, k -> Float.floatToRawIntBits(values[k]));
    return bits;
  }
}
