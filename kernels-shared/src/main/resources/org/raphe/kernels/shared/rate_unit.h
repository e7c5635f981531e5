/* What a rate unit makes of its current. */
#pragma once

#include "elementary_functions.h"

/* Activations, numbered as by DeviceRateNetwork. */
#define LINEAR 0u
#define TANH 1u
#define RELU 2u

/* h of LANES units; *slope receives what the signal is multiplied by for the credit. */
DEVICE real rate_unit(uint activation, real z, real gate, real *slope) {
  if (activation == LINEAR) {
    *slope = REAL(0.0f);
    return z;
  }
  if (activation == TANH) {
    const real h = hyperbolic_tangent(z);
    *slope = REAL(1.0f) - h * h;
    return h;
  }
  if (activation == RELU) {
    *slope = CHOOSE(z > REAL(0.0f), REAL(1.0f), REAL(0.0f));
    return CHOOSE(z > REAL(0.0f), z, REAL(0.0f));
  }
  const real open = logistic(z);
  *slope = open * (REAL(1.0f) - open);
  return gate * open;
}
