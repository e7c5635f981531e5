/*
 * Competing columns, a sample a block: scores, the gate, and what the read-out makes of it (docs/NUMERICS.md, section 16).
 *
 *   s_m = z_0, then for r ascending: s_m = fma(0.5 z_r, z_r, s_m)
 *   a_m = exp((s_m - largest) W) of the `winners` columns with the largest score, of equal ones the first; 0 of the others
 *   y_k = sum over active m, ascending: fma(a_m, V[m C][k], y_k)
 *
 * A column is silent while the bias of its centre is 0. Writes scores and activations [sample][column], active_columns [sample][winners],
 * ascending, with their number active_counts [sample], and outputs [sample][unit_stride].
 * Adds to counted [4][slots], a slot a sample: active inputs, hits, squared error.
 * Groups: samples, GROUP threads.
 */
#define GROUP 128
#include "language.cuh"
#include "elementary_functions.h"
#include "common_list.cuh"
#include "group_best.cuh"
#include "readout_error.cuh"

DEVICE float score_of(const float *z, uint size) {
  float score = z[0];
  for (uint r = 1; r < size; ++r) {
    score = fmaf(0.5f * z[r], z[r], score);
  }
  return score;
}

extern "C" __global__ void __launch_bounds__(GROUP, 1) activate_columns(
    const launch_settings settings,
    /* shapes: columns of `size` units, at most `winners` of them active */
    const uint columns, const uint size, const uint winners, const uint current_stride, const uint classes, const uint unit_stride,
    const float inverse_squared_width,
    /* currents z [sample][current_stride]; biases of the columns' units; the read-out's weights [tile][input][TILE], of `inputs` inputs */
    const float *currents, const float *biases, const float *weights, const uint inputs,
    /* the batch's indices from `begin` on */
    const uint *indices, const uint begin, const uint *labels,
    /* results */
    float *scores, float *activations, uint *active_columns, uint *active_counts,
    float *outputs, ulong *counted, const uint slots) {
  __shared__ float best_scores[GROUP];
  __shared__ uint best_columns[GROUP];
  __shared__ uint offsets[GROUP + 1];
  const uint item = threadIdx.x;
  const uint position = blockIdx.x;
  const float *z = currents + (ulong)position * current_stride;
  float *s = scores + (ulong)position * columns;
  float *a = activations + (ulong)position * columns;
  uint *list = active_columns + (ulong)position * winners;
  float *y = outputs + (ulong)position * unit_stride;

  for (uint column = item; column < columns; column += GROUP) {
    s[column] = score_of(z + (ulong)column * size, size);
    a[column] = 0.0f;
  }
  float largest = 0.0f;
  candidate last = {INFINITY, 0};
  for (uint rank = 0; rank < winners; ++rank) {
    candidate best = no_candidate();
    for (uint column = item; column < columns; column += GROUP) {
      const candidate next = {s[column], column};
      const bool open = biases[(ulong)column * size] != 0.0f && (rank == 0 || precedes(last, next));
      if (open && precedes(next, best)) {
        best = next;
      }
    }
    last = group_best(best, best_scores, best_columns);
    largest = rank == 0 ? last.score : largest;
    if (last.column != NO_COLUMN && last.column % GROUP == item) {
      a[last.column] = exponential(REAL((last.score - largest) * inverse_squared_width)).lane[0];
    }
  }
  __syncthreads();

  const share mine = share_of_chunk(columns);
  uint own = 0;
  for (uint column = mine.from; column < mine.to; ++column) {
    own += a[column] != 0.0f;
  }
  uint at = place_in_list(own, offsets);
  for (uint column = mine.from; column < mine.to; ++column) {
    if (a[column] != 0.0f) {
      list[at] = column;
      ++at;
    }
  }
  __syncthreads();
  const uint active = offsets[GROUP];
  for (uint k = item; k < classes; k += GROUP) {
    const float *synapses = weights + (ulong)(k / TILE) * inputs * TILE + k % TILE;
    float sum = 0.0f;
    for (uint n = 0; n < active; ++n) {
      sum = fmaf(a[list[n]], synapses[(ulong)list[n] * size * TILE], sum);
    }
    y[k] = sum;
  }
  __syncthreads();
  if (item == 0) {
    active_counts[position] = active;
    counted[position] += active;
    score(y, classes, labels[indices[begin + position]], counted + 2 * slots + position, slots);
  }
}
