/* How a work-item sums the credits of a row's spikes. */
#pragma once

/* Rows are learned in their order in memory. */
#define ROW_OF(number, rows) (number)

/* Adds all terms of a row to its first `vectors` vectors. */
DEVICE void add_terms(gradient *g, spiking_row row, uint vectors) {
  gradient sum = *g;
  for (uint sample = 0; sample < row.batch; ++sample) {
    const float factor = row.gains == 0 ? row.value : row.value * row.gains[sample];
    __global const float *signals = row.answers == 0 ? 0 : row.answers + (ulong)sample * row.answer_stride + row.lane;
    __global const float *credits = row.credits + (ulong)sample * row.steps * TILE + row.lane;
    for (uint w = 0; w < WORDS_OF(row.steps); ++w) {
#if COUNTED
      const counted_word levels = levels_at(row, sample, w);
#endif
      for (uint bits = terms_of(row, sample, w); bits != 0; bits &= bits - 1) {
#if COUNTED
        const float x = counted_value(levels.low, levels.high, lowest_bit(bits)) * factor;
#else
        const float x = factor;
#endif
        add_credits(&sum, x, signals, credits + (ulong)(w * 32 + lowest_bit(bits)) * TILE, vectors);
      }
    }
  }
  *g = sum;
}

/* Adds all terms of a row that exists. The room is not used. */
DEVICE void add_spikes(gradient *g, spiking_row row, bool exists, bool working, __local float4 *room) {
  if (!working) {
    return;
  }
  /* Most tiles are full: there no vector is asked whether it exists. */
  if (row.vectors == VECTORS) {
    add_terms(g, row, VECTORS);
  } else {
    add_terms(g, row, row.vectors);
  }
}
