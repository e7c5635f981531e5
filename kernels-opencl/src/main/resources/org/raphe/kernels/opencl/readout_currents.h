/*
 * How a group integrates a read-out: the work-items share out units and columns, ITEM_COLUMNS columns of
 * LANES units each.
 */
#pragma once

#include "hidden_currents.h"

/* Integrates share n, units first. */
DEVICE void integrate_share(
    uint n, spike_list list, uint count, bool begins, __global const float *weights, __global const float *biases, uint inputs,
    uint vectors, uint step, uint steps, __global float *currents, ulong tile_step) {
  const uint unit = n % vectors * LANES;
  const uint column = n / vectors * ITEM_COLUMNS;
  __global float *z_at = currents + unit / TILE * tile_step + (ulong)(step + column) * TILE + unit % TILE;
  real z[ITEM_COLUMNS];
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    z[c] = begins || step + column + c >= steps ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : GLOBAL_REAL(z_at + c * TILE);
  }
  integrate(
      z, ITEM_COLUMNS, count, list.ids, list.laid_out + column, weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE);
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    if (step + column + c < steps) {
      GLOBAL_REAL(z_at + c * TILE) = z[c];
    }
  }
}

/*
 * Adds a chunk's listed inputs to the block's columns of all units: currents, [tile][step][TILE] with tiles
 * `tile_step` apart, which begin with the biases. A barrier stands within.
 */
DEVICE void integrate_readout(
    spike_list list, uint count, bool begins, __global const float *gate, block_levels levels, __global const float *weights,
    __global const float *biases, uint inputs, uint units, uint unit_stride, uint step, uint steps, __global float *currents, ulong tile_step) {
  const uint vectors = (units + LANES - 1) / LANES;
  lay_out(list, count, gate, levels);
  BARRIER();
  for (uint n = ITEM; n < vectors * (COLUMNS / ITEM_COLUMNS); n += GROUP) {
    integrate_share(n, list, count, begins, weights, biases, inputs, vectors, step, steps, currents, tile_step);
  }
}
