/*
 * exp, logistic and tanh of the numeric contract: one polynomial in fma arithmetic, the same bits on every
 * backend.
 *
 *   q = x log2(e) + 1.5 2^23, k = q - 1.5 2^23, r = x - k ln2 (ln2 in two parts)
 *   p = e^r - 1 to degree 7;  exp = fma(p, 2^k, 2^k);  expm1 = fma(p, 2^k, 2^k - 1)
 *
 * Every line is one rounded operation, or an fma where fma is written. See docs/NUMERICS.md, section 4.
 */
#pragma once

#define LOG2_E 0x1.715476p0f
#define ROUNDER 0x1.8p23f
#define LN2_HIGH 0x1.63p-1f
#define LN2_LOW -0x1.bd0106p-13f

/* x = k ln2 + r: 2^k, always a normal number, and e^r - 1. */
typedef struct {
  real power;
  real rest;
} exponential_parts;

DEVICE exponential_parts split_exponential(real x) {
  const real q = FMA(x, REAL(LOG2_E), REAL(ROUNDER));
  const real k = q - REAL(ROUNDER);
  const real r = FMA(-k, REAL(LN2_LOW), FMA(-k, REAL(LN2_HIGH), x));
  real h = REAL(0x1.a01a02p-13f);
  h = FMA(h, r, REAL(0x1.6c16c2p-10f));
  h = FMA(h, r, REAL(0x1.111112p-7f));
  h = FMA(h, r, REAL(0x1.555556p-5f));
  h = FMA(h, r, REAL(0x1.555556p-3f));
  h = FMA(h, r, REAL(0x1.0p-1f));
  exponential_parts parts;
  parts.power = REAL_OF_BITS((BITS_OF_REAL(q) << 23) + WORD(0x3F800000u));
  parts.rest = FMA(h, r * r, r);
  return parts;
}

/* e^x; x is clamped to [-87, 88]. */
DEVICE real exponential(real x) {
  const exponential_parts parts = split_exponential(MINIMUM(MAXIMUM(x, REAL(-87.0f)), REAL(88.0f)));
  return FMA(parts.rest, parts.power, parts.power);
}

/* 1 / (1 + e^-x). */
DEVICE real logistic(real x) {
  return REAL(1.0f) / (REAL(1.0f) + exponential(-x));
}

/* tanh x = e / (e + 2), e = expm1(2 |x|), with the sign of x; |x| is clamped to 10. */
DEVICE real hyperbolic_tangent(real x) {
  const exponential_parts parts = split_exponential(REAL(2.0f) * MINIMUM(MAGNITUDE(x), REAL(10.0f)));
  const real e = FMA(parts.rest, parts.power, parts.power - REAL(1.0f));
  return COPY_SIGN(e / (e + REAL(2.0f)), x);
}
