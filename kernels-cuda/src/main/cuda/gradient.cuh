/*
 * A thread's row of weights, LANES units of one tile, from its summed gradient: one optimizer step, with no gradient in memory.
 * A row that has no gradient and no moments is left as it is: no optimizer would change it.
 */
#ifndef RAPHE_GRADIENT
#define RAPHE_GRADIENT

/* Work-items that share a tile. */
#define TILE_ITEMS (TILE / LANES)
#define GROUP (TILE_ITEMS * ROWS)

/* Rows of weights a block takes. */
#define ROWS 8

/* Terms of a gradient whose credits are loaded at once; they are summed in their order. */
#define TERMS_UNDER_WAY 4

/*
 * g = fma(factor, signal credit_t, g) for the steps t that are set in `bits`, ascending; `credits` points at the thread's units in step 0,
 * and steps are TILE apart. A step that is not there adds a credit of 0, which changes no sum.
 */
DEVICE real add_steps(real g, float factor, real signal, uint bits, const float *credits) {
  while (bits != 0) {
    real term[TERMS_UNDER_WAY];
#pragma unroll
    for (int k = 0; k < TERMS_UNDER_WAY; ++k) {
      term[k] = REAL(0.0f);
      if (bits != 0) {
        term[k] = CONSTANT_REAL(credits + (ulong)lowest_bit(bits) * TILE);
        bits &= bits - 1;
      }
    }
#pragma unroll
    for (int k = 0; k < TERMS_UNDER_WAY; ++k) {
      g = FMA(REAL(factor), signal * term[k], g);
    }
  }
  return g;
}

DEVICE void apply_step(
    real g, optimizer_step step, float *weights, float *first_moments, float *second_moments) {
  g = g + REAL(0.0f);
  if (step.kind == PROBE) {
    GLOBAL_REAL(first_moments) = g;
  } else if (step.kind == SGD) {
    if (ANY(g != REAL(0.0f))) {
      GLOBAL_REAL(weights) = FMA(REAL(-step.step_size), g, GLOBAL_REAL(weights));
    }
  } else {
    parameter p;
    p.first_moment = GLOBAL_REAL(first_moments);
    p.second_moment = GLOBAL_REAL(second_moments);
    /* By bits: a first moment of -0, which an underflow leaves, becomes +0. */
    if (ANY((g != REAL(0.0f)) | (WORD(0u) < BITS_OF_REAL(p.first_moment)) | (p.second_moment != REAL(0.0f)))) {
      p.weight = GLOBAL_REAL(weights);
      p = adam(p, g, step);
      GLOBAL_REAL(weights) = p.weight;
      GLOBAL_REAL(first_moments) = p.first_moment;
      GLOBAL_REAL(second_moments) = p.second_moment;
    }
  }
}

#endif
