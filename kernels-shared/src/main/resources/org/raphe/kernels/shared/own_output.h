/* What a hidden layer itself emitted for a sample, r: spikes / T, or values. */
#pragma once

/* r of LANES units of a sample; without trains they are values. */
DEVICE real own_output(
    uint steps, uint unit, uint position, uint unit_stride, GLOBAL const uint *trains, GLOBAL const float *values) {
  if (trains == 0) {
    return CONSTANT_REAL(values + (ulong)position * unit_stride + unit);
  }
  word count = WORD(0u);
  for (uint w = 0; w < WORDS_OF(steps); ++w) {
    count += COUNT_BITS(CONSTANT_WORD(trains + ((ulong)position * WORDS_OF(steps) + w) * unit_stride + unit));
  }
  return REAL_OF_WORD(count) / REAL((float)steps);
}
