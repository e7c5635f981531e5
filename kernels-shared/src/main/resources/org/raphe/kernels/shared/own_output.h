/* What a hidden layer itself emitted for a sample, r: spikes / T, of a pool its units' spikes / 4 T, or values. */
#pragma once

/* r of LANES units of a sample; without trains they are values. */
DEVICE real own_output(
    uint steps, uint unit, uint position, uint unit_stride, GLOBAL const uint *trains, GLOBAL const uint *levels,
    GLOBAL const float *values) {
  if (trains == 0) {
    return CONSTANT_REAL(values + (ulong)position * unit_stride + unit);
  }
  word count = WORD(0u);
  for (uint w = 0; w < WORDS_OF(steps); ++w) {
    const ulong number = (ulong)position * WORDS_OF(steps) + w;
    count += COUNT_BITS(CONSTANT_WORD(trains + number * unit_stride + unit));
    if (levels != 0) {
      const word high = COUNT_BITS(CONSTANT_WORD(levels + (number * 2 + 1) * unit_stride + unit));
      count += COUNT_BITS(CONSTANT_WORD(levels + number * 2 * unit_stride + unit)) + high + high;
    }
  }
  return REAL_OF_WORD(count) / REAL((float)(levels == 0 ? steps : 4 * steps));
}
