/*
 * Competing columns, a sample a work-group: scores, the gate, and what the read-out makes of it (docs/NUMERICS.md, section 16).
 *
 *   s_m = z_0, then for r ascending: s_m = fma(0.5 z_r, z_r, s_m)
 *   a_m = exp((s_m - largest) W) of the `winners` columns with the largest score, of equal ones the first; 0 of the others
 *   y_k = sum over active m, ascending: fma(a_m, V[m C][k], y_k)
 *
 * A column is silent while the bias of its centre is 0. Writes scores and activations [sample][column], active_columns [sample][winners],
 * ascending, with their number active_counts [sample], and outputs [sample][unit_stride].
 * Adds to counted [4][slots], a slot a sample: active inputs, hits, squared error.
 * Groups: samples, GROUP work-items.
 */
#include "language.h"
#include "elementary_functions.h"
#include "common_list.h"
#include "group_best.h"
#include "readout_error.h"

DEVICE float score_of(__global const float *z, uint size) {
  float score = z[0];
  for (uint r = 1; r < size; ++r) {
    score = fma(0.5f * z[r], z[r], score);
  }
  return score;
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void activate_columns(
    /* shapes: columns of `size` units, at most `winners` of them active */
    const uint columns, const uint size, const uint winners, const uint current_stride, const uint classes, const uint unit_stride,
    const float inverse_squared_width,
    /* currents z [sample][current_stride]; biases of the columns' units; the read-out's weights [tile][input][TILE], of `inputs` inputs */
    __global const float *currents, __global const float *biases, __global const float *weights, const uint inputs,
    /* the batch's indices from `begin` on */
    __global const uint *indices, const uint begin, __global const uint *labels,
    /* results */
    __global float *scores, __global float *activations, __global uint *active_columns, __global uint *active_counts,
    __global float *outputs, __global ulong *counted, const uint slots) {
  __local float best_scores[GROUP];
  __local uint best_columns[GROUP];
  __local uint offsets[GROUP + 1];
  const uint item = get_local_id(0);
  const uint position = get_group_id(0);
  __global const float *z = currents + (ulong)position * current_stride;
  __global float *s = scores + (ulong)position * columns;
  __global float *a = activations + (ulong)position * columns;
  __global uint *list = active_columns + (ulong)position * winners;
  __global float *y = outputs + (ulong)position * unit_stride;

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
      a[last.column] = FIRST(exponential(REAL((last.score - largest) * inverse_squared_width)));
    }
  }
  barrier(CLK_GLOBAL_MEM_FENCE);

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
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  const uint active = offsets[GROUP];
  for (uint k = item; k < classes; k += GROUP) {
    __global const float *synapses = weights + (ulong)(k / TILE) * inputs * TILE + k % TILE;
    float sum = 0.0f;
    for (uint n = 0; n < active; ++n) {
      sum = fma(a[list[n]], synapses[(ulong)list[n] * size * TILE], sum);
    }
    y[k] = sum;
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  if (item == 0) {
    active_counts[position] = active;
    counted[position] += active;
    score(y, classes, labels[indices[begin + position]], counted + 2 * slots + position, slots);
  }
}
