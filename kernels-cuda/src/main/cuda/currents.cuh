/*
 * Currents of COLUMNS columns at once: steps of one sample (spiking units) or samples (rate units).
 *
 *   z[c][j] = b_j + 0, then for the inputs that are not 0 in some column, ascending: z[c][j] = fma(x[c][i], W[i][j], z[c][j])
 *
 * A block first lists, in local memory, which inputs of a chunk are active and what they are; then each thread runs over the list
 * with the weights of its own units, so that one load of a weight serves all columns. An input that is 0 in a column adds +0.
 */
#ifndef RAPHE_CURRENTS
#define RAPHE_CURRENTS

#include "common_list.cuh"

/* A block's room for a chunk, [chunk][columns] numbers, then numbers of inputs, then their spikes. */
struct chunk_room {
  float *x;
  uint *ids;
  uint *words;
};

DEVICE chunk_room room_of(float4 *shared, uint chunk, uint columns) {
  chunk_room room;
  room.x = (float *)shared;
  room.ids = (uint *)(room.x + chunk * columns);
  room.words = room.ids + chunk;
  return room;
}

/*
 * Adds the listed inputs times their weights to N columns; `weights` points at the thread's units in row 0 of the layer. The rows of
 * ROWS_UNDER_WAY inputs are loaded at once, and each serves N columns.
 */
template <int N, int ROWS_UNDER_WAY>
DEVICE void integrate(real *z, uint count, const uint *ids, const float *x, uint columns, const float *weights) {
#pragma unroll ROWS_UNDER_WAY
  for (uint k = 0; k < count; ++k) {
    const real w = CONSTANT_REAL(weights + (ulong)ids[k] * TILE);
    const float *column = x + k * columns;
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

#endif
