package org.raphe.backend.cpu;

/**
 * How columns learn what they won, written from docs/NUMERICS.md, section 16, alone, and every
 * product that the counters ask for counted where it is made.
 */
final class ReferenceColumnLearning {
  private static final int LANES = 32;

  private final float amnesia;
  private final int inputs;

  /** C. */
  private final int size;

  /** [unit][input]. */
  private final float[][] weights;

  /** [unit]. */
  private final float[] biases;

  private final float[] tallies;

  long products;

  /** How often directions were born, were turned, and were lost. */
  int born;

  int turned;
  int lost;

  /** Learns in these weights, biases and tallies: n at centres, lambda at directions. */
  ReferenceColumnLearning(
      Competition competition, float[][] weights, float[] biases, float[] tallies) {
    amnesia = competition.amnesia();
    size = competition.column();
    inputs = weights[0].length;
    this.weights = weights;
    this.biases = biases;
    this.tallies = tallies;
  }

  /**
   * Learns the samples that column m won, ascending.
   *
   * @param winners [sample], a column
   * @param x [sample][input]
   */
  void learn(int m, int[] winners, float[][] x) {
    boolean won = false;
    for (int sample = 0; sample < x.length; sample++) {
      if (winners[sample] == m) {
        won = true;
        learnSample(m, x[sample]);
      }
    }
    if (!won) {
      return;
    }
    makeOrthogonal(m);
    float[] w = weights[m * size];
    biases[m * size] = 0f - 0.5f * dot(w, w);
    for (int r = 1; r < size; r++) {
      biases[m * size + r] = 0f - dot(w, weights[m * size + r]);
    }
    products += (long) size * inputs;
  }

  private void learnSample(int m, float[] x) {
    float n = tallies[m * size] + 1f;
    tallies[m * size] = n;
    float rate = (1f + amnesia) / (n + amnesia);
    float rest = 1f - rate;
    float[] w = weights[m * size];
    float[] u = new float[inputs];
    for (int i = 0; i < inputs; i++) {
      float diff = x[i] - w[i];
      w[i] = Math.fma(rate, diff, w[i]);
      u[i] = rest * diff;
      products += 2;
    }
    if (n == 1f) {
      return;
    }
    for (int r = 1; r < size; r++) {
      float[] d = weights[m * size + r];
      if (tallies[m * size + r] == 0f) {
        beBorn(m * size + r, u, rate);
        return;
      }
      turn(m * size + r, d, u, rate, rest);
    }
  }

  private void beBorn(int unit, float[] u, float rate) {
    float q = dot(u, u);
    products += inputs;
    if (q > 0x1p-30f) {
      tallies[unit] = rate * q;
      float f = 1f / (float) Math.sqrt(q);
      for (int i = 0; i < inputs; i++) {
        weights[unit][i] = u[i] * f;
        products++;
      }
      born++;
    }
  }

  private void turn(int unit, float[] d, float[] u, float rate, float rest) {
    float keep = rest * tallies[unit];
    float g = rate * dot(u, d);
    for (int i = 0; i < inputs; i++) {
      d[i] = Math.fma(g, u[i], keep * d[i]);
    }
    tallies[unit] = (float) Math.sqrt(dot(d, d));
    float f = 1f / tallies[unit];
    for (int i = 0; i < inputs; i++) {
      d[i] = d[i] * f;
    }
    float p = -dot(u, d);
    for (int i = 0; i < inputs; i++) {
      u[i] = Math.fma(p, d[i], u[i]);
    }
    // Three sums, two products where d turns, one where it is scaled, one where u loses its part.
    products += (3L + 2 + 1 + 1) * inputs;
    turned++;
  }

  private void makeOrthogonal(int m) {
    for (int r = 1; r < size; r++) {
      int unit = m * size + r;
      if (tallies[unit] == 0f) {
        continue;
      }
      float[] d = weights[unit];
      for (int b = m * size + 1; b < unit; b++) {
        if (tallies[b] != 0f) {
          float p = -dot(d, weights[b]);
          for (int i = 0; i < inputs; i++) {
            d[i] = Math.fma(p, weights[b][i], d[i]);
          }
          products += 2L * inputs;
        }
      }
      float q = dot(d, d);
      float f = 1f / (float) Math.sqrt(q);
      if (!(q > 0x1p-20f)) {
        f = 0f;
        tallies[unit] = 0f;
        lost++;
      }
      for (int i = 0; i < inputs; i++) {
        d[i] = d[i] * f;
      }
      products += 2L * inputs;
    }
  }

  /** The striped sum. */
  static float dot(float[] a, float[] b) {
    float[] lane = new float[LANES];
    for (int i = 0; i < a.length; i++) {
      lane[i % LANES] = Math.fma(a[i], b[i], lane[i % LANES]);
    }
    float[] sum = lane;
    for (int half = 16; half >= 1; half /= 2) {
      float[] halved = new float[half];
      for (int l = 0; l < half; l++) {
        halved[l] = sum[l] + sum[l + half];
      }
      sum = halved;
    }
    return sum[0];
  }
}
