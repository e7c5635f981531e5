/*
 * Sums of products over a layer's inputs in 32 stripes (docs/NUMERICS.md, section 16): stripe l sums inputs l, l + 32, ... ascending, then
 * s_l = s_l + s_(l+half) for half = 16, 8, 4, 2, 1. A work-item has LANES stripes, and of every vector the inputs of these alone.
 */
#ifndef RAPHE_STRIPED_SUM
#define RAPHE_STRIPED_SUM

#define STRIPES 32
#define GROUP (STRIPES / LANES)

/* Runs over the work-item's own inputs, LANES at a time. */
#define EACH_OWN(input, inputs) for (uint input = get_local_id(0) * LANES; input < (inputs); input += STRIPES)

/* sum + a b in the lanes whose input exists. */
DEVICE real add_products(real a, real b, real sum, uint input, uint inputs) {
  return CHOOSE(LANE_NUMBERS + WORD(input) < WORD(inputs), FMA(a, b, sum), sum);
}

/* The work-item's stripes of the products of two vectors. */
DEVICE real stripes_of(__global const float *a, __global const float *b, uint inputs) {
  real sum = REAL(0.0f);
  EACH_OWN(input, inputs) {
    sum = add_products(CONSTANT_REAL(a + input), CONSTANT_REAL(b + input), sum, input, inputs);
  }
  return sum;
}

#if LANES == 1
DEVICE float fold_lanes(real sums) { return sums; }
#elif LANES == 4
DEVICE float fold_lanes(real sums) {
  const float2 two = sums.lo + sums.hi;
  return two.x + two.y;
}
#elif LANES == 8
DEVICE float fold_lanes(real sums) {
  const float4 four = sums.lo + sums.hi;
  const float2 two = four.lo + four.hi;
  return two.x + two.y;
}
#elif LANES == 16
DEVICE float fold_lanes(real sums) {
  const float8 eight = sums.lo + sums.hi;
  const float4 four = eight.lo + eight.hi;
  const float2 two = four.lo + four.hi;
  return two.x + two.y;
}
#endif

/* Room of a group for its stripes, twice: a sum may begin while the one before is still read. */
typedef struct {
  __local real *stripes;
  uint turn;
} sum_room;

/* The sum of all stripes, the same for every work-item. A barrier stands within, of global memory too. */
DEVICE float striped_sum(real own, sum_room *room) {
  __local real *stripes = room->stripes + room->turn * GROUP;
  room->turn ^= 1;
  stripes[get_local_id(0)] = own;
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  real sums[GROUP];
#pragma unroll
  for (uint k = 0; k < GROUP; ++k) {
    sums[k] = stripes[k];
  }
#pragma unroll
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    for (uint k = 0; k < reach; ++k) {
      sums[k] = sums[k] + sums[k + reach];
    }
  }
  return fold_lanes(sums[0]);
}

#endif
