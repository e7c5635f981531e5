/* How a thread adds listed inputs to its columns. */
#pragma once

/*
 * z[c] = fma(x[k][c], W[ids[k]], z[c]) for k ascending, N columns of COLUMNS; `weights` points at the
 * thread's units in row 0. The rows of ROWS inputs are loaded at once, and each serves N columns.
 */
template <int N, int ROWS>
DEVICE void integrate_columns(real *z, uint count, const uint *ids, const float *x, const float *weights) {
#pragma unroll ROWS
  for (uint k = 0; k < count; ++k) {
    const real w = CONSTANT_REAL(weights + (ulong)ids[k] * TILE);
    const float *column = x + k * COLUMNS;
    if (N % 4 == 0) {
#pragma unroll
      for (int c = 0; c < N; c += 4) {
        const float4 four = *(const float4 *)(column + c);
        z[c] = FMA(REAL(four.x), w, z[c]);
        z[c + 1] = FMA(REAL(four.y), w, z[c + 1]);
        z[c + 2] = FMA(REAL(four.z), w, z[c + 2]);
        z[c + 3] = FMA(REAL(four.w), w, z[c + 3]);
      }
    } else {
#pragma unroll
      for (int c = 0; c < N; ++c) {
        z[c] = FMA(REAL(column[c]), w, z[c]);
      }
    }
  }
}
#define integrate(z, columns, count, ids, x, weights) integrate_columns<columns, ROWS_UNDER_WAY>(z, count, ids, x, weights)
