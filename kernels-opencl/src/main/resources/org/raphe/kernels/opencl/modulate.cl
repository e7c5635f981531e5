/*
 * Learning signals of a hidden layer from the levels of its neuromodulator: each class opens two rows of the innervation, each by one half.
 *
 *   n_j(c) = 0.5 NI[row_c][j] + 0.5 NI[row_c + 1][j];   signals[c][j] = f(n_j(c))
 *
 * innervation [2K][units], rows [K]; writes signals [K][unit_stride]. One work-item a unit and class.
 */
#include "language.h"
#include "modulation_curve.h"

__kernel void modulate(
    const uint units, const uint unit_stride, __global const float *innervation, __global const uint *rows, const float lambda,
    const float theta_max, __global float *signals) {
  const uint unit = get_global_id(0);
  const uint label = get_global_id(1);
  __global const float *lower = innervation + (ulong)rows[label] * units + unit;
  const float level = 0.5f * lower[0] + 0.5f * lower[units];
  signals[(ulong)label * unit_stride + unit] = modulation(level, lambda, theta_max);
}
