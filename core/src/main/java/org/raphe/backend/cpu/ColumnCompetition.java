package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.network.Columns;
import org.raphe.network.NetworkSpec;

/**
 * How columns compete for a sample, at test and in learning: {@link Columns} and {@link
 * org.raphe.rule.NacaCompetitive} give the formulas, docs/NUMERICS.md, section 16, their order.
 */
final class ColumnCompetition {
  /** The winner of a sample that no column won: its scores are all NaN. */
  static final int NO_COLUMN = -1;

  private final int active;
  private final float inverseSquaredWidth;
  private final float halfConscience;

  /** C, units of a column. */
  final int size;

  /** Columns of the layer. */
  final int count;

  /** M, columns of a class. */
  final int ofClass;

  /**
   * @param conscience of the columns' rule
   */
  ColumnCompetition(NetworkSpec network, float conscience) {
    Columns columns = network.columns().orElseThrow();
    active = columns.winners();
    size = columns.size();
    count = columns.count();
    ofClass = columns.ofClass(network.classes());
    inverseSquaredWidth = columns.inverseSquaredWidth();
    halfConscience = 0.5f * conscience;
  }

  /**
   * Scores of all columns for one sample.
   *
   * @param z [zAt + unit], currents of the layer
   * @param scores receives [at + column]
   */
  void score(float[] z, int zAt, float[] scores, int at) {
    for (int column = 0; column < count; column++) {
      int unit = zAt + column * size;
      float score = z[unit];
      for (int r = 1; r < size; r++) {
        score = Math.fma(0.5f * z[unit + r], z[unit + r], score);
      }
      scores[at + column] = score;
    }
  }

  /**
   * Activations of one sample: those of the k columns with the largest score, of equal ones the
   * first; columns that hold nothing yet are silent, and so are those whose score is NaN.
   *
   * @param centreBias [column * size]: 0 where a column holds nothing
   * @param activations receives [at + column]
   * @return how many columns are active
   */
  int activate(float[] scores, int at, float[] centreBias, float[] activations) {
    Arrays.fill(activations, at, at + count, 0f);
    float largest = 0f;
    for (int rank = 0; rank < active; rank++) {
      int best = -1;
      for (int column = 0; column < count; column++) {
        boolean open = centreBias[column * size] != 0f && activations[at + column] == 0f;
        if (open && isAbove(scores[at + column], best < 0, best < 0 ? 0f : scores[at + best])) {
          best = column;
        }
      }
      if (best < 0) {
        return rank;
      }
      largest = rank == 0 ? scores[at + best] : largest;
      float below = scores[at + best] - largest;
      activations[at + best] = ElementaryFunctions.exp(below * inverseSquaredWidth);
    }
    return active;
  }

  /**
   * The winners of a class's population, samples ascending: a column that never won before any
   * other, else the one whose score, less its conscience, is largest.
   *
   * @param label the class; samples of other classes are left alone
   * @param labels [sample]
   * @param samples samples of the batch
   * @param scores [sample][column], of the weights before the batch
   * @param wins [column]: wins before the batch, counted up here for the population's own columns
   * @param winners receives [sample], a column; {@link #NO_COLUMN} where all those numbers are NaN
   */
  void compete(int label, int[] labels, int samples, float[] scores, float[] wins, int[] winners) {
    int first = label * ofClass;
    float total = 0f;
    for (int column = first; column < first + ofClass; column++) {
      total += wins[column];
    }
    for (int sample = 0; sample < samples; sample++) {
      if (labels[sample] != label) {
        continue;
      }
      int winner = winner(first, scores, sample * count, wins, total);
      winners[sample] = winner;
      if (winner != NO_COLUMN) {
        wins[winner] += 1f;
        total += 1f;
      }
    }
  }

  private int winner(int first, float[] scores, int at, float[] wins, float total) {
    int best = NO_COLUMN;
    float most = 0f;
    for (int column = first; column < first + ofClass; column++) {
      if (wins[column] == 0f) {
        return column;
      }
      float share = wins[column] * ofClass / total - 1f;
      float score = scores[at + column] - halfConscience * share;
      if (isAbove(score, best == NO_COLUMN, most)) {
        best = column;
        most = score;
      }
    }
    return best;
  }

  /** Whether a score beats the best so far; of the first one it is enough that it is a number. */
  private static boolean isAbove(float score, boolean first, float best) {
    return first ? !Float.isNaN(score) : score > best;
  }
}
