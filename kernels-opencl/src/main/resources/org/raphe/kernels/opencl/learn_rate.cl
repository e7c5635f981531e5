/*
 * Gradient and optimizer step of a layer of rate units in one launch. A work-item has one input's weights to LANES x VECTORS units of a
 * tile; row `inputs` is the biases, whose input is 1.
 *
 *   g[i][j] = sum over samples, ascending, where input i is not 0:  fma(x a, credit[j], g)
 *
 * a is the sample's gain or 1; a credit made for a signal of 1 is first multiplied by its unit's answer. Changes weights, biases and their moments, [tile][input][TILE] and [unit_stride].
 * Groups: rows / ROWS, tiles; TILE_ITEMS x ROWS work-items.
 */
#include "language.h"
#include "optimizer.h"
#include "gradient.h"

__kernel __attribute__((reqd_work_group_size(TILE_ITEMS, ROWS, 1))) void learn_rate(
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint rows,
    /* inputs: values [sample][input_stride]; gains of the samples, null is 1 */
    __global const float *values, __global const float *gains,
    /* credits [tile][sample][TILE], and the signals [sample][unit_stride] that multiply them, null is 1 */
    __global const float *credits, __global const float *answers, const uint unit_stride,
    const optimizer_step step,
    __global float *weights, __global float *first_moments, __global float *second_moments,
    __global float *biases, __global float *bias_first_moments, __global float *bias_second_moments) {
  const uint row = get_group_id(0) * ROWS + get_local_id(1);
  const uint tile = get_group_id(1);
  const uint lane = get_local_id(0) * LANES * VECTORS;
  const uint vectors = own_vectors(tile * TILE + lane, units);
  if (row >= rows || vectors == 0) {
    return;
  }
  const bool is_bias = row == inputs;
  gradient g;
  clear_gradient(&g);
  for (uint sample = 0; sample < batch; ++sample) {
    const float value = is_bias ? 1.0f : values[(ulong)sample * input_stride + row];
    if (value != 0.0f) {
      const float factor = gains == 0 ? value : value * gains[sample];
      __global const float *signals = answers == 0 ? 0 : answers + (ulong)sample * unit_stride + tile * TILE + lane;
      add_credits(&g, factor, signals, credits + ((ulong)tile * batch + sample) * TILE + lane, vectors);
    }
  }
  if (is_bias) {
    const uint at = tile * TILE + lane;
    apply_row(&g, vectors, step, biases + at, bias_first_moments + at, bias_second_moments + at);
  } else {
    const ulong at = ((ulong)tile * inputs + row) * TILE + lane;
    apply_row(&g, vectors, step, weights + at, first_moments + at, second_moments + at);
  }
}
