/* How the threads of a block write one list together, its entries in order. */
#ifndef RAPHE_COMMON_LIST
#define RAPHE_COMMON_LIST

/* A thread's share of a chunk of inputs, or columns: whole quads, in order of threads. */
struct share {
  uint from, to;
};

DEVICE share share_of_chunk(uint size) {
  const uint quads = (size + 3) / 4;
  const uint each = ((quads + GROUP - 1) / GROUP) * 4;
  share mine;
  mine.from = min(threadIdx.x * each, size);
  mine.to = min(mine.from + each, size);
  return mine;
}

/*
 * From how many of its share each thread has to list, to where its own entries begin; `offsets` holds GROUP + 1 numbers and the last one
 * becomes the length of the list. Barriers stand within.
 */
DEVICE uint place_in_list(uint own, uint *offsets) {
  const uint item = threadIdx.x;
  offsets[item + 1] = own;
  if (item == 0) {
    offsets[0] = 0;
  }
  __syncthreads();
  for (uint distance = 1; distance < GROUP; distance *= 2) {
    const uint before = item >= distance ? offsets[item + 1 - distance] : 0;
    __syncthreads();
    offsets[item + 1] += before;
    __syncthreads();
  }
  return offsets[item];
}

#endif
