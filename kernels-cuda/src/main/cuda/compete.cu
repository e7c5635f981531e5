/*
 * The winners of a class's columns, a class a block, its samples ascending: the first column that never won, else the first with the largest
 *
 *   s_m - h (n_m M / n - 1),   n_m wins of the column, n those of the class, h half the conscience
 *
 * Scores are those of the weights before the batch; wins count up sample by sample, in `wins` [column], where each number is one thread's
 * own. Columns keep their wins at the first moment of their centre's bias, which learn_columns counts up. Writes winners [sample]: NO_COLUMN
 * where all these numbers are NaN.
 * Groups: classes, GROUP threads.
 */
#define GROUP 32
#include "language.cuh"
#include "group_best.cuh"

/* The first sample from `from` on that is of the class; `batch` if there is none. */
DEVICE uint next_of_class(const uint *labels, const uint *indices, uint label, uint from, uint batch) {
  uint sample = from;
  while (sample < batch && labels[indices[sample]] != label) {
    ++sample;
  }
  return sample;
}

extern "C" __global__ void __launch_bounds__(GROUP, 1) compete(
    const launch_settings settings,
    /* shapes: columns of `size` units, `of_class` of them a class */
    const uint batch, const uint columns, const uint size, const uint of_class, const float half_conscience,
    /* scores [sample][column]; the batch's indices from `begin` on */
    const float *scores, const uint *indices, const uint begin, const uint *labels,
    const float *bias_first_moments, float *wins, uint *winners) {
  __shared__ float best_scores[GROUP];
  __shared__ uint best_columns[GROUP];
  __shared__ float wins_of_class;
  const uint item = threadIdx.x;
  const uint label = blockIdx.x;
  const uint first = label * of_class;

  for (uint column = first + item; column < first + of_class; column += GROUP) {
    wins[column] = bias_first_moments[(ulong)column * size];
  }
  if (item == 0) {
    float sum = 0.0f;
    for (uint column = first; column < first + of_class; ++column) {
      sum = sum + bias_first_moments[(ulong)column * size];
    }
    wins_of_class = sum;
  }
  __syncthreads();
  float total = wins_of_class;
  uint sample = next_of_class(labels, indices + begin, label, 0, batch);
  while (sample < batch) {
    candidate best = no_candidate();
    for (uint column = first + item; column < first + of_class; column += GROUP) {
      const float share = wins[column] * (float)of_class / total - 1.0f;
      const float held_back = scores[(ulong)sample * columns + column] - half_conscience * share;
      const candidate next = {wins[column] == 0.0f ? INFINITY : held_back, column};
      if (precedes(next, best)) {
        best = next;
      }
    }
    const candidate winner = group_best(best, best_scores, best_columns);
    if (winner.column == NO_COLUMN) {
      if (item == 0) {
        winners[sample] = NO_COLUMN;
      }
    } else {
      if ((winner.column - first) % GROUP == item) {
        wins[winner.column] = wins[winner.column] + 1.0f;
        winners[sample] = winner.column;
      }
      total = total + 1.0f;
    }
    sample = next_of_class(labels, indices + begin, label, sample + 1, batch);
  }
}
