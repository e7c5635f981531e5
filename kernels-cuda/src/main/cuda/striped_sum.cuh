/*
 * Sums of products over a layer's inputs in 32 stripes (docs/NUMERICS.md, section 16): stripe l sums inputs l, l + 32, ... ascending, then
 * s_l = s_l + s_(l+half) for half = 16, 8, 4, 2, 1. A thread of a warp has one stripe, and of every vector the inputs of this alone.
 */
#ifndef RAPHE_STRIPED_SUM
#define RAPHE_STRIPED_SUM

/* The stripes of a sum: the threads of a block. */
#define GROUP 32
/* Inputs of a thread that are loaded at once, before any is stored. */
#define AT_ONCE 4

struct part {
  float of[AT_ONCE];
};

/* Runs over the thread's own inputs, a part at a time. */
#define EACH_PART(input, inputs) for (uint input = threadIdx.x; input < (inputs); input += AT_ONCE * GROUP)
#define EACH_OF_PART _Pragma("unroll") for (uint k = 0; k < AT_ONCE; ++k)

/* Inputs `input`, + 32, ... of a vector whose inputs stand `distance` apart; 0 past the last one. */
DEVICE part part_of(const float *vector, uint input, uint inputs, uint distance = 1) {
  part p;
  EACH_OF_PART p.of[k] = input + k * GROUP < inputs ? vector[(ulong)(input + k * GROUP) * distance] : 0.0f;
  return p;
}

DEVICE void keep(part p, float *vector, uint input, uint inputs, uint distance = 1) {
  EACH_OF_PART if (input + k * GROUP < inputs) {
    vector[(ulong)(input + k * GROUP) * distance] = p.of[k];
  }
}

/* sum + a b of the inputs that exist, ascending. */
DEVICE float add_products(part a, part b, float sum, uint input, uint inputs) {
  EACH_OF_PART sum = input + k * GROUP < inputs ? fmaf(a.of[k], b.of[k], sum) : sum;
  return sum;
}

/* The thread's stripe of the products of two vectors. */
DEVICE float stripe_of(const float *a, const float *b, uint inputs) {
  float sum = 0.0f;
  EACH_PART(input, inputs) {
    sum = add_products(part_of(a, input, inputs), part_of(b, input, inputs), sum, input, inputs);
  }
  return sum;
}

/* The sum of all stripes, the same for every thread: each adds its partner's, and the order of two does not matter. */
DEVICE float striped_sum(float own) {
  __syncwarp(); /* What was written to memory is seen from here on. */
#pragma unroll
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    own = own + __shfl_xor_sync(0xFFFFFFFFu, own, reach);
  }
  return own;
}

#endif
