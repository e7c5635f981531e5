/*
 * Gradient and optimizer step of a layer of LIF units in one launch. A thread has one input's weights to LANES units of a tile;
 * row `inputs` is the biases, whose input is 1 at every step.
 *
 *   g[i][j] = sum over samples, then steps, ascending, where input i spikes:  fma(x a, credit_t[j], g)
 *
 * x is the input's gate or 1, a the sample's gain or 1; a credit made for a signal of 1 is first multiplied by its unit's answer. Steps at which no unit of the tile has a credit are passed over.
 * Changes weights, biases and their moments, [tile][input][TILE] and [unit_stride].
 * Groups: rows / ROWS, tiles; TILE_ITEMS x ROWS threads. Rows lie on x, the one axis of a grid that has room for more than 65,535.
 */
#include "language.cuh"
#include "optimizer.h"
#include "gradient.cuh"

extern "C" __global__ void __launch_bounds__(GROUP, 1) learn_spiking(
    const launch_settings settings,
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint rows,
    /* inputs: trains [sample][word][input_stride]; gate of the inputs and gains of the samples, null is 1 */
    const uint *trains, const float *input_gate, const float *gains,
    /* credits [tile][sample][step][TILE] of the steps alive, [tile][sample][word], null is all; and the signals [sample][unit_stride] that
       multiply them, null is 1 */
    const float *credits, const uint *alive, const float *answers, const uint unit_stride,
    const optimizer_step step,
    float *weights, float *first_moments, float *second_moments,
    float *biases, float *bias_first_moments, float *bias_second_moments) {
  const uint row = blockIdx.x * ROWS + threadIdx.y;
  const uint tile = blockIdx.y;
  const uint lane = threadIdx.x * LANES;
  if (row >= rows || tile * TILE + lane >= units) {
    return;
  }
  const uint steps = settings.steps;
  const uint train_words = WORDS_OF(steps);
  const bool is_bias = row == inputs;
  const float value = is_bias || input_gate == 0 ? 1.0f : input_gate[row];
  real g = REAL(0.0f);
  for (uint sample = 0; sample < batch; ++sample) {
    const ulong place = (ulong)tile * batch + sample;
    const float factor = gains == 0 ? value : value * gains[sample];
    const real signal =
        answers == 0 ? REAL(1.0f) : CONSTANT_REAL(answers + (ulong)sample * unit_stride + tile * TILE + lane);
    for (uint w = 0; w < train_words; ++w) {
      const uint window = w * 32 + 32 <= steps ? ~0u : (1u << (steps % 32)) - 1u;
      uint bits = is_bias ? window : trains[((ulong)sample * train_words + w) * input_stride + row];
      bits &= alive == 0 ? window : alive[place * train_words + w];
      g = add_steps(g, factor, signal, bits, credits + (place * steps + w * 32) * TILE + lane);
    }
  }
  if (is_bias) {
    const uint at = tile * TILE + lane;
    apply_step(g, step, biases + at, bias_first_moments + at, bias_second_moments + at);
  } else {
    const ulong at = ((ulong)tile * inputs + row) * TILE + lane;
    apply_step(g, step, weights + at, first_moments + at, second_moments + at);
  }
}
