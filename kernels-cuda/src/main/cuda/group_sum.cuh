/* A sum over a block. */
#ifndef RAPHE_GROUP_SUM
#define RAPHE_GROUP_SUM

/* Sums a number of every thread; the first one gets the sum. `scratch` holds one number a thread; barriers stand within. */
DEVICE ulong group_sum(ulong number, ulong *scratch) {
  const uint item = threadIdx.x;
  scratch[item] = number;
  __syncthreads();
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    if (item < reach) {
      scratch[item] += scratch[item + reach];
    }
    __syncthreads();
  }
  return scratch[0];
}

#endif
