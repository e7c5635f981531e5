/* How a thread adds the entries of a window to its columns. */
#pragma once

/*
 * z[c] = fma(x[e][c], W[e], z[c]) for the entries of the mask, ascending; `weights` points at entry 0. The next
 * entry's weights are loaded while those before them are used.
 */
DEVICE void integrate_entries(real *z, uint mask, const float *x, uint stride, const float *weights) {
  weights = whole_pointer(weights);
  if (mask == 0) {
    return;
  }
  uint entry = lowest_bit(mask);
  real next = CONSTANT_REAL(weights + entry * TILE);
  NOT_UNROLLED while (mask != 0) {
    const real w = next;
    const float *column = x + entry * stride;
    mask &= mask - 1;
    if (mask != 0) {
      entry = lowest_bit(mask);
      next = CONSTANT_REAL(weights + entry * TILE);
    }
#pragma unroll
    for (uint c = 0; c < COLUMNS; c += 4) {
      const float4 four = *(const float4 *)(column + c);
      z[c] = FMA(REAL(four.x), w, z[c]);
      z[c + 1] = FMA(REAL(four.y), w, z[c + 1]);
      z[c + 2] = FMA(REAL(four.z), w, z[c + 2]);
      z[c + 3] = FMA(REAL(four.w), w, z[c + 3]);
    }
  }
}
