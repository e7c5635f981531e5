/*
 * A work-item's row of weights, LANES x VECTORS units of one tile, from its summed gradient: one optimizer
 * step, with no gradient in memory. A row that has no gradient and no moments is left as it is: no optimizer
 * would change it.
 */
#pragma once

typedef struct {
  real sum[VECTORS];
} gradient;

DEVICE void clear_gradient(gradient *g) {
  for (uint v = 0; v < VECTORS; ++v) {
    g->sum[v] = REAL(0.0f);
  }
}

/* sum += value * (signals * credits), for the vectors of units that exist; without signals they are 1. */
DEVICE void add_credits(
    gradient *g, float value, GLOBAL const float *signals, GLOBAL const float *credits, uint vectors) {
#pragma unroll
  for (uint v = 0; v < VECTORS; ++v) {
    if (v < vectors) {
      real credit = CONSTANT_REAL(credits + v * LANES);
      if (signals != 0) {
        credit = CONSTANT_REAL(signals + v * LANES) * credit;
      }
      g->sum[v] = FMA(REAL(value), credit, g->sum[v]);
    }
  }
}

/* How many of the work-item's vectors hold units that exist. */
DEVICE uint own_vectors(uint first_unit, uint units) {
  const uint vectors = first_unit < units ? (units - first_unit + LANES - 1) / LANES : 0;
  return min(vectors, (uint)VECTORS);
}

/* One optimizer step of the work-item's vectors; the pointers stand at its first unit. */
DEVICE void apply_row(
    const gradient *g, uint vectors, optimizer_step step, GLOBAL float *weights, GLOBAL float *first_moments,
    GLOBAL float *second_moments) {
#pragma unroll
  for (uint v = 0; v < VECTORS; ++v) {
    if (v < vectors) {
      apply_step(g->sum[v], step, weights + v * LANES, first_moments + v * LANES, second_moments + v * LANES);
    }
  }
}
