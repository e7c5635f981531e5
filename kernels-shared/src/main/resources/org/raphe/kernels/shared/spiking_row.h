/*
 * A row of weights, from one input or the biases, whose input is 1 at every step: what its gradient is made
 * of.
 */
#pragma once

#include "counted_spikes.h"
#include "gradient.h"

typedef struct {
  uint batch, steps;
  /* The input's trains, [sample][word], `input_stride` apart; null is the biases. And its gate. */
  GLOBAL const uint *trains;
  /* Of inputs that were counted. */
  GLOBAL const uint *levels;
  uint input_stride;
  float value;
  /* The tile's steps that have a credit, [sample][word]; null is all. */
  GLOBAL const uint *alive;
  /* Gains of the samples; null is 1. */
  GLOBAL const float *gains;
  /*
   * The tile's credits [sample][step][TILE], and its answers [sample][answer_stride]; without answers they
   * are 1.
   */
  GLOBAL const float *credits;
  GLOBAL const float *answers;
  uint answer_stride;
  /* The work-item's units: the first one within the tile, and how many vectors exist. */
  uint lane, vectors;
} spiking_row;

/* The steps of a word of a sample's train at which the row has a term. */
DEVICE uint terms_of(spiking_row row, uint sample, uint within) {
  const uint number = sample * WORDS_OF(row.steps) + within;
  const uint left = row.steps - within * 32;
  uint bits = left >= 32 ? ~0u : (1u << left) - 1u;
  if (row.trains != 0) {
    bits &= row.trains[(ulong)number * row.input_stride];
  }
  if (row.alive != 0) {
    bits &= row.alive[number];
  }
  return bits;
}

#if COUNTED
/* The levels of a word of a sample's train; of the biases, whose x is 1, ones. */
DEVICE counted_word levels_at(spiking_row row, uint sample, uint within) {
  counted_word own = {0, ~0u, ~0u};
  if (row.trains != 0) {
    const ulong number = (ulong)(sample * WORDS_OF(row.steps) + within);
    own.low = row.levels[number * 2 * row.input_stride];
    own.high = row.levels[(number * 2 + 1) * row.input_stride];
  }
  return own;
}
#endif

#include "spike_gradient.h"
