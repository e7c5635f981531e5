/*
 * Gradient and optimizer step of a layer of rate units in one launch. A thread has one input's weights to LANES units of a
 * tile; row `inputs` is the biases, whose input is 1.
 *
 *   g[i][j] = sum over samples, ascending, where input i is not 0:  fma(x a, credit[j], g)
 *
 * a is the sample's gain or 1; a credit made for a signal of 1 is first multiplied by its unit's answer. Changes weights, biases and their moments, [tile][input][TILE] and [unit_stride].
 * Groups: rows / ROWS, tiles; TILE_ITEMS x ROWS threads. Rows lie on x, the one axis of a grid that has room for more than 65,535.
 */
#include "language.cuh"
#include "optimizer.h"
#include "gradient.cuh"

extern "C" __global__ void __launch_bounds__(GROUP, 1) learn_rate(
    const launch_settings settings,
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint rows,
    /* inputs: values [sample][input_stride]; gains of the samples, null is 1 */
    const float *values, const float *gains,
    /* credits [tile][sample][TILE], and the signals [sample][unit_stride] that multiply them, null is 1 */
    const float *credits, const float *answers, const uint unit_stride, const optimizer_step step,
    float *weights, float *first_moments, float *second_moments,
    float *biases, float *bias_first_moments, float *bias_second_moments) {
  const uint row = blockIdx.x * ROWS + threadIdx.y;
  const uint tile = blockIdx.y;
  const uint lane = threadIdx.x * LANES;
  if (row >= rows || tile * TILE + lane >= units) {
    return;
  }
  const bool is_bias = row == inputs;
  real g = REAL(0.0f);
  for (uint sample = 0; sample < batch; ++sample) {
    const float value = is_bias ? 1.0f : values[(ulong)sample * input_stride + row];
    if (value != 0.0f) {
      const float factor = gains == 0 ? value : value * gains[sample];
      const real signal =
          answers == 0 ? REAL(1.0f) : CONSTANT_REAL(answers + (ulong)sample * unit_stride + tile * TILE + lane);
      const real credit = CONSTANT_REAL(credits + ((ulong)tile * batch + sample) * TILE + lane);
      g = FMA(REAL(factor), signal * credit, g);
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
