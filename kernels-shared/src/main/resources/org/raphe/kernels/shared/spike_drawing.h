/*
 * Draws the input spikes of a block of COLUMNS steps: input i of sample s spikes at step t iff the top 24 bits of the draw (stream, s, t, i)
 * are below floor(p 2^24), with p = X / r (classification) or (X - low) / (high - low) over the batch (continual).
 */
#pragma once

/* What the draws of a batch depend on. */
typedef struct {
  uint key_low, key_high;
  uint stream;
  float input_scale;
} spike_source;

/* Threshold of a feature; `range` holds the batch's smallest and largest feature (continual). */
DEVICE uint feature_threshold(float x, spike_source source, GLOBAL const float *range) {
#if CONTINUAL
  return spike_threshold((x - range[0]) / (range[1] - range[0]));
#else
  return spike_threshold(x / source.input_scale);
#endif
}

/* The spikes of four inputs with these thresholds, from step `step` on, bit c for column c. */
DEVICE uint4 draw_quad(spike_source source, uint sample, uint quad, uint4 threshold, uint step, uint steps) {
  const uint columns = min((uint)COLUMNS, steps - step);
  uint4 spikes = UINT4(0, 0, 0, 0);
  NOT_UNROLLED for (uint c = 0; c < columns; c += LANES) {
    const word column = WORD(c) + LANE_NUMBERS;
    const philox_words draw =
        philox(WORD(source.stream), WORD(sample), WORD(step) + column, WORD(quad), source.key_low, source.key_high);
    const word bit = CHOOSE(column < WORD(columns), WORD(1u) << column, WORD(0u));
    spikes.x |= join_bits(CHOOSE((draw.first >> 8) < WORD(threshold.x), bit, WORD(0u)));
    spikes.y |= join_bits(CHOOSE((draw.second >> 8) < WORD(threshold.y), bit, WORD(0u)));
    spikes.z |= join_bits(CHOOSE((draw.third >> 8) < WORD(threshold.z), bit, WORD(0u)));
    spikes.w |= join_bits(CHOOSE((draw.fourth >> 8) < WORD(threshold.w), bit, WORD(0u)));
  }
  return spikes;
}

/*
 * Draws the work-item's share of a chunk into `words` and returns how many of its inputs spike. With `trains` they are also written there,
 * [word][stride] of this sample.
 */
DEVICE uint draw_trains(
    spike_source source, uint sample, uint steps, uint pixels, GLOBAL const void *features, GLOBAL const float *range, uint inputs,
    uint first, share mine, uint block, LOCAL uint *words, GLOBAL uint *trains, uint stride) {
  const uint step = block * COLUMNS;
  uint own = 0;
  for (uint k = mine.from; k < mine.to; k += 4) {
    uint threshold[4] = {0, 0, 0, 0};
    for (uint lane = 0; lane < 4 && k + lane < mine.to; ++lane) {
      threshold[lane] = feature_threshold(feature(pixels, features, (ulong)sample * inputs + first + k + lane), source, range);
    }
    const uint4 four = UINT4(threshold[0], threshold[1], threshold[2], threshold[3]);
    uint4 drawn = UINT4(0, 0, 0, 0);
    if ((four.x | four.y | four.z | four.w) != 0) {
      drawn = draw_quad(source, sample, (first + k) / 4, four, step, steps);
    }
    const uint spikes[4] = {drawn.x, drawn.y, drawn.z, drawn.w};
    for (uint lane = 0; lane < 4 && k + lane < mine.to; ++lane) {
      words[k + lane] = spikes[lane];
      own += spikes[lane] != 0;
      if (trains != 0) {
        const ulong at = (ulong)(step / 32) * stride + first + k + lane;
        trains[at] = (step % 32 == 0 ? 0u : trains[at]) | (spikes[lane] << (step % 32));
      }
    }
  }
  return own;
}
