/* LANES numbers that begin anywhere in memory, of which the first `count` exist. */
#pragma once

/* The numbers; 0 for those that do not exist. */
DEVICE real loose_real(GLOBAL const float *from, uint count) {
  real numbers = REAL(0.0f);
#pragma unroll
  for (uint l = 0; l < LANES; ++l) {
    if (l < count) {
      LANE(numbers, l) = from[l];
    }
  }
  return numbers;
}

DEVICE void keep_loose(real numbers, GLOBAL float *to, uint count) {
#pragma unroll
  for (uint l = 0; l < LANES; ++l) {
    if (l < count) {
      to[l] = LANE(numbers, l);
    }
  }
}
