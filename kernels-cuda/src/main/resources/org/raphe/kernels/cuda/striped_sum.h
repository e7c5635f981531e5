/*
 * Sums over a layer's inputs in 32 stripes (docs/NUMERICS.md, section 16): stripe l sums inputs l, l + 32,
 * ... ascending, then s_l = s_l + s_(l+half) for half = 16, 8, 4, 2, 1. A thread of a warp has one stripe,
 * and of every vector the inputs of this alone, LANES of them at a time: they are loaded together, before any
 * is stored.
 */
#pragma once

/* The stripes of a sum: the threads of a block. */
#define GROUP 32

/* The stripe of a thread, and the room that sums need: none. */
typedef float stripes;
#define NO_STRIPES 0.0f
typedef struct {
} sum_room;
#define SUM_ROOM(room) sum_room room;

/*
 * Passes over a turn of a loop in which the group has nothing to do: the threads of a warp take every branch
 * together.
 */
#define PASS_OVER(condition) if (condition) continue;

/* Runs over the thread's own inputs: `input`, + 32, ... */
#define EACH_OWN(input, inputs) for (uint input = threadIdx.x; input < (inputs); input += LANES * GROUP)

/* Inputs of a vector whose inputs stand `distance` apart; 0 past the last one. */
DEVICE real part_of(const float *vector, uint input, uint inputs, uint distance = 1) {
  real part;
  EACH_LANE part.lane[l] = input + l * GROUP < inputs ? vector[(ulong)(input + l * GROUP) * distance] : 0.0f;
  return part;
}

DEVICE void keep(real part, float *vector, uint input, uint inputs, uint distance = 1) {
  EACH_LANE if (input + l * GROUP < inputs) {
    vector[(ulong)(input + l * GROUP) * distance] = part.lane[l];
  }
}

/* The same of a unit's weights, which stand TILE apart. */
DEVICE real gathered(const float *weights, uint input, uint inputs) { return part_of(weights, input, inputs, TILE); }
DEVICE void scatter(real part, float *weights, uint input, uint inputs) { keep(part, weights, input, inputs, TILE); }

/* sum + a b of the inputs that exist, ascending. */
DEVICE stripes add_products(real a, real b, stripes sum, uint input, uint inputs) {
  EACH_LANE sum = input + l * GROUP < inputs ? fmaf(a.lane[l], b.lane[l], sum) : sum;
  return sum;
}

/*
 * The sum of all stripes, the same for every thread: each adds its partner's, and the order of two does not
 * matter.
 */
DEVICE float striped_sum(stripes own, sum_room *room) {
  __syncwarp(); /* What was written to memory is seen from here on. */
#pragma unroll
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    own = own + __shfl_xor_sync(0xFFFFFFFFu, own, reach);
  }
  return own;
}
