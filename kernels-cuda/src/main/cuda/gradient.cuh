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
    if (ANY((g != REAL(0.0f)) | (p.first_moment != REAL(0.0f)) | (p.second_moment != REAL(0.0f)))) {
      p.weight = GLOBAL_REAL(weights);
      p = adam(p, g, step);
      GLOBAL_REAL(weights) = p.weight;
      GLOBAL_REAL(first_moments) = p.first_moment;
      GLOBAL_REAL(second_moments) = p.second_moment;
    }
  }
}

#endif
