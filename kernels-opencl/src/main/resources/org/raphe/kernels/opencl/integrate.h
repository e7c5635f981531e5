/* How a work-item adds listed inputs to its columns. */
#pragma once

/*
 * z[c] = fma(x[k][c], W[ids[k]], z[c]) for k ascending, `columns` columns of COLUMNS; `weights` points at the
 * work-item's units in row 0.
 */
DEVICE void integrate(
    real *z, uint columns, uint count, __local const uint *ids, __local const float *x, __global const float *weights) {
  for (uint k = 0; k < count; ++k) {
    const real w = CONSTANT_REAL(weights + (ulong)ids[k] * TILE);
    __local const float *column = x + k * COLUMNS;
#pragma unroll
    for (uint c = 0; c < columns; ++c) {
      z[c] = FMA(REAL(column[c]), w, z[c]);
    }
  }
}
