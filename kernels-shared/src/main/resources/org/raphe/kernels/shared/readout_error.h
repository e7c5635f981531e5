/*
 * From a sample's outputs y to what they say and what they teach (docs/NUMERICS.md, section 6):
 *
 *   prediction   the lowest class whose y is largest
 *   p            softmax(S y), terms summed ascending
 *   G            (a - onehot) factor, a = p under cross-entropy, else y
 *   gain         max(1 - p[label], 2^-24)
 *   squared      sum over classes of (y - onehot)^2 in double, as a multiple of 2^-24; not measured without double precision
 *
 * One work-item does a sample: classes are few, and the sums have one order. Outputs and signals have a
 * stride of whole tiles.
 */
#pragma once

DEVICE uint prediction(GLOBAL const float *y, uint classes) {
  uint best = 0;
  for (uint k = 1; k < classes; ++k) {
    if (y[k] > y[best]) {
      best = k;
    }
  }
  return best;
}

/*
 * exp(scale y - largest) into `p`, which may be y; the classes are shared out by `step` work-items, of which
 * this is number `item`.
 */
DEVICE void raise(GLOBAL const float *y, uint classes, float scale, GLOBAL float *p, uint item, uint step) {
  float largest = -INFINITY;
  for (uint k = 0; k < classes; ++k) {
    largest = max(largest, scale * y[k]);
  }
  for (uint k = item * LANES; k < classes; k += step * LANES) {
    GLOBAL_REAL(p + k) = exponential(REAL(scale) * CONSTANT_REAL(y + k) - REAL(largest));
  }
}

DEVICE float sum_ascending(GLOBAL const float *terms, uint count) {
  float sum = 0.0f;
  for (uint k = 0; k < count; ++k) {
    sum = sum + terms[k];
  }
  return sum;
}

/* softmax(scale y) into `p`, which may be y, by one work-item. */
DEVICE void softmax(GLOBAL const float *y, uint classes, float scale, GLOBAL float *p) {
  raise(y, classes, scale, p, 0, 1);
  const float sum = sum_ascending(p, classes);
  for (uint k = 0; k < classes; k += LANES) {
    GLOBAL_REAL(p + k) = CONSTANT_REAL(p + k) / REAL(sum);
  }
}

/* Turns a, in place, into G; past the last class it is 0. */
DEVICE void error_signal(GLOBAL float *a, uint classes, uint stride, uint label, float factor) {
  for (uint k = 0; k < stride; ++k) {
    a[k] = k < classes ? (a[k] - (k == label ? 1.0f : 0.0f)) * factor : 0.0f;
  }
}

/* Adds hits and squared error of a sample to counted[0] and counted[slots]. */
DEVICE void score(GLOBAL const float *y, uint classes, uint label, GLOBAL ulong *counted, uint slots) {
  counted[0] += prediction(y, classes) == label;
#if DOUBLES
  double sum = 0.0;
  for (uint k = 0; k < classes; ++k) {
    const double difference = (double)y[k] - (k == label ? 1.0 : 0.0);
    sum = sum + difference * difference;
  }
  counted[slots] += (ulong)rint(sum * 0x1p24);
#endif
}
