/* How a work-item adds a sample's listed spikes to the currents of its own units. */
#pragma once

#include "integrate.h"

/* A list is laid out as a whole. */
#define LAID_OUT(chunk) ((chunk) * COLUMNS)

/* Lays out x[k][c], the input's gate where it spikes at column c, else 0. */
DEVICE void lay_out(spike_list list, uint count, __global const float *gate) {
  for (uint k = ITEM; k < count; k += GROUP) {
    const float value = gate == 0 ? 1.0f : gate[list.ids[k]];
    const uint bits = list.bits[k];
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      list.laid_out[k * COLUMNS + c] = ((bits >> c) & 1u) != 0 ? value : 0.0f;
    }
  }
}

/* Adds the listed inputs to the columns of the work-items that have units. A barrier stands within. */
DEVICE void add_currents(
    real *z, spike_list list, uint count, __global const float *gate, bool working, __global const float *weights) {
  lay_out(list, count, gate);
  BARRIER();
  if (working) {
    integrate(z, COLUMNS, count, list.ids, list.laid_out, weights);
  }
}
