/* Thresholds and draws of four inputs: a draw of the generator serves a quad. */
#pragma once

#include "philox.h"

/* What the draws of a run depend on. */
typedef struct {
  uint key_low, key_high;
  float input_scale;
} spike_source;

/* The inputs of a sample; `range` holds the batch's smallest and largest feature (continual). */
typedef struct {
  uint pixels;
  GLOBAL const void *features;
  GLOBAL const uint *thresholds;
  GLOBAL const float *range;
} drawn_inputs;

DEVICE uint threshold_of(drawn_inputs of, spike_source source, ulong at) {
  if (of.pixels) {
    return of.thresholds[((GLOBAL const uchar *)of.features)[at]];
  }
  const float x = ((GLOBAL const float *)of.features)[at];
#if CONTINUAL
  return spike_threshold((x - of.range[0]) / (of.range[1] - of.range[0]));
#else
  return spike_threshold(x / source.input_scale);
#endif
}

/* Thresholds of the `count` inputs of a quad that exist; 0 of the others. */
DEVICE uint4 thresholds_of(drawn_inputs of, spike_source source, ulong at, uint count) {
  uint threshold[4];
  for (uint lane = 0; lane < 4; ++lane) {
    threshold[lane] = lane < count ? threshold_of(of, source, at + lane) : 0;
  }
  return UINT4(threshold[0], threshold[1], threshold[2], threshold[3]);
}

/*
 * The spikes of four inputs with these thresholds at LANES steps from column `column` of the block that
 * begins with `step`.
 */
DEVICE uint4 draw_quad(
    spike_source source, uint stream, uint sample, uint quad, uint4 threshold, uint step, uint column, uint columns) {
  const word columns_drawn = WORD(column) + LANE_NUMBERS;
  const philox_words draw =
      philox(WORD(stream), WORD(sample), WORD(step) + columns_drawn, WORD(quad), source.key_low, source.key_high);
  const word bit = CHOOSE(columns_drawn < WORD(columns), WORD(1u) << columns_drawn, WORD(0u));
  return UINT4(
      join_bits(CHOOSE((draw.first >> 8) < WORD(threshold.x), bit, WORD(0u))),
      join_bits(CHOOSE((draw.second >> 8) < WORD(threshold.y), bit, WORD(0u))),
      join_bits(CHOOSE((draw.third >> 8) < WORD(threshold.z), bit, WORD(0u))),
      join_bits(CHOOSE((draw.fourth >> 8) < WORD(threshold.w), bit, WORD(0u))));
}
