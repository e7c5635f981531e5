/*
 * Draws the input spikes of a block of COLUMNS steps: input i of sample s spikes at step t iff the top 24
 * bits of the draw (stream, s, t, i) are below floor(p 2^24), with p = X / r (classification) or (X - low) /
 * (high - low) over the batch (continual). Pixels have 256 thresholds, which stand in a table.
 */
#pragma once

#include "spike_list.h"

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

/* Lists the quads of a chunk that can spike, in any order, and clears the chunk's words. */
DEVICE void list_quads(
    spike_list list, drawn_inputs of, spike_source source, ulong at, uint size, LOCAL uint *quads, LOCAL uint *count) {
  for (uint quad = ITEM; quad * 4 < size; quad += GROUP) {
    const uint4 threshold = thresholds_of(of, source, at + quad * 4, size - quad * 4);
    for (uint lane = 0; lane < 4; ++lane) {
      list.words[quad * 4 + lane] = 0;
    }
    if ((threshold.x | threshold.y | threshold.z | threshold.w) != 0) {
      quads[ATOMIC_ADD(count, 1u)] = quad;
    }
  }
}

/*
 * Draws a chunk's words for the block that begins with `step`. The quads that can spike are listed first, so
 * that the work-items share out their draws evenly. `count` is room for one number. Barriers stand within,
 * and one must follow.
 */
DEVICE void draw_trains(
    spike_list list, drawn_inputs of, spike_source source, uint stream, uint sample, uint inputs, uint first, uint size, uint step,
    uint steps, LOCAL uint *count) {
  const ulong at = (ulong)sample * inputs + first;
  LOCAL uint *quads = list.ids;
  if (ITEM == 0) {
    *count = 0;
  }
  BARRIER();
  list_quads(list, of, source, at, size, quads, count);
  BARRIER();
  const uint columns = min((uint)COLUMNS, steps - step);
  const uint draws = *count * DRAWS_A_QUAD;
  NOT_UNROLLED for (uint n = ITEM; n < draws; n += GROUP) {
    const uint quad = quads[n / DRAWS_A_QUAD];
    const uint4 threshold = thresholds_of(of, source, at + quad * 4, size - quad * 4);
    uint4 spikes = UINT4(0, 0, 0, 0);
    const uint begin = n % DRAWS_A_QUAD * COLUMNS_A_DRAW;
    NOT_UNROLLED for (uint column = begin; column < min(begin + COLUMNS_A_DRAW, columns); column += LANES) {
      const uint4 drawn = draw_quad(source, stream, sample, first / 4 + quad, threshold, step, column, columns);
      spikes.x |= drawn.x;
      spikes.y |= drawn.y;
      spikes.z |= drawn.z;
      spikes.w |= drawn.w;
    }
    JOIN_WORD(&list.words[quad * 4], spikes.x);
    JOIN_WORD(&list.words[quad * 4 + 1], spikes.y);
    JOIN_WORD(&list.words[quad * 4 + 2], spikes.z);
    JOIN_WORD(&list.words[quad * 4 + 3], spikes.w);
  }
}
