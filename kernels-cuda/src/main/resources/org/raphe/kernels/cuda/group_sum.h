/* A sum over a block. */
#pragma once

/*
 * Sums a number of every thread; all get the sum. `scratch` holds a number a warp; a barrier stands within.
 */
DEVICE ulong group_sum(ulong number, ulong *scratch) {
#pragma unroll
  for (uint reach = 16; reach > 0; reach /= 2) {
    number += __shfl_xor_sync(0xFFFFFFFFu, number, reach);
  }
  if (ITEM % 32 == 0) {
    scratch[ITEM / 32] = number;
  }
  __syncthreads();
  ulong sum = 0;
#pragma unroll
  for (uint warp = 0; warp < GROUP / 32; ++warp) {
    sum += scratch[warp];
  }
  return sum;
}
