/* How a thread sums the credits of a row's spikes. */
#pragma once

/* Terms of a gradient whose credits are loaded at once; they are summed in their order. */
#define TERMS_UNDER_WAY 4
static_assert(VECTORS == 1, "a thread has LANES units of a tile");

/*
 * add_credits for the steps that are set in `bits`, ascending; `credits` points at the thread's units in step
 * 0, and steps are TILE apart. A step that is not there adds a credit of 0, which changes no sum.
 */
DEVICE void add_steps(gradient *g, float factor, const float *signals, uint bits, const float *credits, uint vectors) {
  const real signal = signals == 0 ? REAL(1.0f) : CONSTANT_REAL(signals);
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
      g->sum[0] = FMA(REAL(factor), signal * term[k], g->sum[0]);
    }
  }
}
