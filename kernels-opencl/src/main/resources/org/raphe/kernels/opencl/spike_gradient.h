/* How a work-item sums the credits of a row's spikes. */
#pragma once

/* Adds all terms of a row that exists. The room is not used. */
DEVICE void add_spikes(gradient *g, spiking_row row, bool exists, bool working, __local float4 *room) {
  if (!working) {
    return;
  }
  for (uint sample = 0; sample < row.batch; ++sample) {
    const float factor = row.gains == 0 ? row.value : row.value * row.gains[sample];
    __global const float *signals = row.answers == 0 ? 0 : row.answers + (ulong)sample * row.answer_stride + row.lane;
    for (uint w = 0; w < WORDS_OF(row.steps); ++w) {
      __global const float *credits = row.credits + ((ulong)sample * row.steps + w * 32) * TILE + row.lane;
      for (uint bits = terms_of(row, sample, w); bits != 0; bits &= bits - 1) {
        add_credits(g, factor, signals, credits + (ulong)lowest_bit(bits) * TILE, row.vectors);
      }
    }
  }
}
