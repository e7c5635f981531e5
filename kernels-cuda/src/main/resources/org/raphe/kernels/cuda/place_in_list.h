/* Where each thread's own entries of a list begin. */
#pragma once

/*
 * From how many of its share each thread has to list, to where its own entries begin; `offsets` holds GROUP +
 * 1 numbers and the last one becomes the length of the list, at the next barrier. A barrier stands within.
 */
DEVICE uint place_in_list(uint own, uint *offsets) {
  uint end = own;
#pragma unroll
  for (uint reach = 1; reach < 32; reach *= 2) {
    const uint before = __shfl_up_sync(0xFFFFFFFFu, end, reach);
    end += ITEM % 32 >= reach ? before : 0;
  }
  if (ITEM % 32 == 31) {
    offsets[ITEM / 32] = end;
  }
  __syncthreads();
  uint begin = end - own;
#pragma unroll
  for (uint warp = 0; warp + 1 < GROUP / 32; ++warp) {
    begin += warp < ITEM / 32 ? offsets[warp] : 0;
  }
  if (ITEM == GROUP - 1) {
    offsets[GROUP] = begin + own;
  }
  return begin;
}
