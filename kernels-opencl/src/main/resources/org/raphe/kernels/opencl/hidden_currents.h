/* How a work-item adds a sample's listed spikes to the currents of its own units. */
#pragma once

#include "counted_spikes.h"
#include "integrate.h"

/* A list is laid out as a whole. */
#define LAID_OUT(chunk) ((chunk) * COLUMNS)

/* Lays out x[k][c], the input's gate or its count's quarter where it spikes at column c, else 0. */
DEVICE void lay_out(spike_list list, uint count, __global const float *gate, block_levels levels) {
  for (uint k = ITEM; k < count; k += GROUP) {
    const float value = gate == 0 ? 1.0f : gate[list.ids[k]];
    const uint bits = list.bits[k];
#if COUNTED
    const uint low = levels.low[list.ids[k]] >> levels.shift;
    const uint high = levels.high[list.ids[k]] >> levels.shift;
#endif
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
#if COUNTED
      list.laid_out[k * COLUMNS + c] = ((bits >> c) & 1u) != 0 ? counted_value(low, high, c) : 0.0f;
#else
      list.laid_out[k * COLUMNS + c] = ((bits >> c) & 1u) != 0 ? value : 0.0f;
#endif
    }
  }
}

/* Adds the listed inputs to the columns of the work-items that have units. A barrier stands within. */
DEVICE void add_currents(
    real *z, spike_list list, uint count, __global const float *gate, block_levels levels, bool working,
    __global const float *weights) {
  lay_out(list, count, gate, levels);
  BARRIER();
  if (working) {
    integrate(z, COLUMNS, count, list.ids, list.laid_out, weights);
  }
}
