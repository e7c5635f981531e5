/* How a thread adds a sample's listed spikes to the currents of its own units. */
#pragma once

#include "counted_spikes.h"

/*
 * Entries of a list that are laid out at a time: x[k][c], the input's gate where it spikes at column c, else
 * 0.
 */
#define SEGMENT 128
#define LAID_OUT(chunk) max(chunk, (uint)SEGMENT * COLUMNS)

/* Lays out `count` entries from `begin` on, four columns a thread. */
DEVICE void lay_out(spike_list list, uint begin, uint count, const float *gate, block_levels levels) {
  for (uint n = ITEM; n < count * (COLUMNS / 4); n += GROUP) {
    const uint k = begin + n / (COLUMNS / 4);
    const uint column = n % (COLUMNS / 4) * 4;
    const uint bits = list.bits[k] >> column;
#if COUNTED
    const uint low = levels.low[list.ids[k]] >> levels.shift;
    const uint high = levels.high[list.ids[k]] >> levels.shift;
    *(float4 *)(list.laid_out + n * 4) = make_float4(
        bits & 1u ? counted_value(low, high, column) : 0.0f, bits & 2u ? counted_value(low, high, column + 1) : 0.0f,
        bits & 4u ? counted_value(low, high, column + 2) : 0.0f, bits & 8u ? counted_value(low, high, column + 3) : 0.0f);
#else
    const float value = gate == 0 ? 1.0f : gate[list.ids[k]];
    *(float4 *)(list.laid_out + n * 4) = make_float4(
        bits & 1u ? value : 0.0f, bits & 2u ? value : 0.0f, bits & 4u ? value : 0.0f, bits & 8u ? value : 0.0f);
#endif
  }
}

/* The weights of the thread's units that lead from an input; `weights` points at them in row 0. */
DEVICE real weights_from(uint input, const float *weights) {
  return CONSTANT_REAL((const char *)weights + (ulong)input * (TILE * sizeof(float)));
}

/*
 * z[c] = fma(x[k][c], W[ids[k]], z[c]) for k ascending; `count` is a multiple of AHEAD. A weight's place is
 * taken by the one AHEAD inputs later as soon as it is used, so that loads and sums go on side by side.
 */
DEVICE void integrate_ahead(real *z, const uint *ids, uint count, const float *x, const float *weights) {
  weights = whole_pointer(weights);
  real w[AHEAD];
#pragma unroll
  for (uint r = 0; r < AHEAD; ++r) {
    w[r] = weights_from(ids[r], weights);
  }
  NOT_UNROLLED for (uint k = 0; k < count; k += AHEAD) {
#pragma unroll
    for (uint r = 0; r < AHEAD; r += 4) {
      const uint4 four = *(const uint4 *)(ids + k + AHEAD + r);
      const uint next[4] = {four.x, four.y, four.z, four.w};
#pragma unroll
      for (uint n = 0; n < 4; ++n) {
        const real own = w[r + n];
        w[r + n] = weights_from(next[n], weights);
#pragma unroll
        for (uint c = 0; c < COLUMNS; c += 4) {
          const float4 xs = *(const float4 *)(x + (k + r + n) * COLUMNS + c);
          z[c] = FMA(REAL(xs.x), own, z[c]);
          z[c + 1] = FMA(REAL(xs.y), own, z[c + 1]);
          z[c + 2] = FMA(REAL(xs.z), own, z[c + 2]);
          z[c + 3] = FMA(REAL(xs.w), own, z[c + 3]);
        }
      }
    }
  }
}

/*
 * Adds the listed inputs to the columns of the threads that have units, a segment at a time. Barriers stand
 * within.
 */
DEVICE void add_currents(
    real *z, spike_list list, uint count, const float *gate, block_levels levels, bool working, const float *weights) {
  for (uint begin = 0; begin < count; begin += SEGMENT) {
    const uint run = min((uint)SEGMENT, (count - begin + AHEAD - 1) / AHEAD * AHEAD);
    lay_out(list, begin, run, gate, levels);
    BARRIER();
    if (working) {
      integrate_ahead(z, list.ids + begin, run, list.laid_out, weights);
    }
    BARRIER();
  }
}
