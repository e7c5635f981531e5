/* How a work-item adds the entries of a window to its columns. */
#pragma once

/* z[c] = fma(x[e][c], W[e], z[c]) for the entries of the mask, ascending; `weights` points at entry 0. */
DEVICE void integrate_entries(real *z, uint mask, __local const float *x, uint stride, __global const float *weights) {
  for (; mask != 0; mask &= mask - 1) {
    const uint entry = lowest_bit(mask);
    const real w = CONSTANT_REAL(weights + (ulong)entry * TILE);
    __local const float *column = x + entry * stride;
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      z[c] = FMA(REAL(column[c]), w, z[c]);
    }
  }
}
