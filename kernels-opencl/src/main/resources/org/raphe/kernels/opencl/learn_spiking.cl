/*
 * Gradient and optimizer step of a layer of LIF units in one launch. A work-item has one input's weights to LANES x VECTORS units of a tile;
 * row `inputs` is the biases, whose input is 1 at every step.
 *
 *   g[i][j] = sum over samples, then steps, ascending, where input i spikes:  fma(x a, credit_t[j], g)
 *
 * x is the input's gate or 1, a the sample's gain or 1; a credit made for a signal of 1 is first multiplied by its unit's answer. Steps at which no unit of the tile has a credit are passed over.
 * Changes weights, biases and their moments, [tile][input][TILE] and [unit_stride].
 * Groups: rows / ROWS, tiles; TILE_ITEMS x ROWS work-items.
 */
#include "language.h"
#include "optimizer.h"
#include "gradient.h"

__kernel __attribute__((reqd_work_group_size(TILE_ITEMS, ROWS, 1))) void learn_spiking(
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint rows,
    /* inputs: trains [sample][word][input_stride]; gate of the inputs and gains of the samples, null is 1 */
    __global const uint *trains, __global const float *input_gate, __global const float *gains,
    /* credits [tile][sample][step][TILE] of the steps alive, [tile][sample][word], null is all; and the signals [sample][unit_stride] that
       multiply them, null is 1 */
    __global const float *credits, __global const uint *alive, __global const float *answers, const uint unit_stride,
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
  const float value = is_bias || input_gate == 0 ? 1.0f : input_gate[row];
  gradient g;
  clear_gradient(&g);
  for (uint sample = 0; sample < batch; ++sample) {
    const ulong place = (ulong)tile * batch + sample;
    const float factor = gains == 0 ? value : value * gains[sample];
    __global const float *signals = answers == 0 ? 0 : answers + (ulong)sample * unit_stride + tile * TILE + lane;
    for (uint w = 0; w < WORDS; ++w) {
      const uint window = w * 32 + 32 <= STEPS ? ~0u : (1u << (STEPS % 32)) - 1u;
      uint bits = is_bias ? window : trains[((ulong)sample * WORDS + w) * input_stride + row];
      bits &= alive == 0 ? window : alive[place * WORDS + w];
      for (; bits != 0; bits &= bits - 1) {
        const uint t = w * 32 + lowest_bit(bits);
        add_credits(&g, factor, signals, credits + (place * STEPS + t) * TILE + lane, vectors);
      }
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
