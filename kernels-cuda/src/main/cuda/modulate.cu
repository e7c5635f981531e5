/*
 * Learning signals of a hidden layer from the levels of its neuromodulator: each class opens two rows of the innervation, each by one half.
 *
 *   n_j(c) = 0.5 NI[row_c][j] + 0.5 NI[row_c + 1][j];   signals[c][j] = f(n_j(c))
 *
 * innervation [2K][units], rows [K]; writes signals [K][unit_stride]. One thread a unit and class.
 */
#include "language.cuh"
#include "modulation_curve.h"

extern "C" __global__ void modulate(
    const launch_settings settings,
    const uint units, const uint unit_stride, const float *innervation, const uint *rows, const float lambda,
    const float theta_max, float *signals) {
  const uint unit = blockIdx.x;
  const uint label = blockIdx.y;
  const float *lower = innervation + (ulong)rows[label] * units + unit;
  const float level = 0.5f * lower[0] + 0.5f * lower[units];
  signals[(ulong)label * unit_stride + unit] = modulation(level, lambda, theta_max);
}
