/*
 * One optimizer step of a weight (or bias) w with moments m and v from its summed gradient g
 * (docs/NUMERICS.md, section 10).
 *
 *   SGD    w = fma(-step, g, w)
 *   Adam   m = fma(c1, g - m, m);  v = fma(c2, g g, beta2 v);  w = fma(-step, m / fma(sqrt(v), root, epsilon), w)
 *   probe  m = g
 *
 * Scalars are computed by the host in double and rounded once.
 */
#pragma once

#define SGD 0
#define ADAM 1
#define PROBE 2

typedef struct {
  int kind;
  float step_size;
  float complement1;
  float beta2;
  float complement2;
  float inverse_root;
  float epsilon;
} optimizer_step;

typedef struct {
  real weight, first_moment, second_moment;
} parameter;

DEVICE parameter adam(parameter p, real g, optimizer_step step) {
  p.first_moment = FMA(REAL(step.complement1), g - p.first_moment, p.first_moment);
  p.second_moment = FMA(REAL(step.complement2), g * g, REAL(step.beta2) * p.second_moment);
  const real denominator = FMA(SQUARE_ROOT(p.second_moment), REAL(step.inverse_root), REAL(step.epsilon));
  p.weight = FMA(REAL(-step.step_size), p.first_moment / denominator, p.weight);
  return p;
}

/* One step of LANES parameters in memory. What has no gradient and no moments is left as it is: no optimizer
 * would change it. */
DEVICE void apply_step(
    real g, optimizer_step step, GLOBAL float *weights, GLOBAL float *first_moments, GLOBAL float *second_moments) {
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
    if (ANY((g != REAL(0.0f)) | (BITS_OF_REAL(p.first_moment) != WORD(0u)) | (BITS_OF_REAL(p.second_moment) != WORD(0u)))) {
      p.weight = GLOBAL_REAL(weights);
      p = adam(p, g, step);
      GLOBAL_REAL(weights) = p.weight;
      GLOBAL_REAL(first_moments) = p.first_moment;
      GLOBAL_REAL(second_moments) = p.second_moment;
    }
  }
}
