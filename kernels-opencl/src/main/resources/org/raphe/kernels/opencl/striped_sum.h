/*
 * Sums over a layer's inputs in 32 stripes (docs/NUMERICS.md, section 16): stripe l sums inputs l, l + 32,
 * ... ascending, then s_l = s_l + s_(l+half) for half = 16, 8, 4, 2, 1. A work-item has LANES stripes, and of
 * every vector the inputs of these alone.
 */
#pragma once

#define STRIPES 32
#define GROUP (STRIPES / LANES)

/* The stripes of a work-item. */
typedef real stripes;
#define NO_STRIPES REAL(0.0f)

/* Room of a group for its stripes, twice: a sum may begin while the one before is still read. */
typedef struct {
  __local real *stripes;
  uint turn;
} sum_room;
#define SUM_ROOM(room)                   \
  __local real room##_stripes[2 * GROUP]; \
  sum_room room = {room##_stripes, 0};

/*
 * Passes over a turn of a loop in which the group has nothing to do. Not here, where barriers stand in no
 * condition: it sums nothing.
 */
#define PASS_OVER(condition)

/* Runs over the work-item's own inputs, LANES beside each other at a time. */
#define EACH_OWN(input, inputs) for (uint input = get_local_id(0) * LANES; input < (inputs); input += STRIPES)

/* LANES inputs of a vector, whose padding takes those past the last one. */
DEVICE real part_of(__global const float *vector, uint input, uint inputs) { return CONSTANT_REAL(vector + input); }
DEVICE void keep(real part, __global float *vector, uint input, uint inputs) { GLOBAL_REAL(vector + input) = part; }

/* The same of a unit's weights, which stand TILE apart; 0 past the last input. */
DEVICE real gathered(__global const float *weights, uint input, uint inputs) {
  real part = REAL(0.0f);
  for (uint l = 0; l < LANES && input + l < inputs; ++l) {
    ((float *)&part)[l] = weights[(ulong)(input + l) * TILE];
  }
  return part;
}
DEVICE void scatter(real part, __global float *weights, uint input, uint inputs) {
  for (uint l = 0; l < LANES && input + l < inputs; ++l) {
    weights[(ulong)(input + l) * TILE] = ((float *)&part)[l];
  }
}

/* sum + a b in the lanes whose input exists. */
DEVICE stripes add_products(real a, real b, stripes sum, uint input, uint inputs) {
  return CHOOSE(LANE_NUMBERS + WORD(input) < WORD(inputs), FMA(a, b, sum), sum);
}

/* The sum of all stripes, the same for every work-item. A barrier stands within, of global memory too. */
DEVICE float striped_sum(stripes own, sum_room *room) {
  __local real *all = room->stripes + room->turn * GROUP;
  room->turn ^= 1;
  all[get_local_id(0)] = own;
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  real sums[GROUP];
#pragma unroll
  for (uint k = 0; k < GROUP; ++k) {
    sums[k] = all[k];
  }
#pragma unroll
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    for (uint k = 0; k < reach; ++k) {
      sums[k] = sums[k] + sums[k + reach];
    }
  }
  return FOLD_LANES(sums[0], +);
}
