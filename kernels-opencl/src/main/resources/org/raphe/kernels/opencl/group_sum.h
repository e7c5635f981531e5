/* A sum over a work-group. */
#ifndef RAPHE_GROUP_SUM
#define RAPHE_GROUP_SUM

/* Sums a number of every work-item; the first one gets the sum. `scratch` holds one number a work-item; barriers stand within. */
DEVICE ulong group_sum(ulong number, __local ulong *scratch) {
  const uint item = get_local_id(0);
  scratch[item] = number;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    if (item < reach) {
      scratch[item] += scratch[item + reach];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  return scratch[0];
}

#endif
