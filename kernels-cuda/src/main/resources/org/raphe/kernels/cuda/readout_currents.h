/*
 * How a block integrates a read-out: a thread has one unit and ITEM_COLUMNS columns, its weights come from
 * shared memory.
 */
#pragma once

#include "counted_spikes.h"

/*
 * Entries of a list whose weights are laid out at a time, [k][PASS_UNITS], and after them
 * in continual networks their gates, or the two levels of counted inputs.
 */
#define SEGMENT 512
#define LAID_OUT(chunk) max(chunk, (uint)SEGMENT * (PASS_UNITS + CONTINUAL + 2 * COUNTED))
#define ITEM_COLUMNS 2
#define COLUMN_PAIRS (COLUMNS / ITEM_COLUMNS)
/* Units that a block integrates at a time, in fours. */
#define PASS_UNITS (GROUP / COLUMN_PAIRS / 4 * 4)

/*
 * Lays out the weights from `count` entries to PASS_UNITS units, `first_unit` the first; 0 past the last one.
 */
DEVICE void lay_out_weights(
    spike_list list, uint begin, uint count, const float *gate, block_levels levels, const float *weights, uint inputs,
    uint first_unit, uint unit_stride) {
#pragma unroll 4
  for (uint n = ITEM; n < count * (PASS_UNITS / 4); n += GROUP) {
    const uint unit = first_unit + n % (PASS_UNITS / 4) * 4;
    const uint input = list.ids[begin + n / (PASS_UNITS / 4)];
    *(float4 *)(list.laid_out + n * 4) =
        unit < unit_stride ? *(const float4 *)(weights + ((ulong)(unit / TILE) * inputs + input) * TILE + unit % TILE)
                           : make_float4(0.0f, 0.0f, 0.0f, 0.0f);
  }
  if (CONTINUAL) {
    for (uint k = ITEM; k < count; k += GROUP) {
      list.laid_out[SEGMENT * PASS_UNITS + k] = gate == 0 ? 1.0f : gate[list.ids[begin + k]];
    }
  }
#if COUNTED
  uint *laid_levels = (uint *)(list.laid_out + SEGMENT * PASS_UNITS);
  for (uint k = ITEM; k < count; k += GROUP) {
    laid_levels[k] = levels.low[list.ids[begin + k]] >> levels.shift;
    laid_levels[SEGMENT + k] = levels.high[list.ids[begin + k]] >> levels.shift;
  }
#endif
}

/*
 * Adds `count` laid out entries, a multiple of 4, to two columns; `weights` points at the thread's unit, `gates`
 * at what is laid out after the weights.
 */
DEVICE void integrate_pair(float *z, const uint *bits, uint count, const float *weights, const float *gates, uint column) {
  const uint first = 1u << column;
  const uint second = 2u << column;
#pragma unroll 2
  for (uint k = 0; k < count; k += 4) {
    const uint4 four = *(const uint4 *)(bits + k);
    const uint spikes[4] = {four.x, four.y, four.z, four.w};
#pragma unroll
    for (uint n = 0; n < 4; ++n) {
      const float w = weights[(k + n) * PASS_UNITS];
#if COUNTED
      const uint low = ((const uint *)gates)[k + n];
      const uint high = ((const uint *)gates)[SEGMENT + k + n];
      z[0] = spikes[n] & first ? fmaf(counted_value(low, high, column), w, z[0]) : z[0];
      z[1] = spikes[n] & second ? fmaf(counted_value(low, high, column + 1), w, z[1]) : z[1];
#elif CONTINUAL
      const float x = gates[k + n];
      z[0] = spikes[n] & first ? fmaf(x, w, z[0]) : z[0];
      z[1] = spikes[n] & second ? fmaf(x, w, z[1]) : z[1];
#else
      z[0] = spikes[n] & first ? z[0] + w : z[0];
      z[1] = spikes[n] & second ? z[1] + w : z[1];
#endif
    }
  }
}

/*
 * Adds a chunk's listed inputs to the block's columns of all units: currents, [tile][step][TILE] with tiles
 * `tile_step` apart, which begin with the biases. Barriers stand within.
 */
DEVICE void integrate_readout(
    spike_list list, uint count, bool begins, const float *gate, block_levels levels, const float *weights, const float *biases,
    uint inputs, uint units, uint unit_stride, uint step, uint steps, float *currents, ulong tile_step) {
  const uint column = ITEM % COLUMN_PAIRS * ITEM_COLUMNS;
  const uint share = ITEM / COLUMN_PAIRS;
  for (uint first_unit = 0; first_unit < units; first_unit += PASS_UNITS) {
    const uint unit = first_unit + share;
    const bool working = share < PASS_UNITS && unit < units && step + column < steps;
    float *z_at = currents + unit / TILE * tile_step + (ulong)(step + column) * TILE + unit % TILE;
    const bool both = step + column + 1 < steps;
    float z[ITEM_COLUMNS] = {0.0f, 0.0f};
    if (working) {
      z[0] = begins ? biases[unit] + 0.0f : z_at[0];
      z[1] = begins || !both ? biases[unit] + 0.0f : z_at[TILE];
    }
    for (uint begin = 0; begin < count; begin += SEGMENT) {
      const uint run = min((uint)SEGMENT, (count - begin + 3) / 4 * 4);
      lay_out_weights(list, begin, run, gate, levels, weights, inputs, first_unit, unit_stride);
      BARRIER();
      if (working) {
        integrate_pair(z, list.bits + begin, run, list.laid_out + share, list.laid_out + SEGMENT * PASS_UNITS, column);
      }
      BARRIER();
    }
    if (working) {
      z_at[0] = z[0];
      if (both) {
        z_at[TILE] = z[1];
      }
    }
  }
}
