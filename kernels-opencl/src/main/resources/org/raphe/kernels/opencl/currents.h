/*
 * Currents of COLUMNS columns at once: steps of one sample (spiking units) or samples (rate units).
 *
 *   z[c][j] = b_j + 0, then for the inputs that are not 0 in some column, ascending: z[c][j] = fma(x[c][i], W[i][j], z[c][j])
 *
 * A work-group first lists, in local memory, which inputs of a chunk are active and what they are; then each work-item runs over the list
 * with the weights of its own units, so that one load of a weight serves all columns. An input that is 0 in a column adds +0.
 */
#ifndef RAPHE_CURRENTS
#define RAPHE_CURRENTS

#include "common_list.h"

/* The inputs of a chunk, which fit in local memory: CHUNKED 0 says that all of them do. */
#if CHUNKED
#define EACH_CHUNK(first, inputs, chunk) for (uint first = 0; first < (inputs); first += (chunk))
#else
#define EACH_CHUNK(first, inputs, chunk) const uint first = 0;
#endif

/* The blocks of COLUMNS steps of a window; written so that a window of one block is no loop. */
#if STEPS > COLUMNS
#define EACH_BLOCK(block) for (uint block = 0; block * COLUMNS < STEPS; ++block)
#else
#define EACH_BLOCK(block) const uint block = 0;
#endif

/* Adds the listed inputs times their weights; `weights` points at the work-item's units in row 0 of the layer. */
DEVICE void integrate(real *z, uint count, __local const uint *ids, __local const float *x, __global const float *weights) {
  for (uint k = 0; k < count; ++k) {
    const real w = CONSTANT_REAL(weights + (ulong)ids[k] * TILE);
    __local const float *column = x + k * COLUMNS;
    #pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      z[c] = FMA(REAL(column[c]), w, z[c]);
    }
  }
}

#endif
