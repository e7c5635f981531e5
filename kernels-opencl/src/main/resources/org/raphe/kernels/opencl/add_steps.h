/* How a work-item sums the credits of a row's spikes. */
#pragma once

/*
 * add_credits for the steps that are set in `bits`, ascending; `credits` points at the work-item's units in
 * step 0, and steps are TILE apart.
 */
DEVICE void add_steps(
    gradient *g, float factor, __global const float *signals, uint bits, __global const float *credits, uint vectors) {
  for (; bits != 0; bits &= bits - 1) {
    add_credits(g, factor, signals, credits + (ulong)lowest_bit(bits) * TILE, vectors);
  }
}
