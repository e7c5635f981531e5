/*
 * Philox4x32-10: four words from a 128-bit counter and a 64-bit key, without state (Salmon, Moraes, Dror,
 * Shaw, SC 2011).
 *
 *   counter (stream, sample, step, quad), key = seed;  word w of quad q belongs to input 4 q + w
 *
 * `word` holds one draw a lane, or one alone. See docs/NUMERICS.md, section 3.
 */
#pragma once

typedef struct {
  word first, second, third, fourth;
} philox_words;

DEVICE philox_words philox(word stream, word sample, word step, word quad, uint key_low, uint key_high) {
  philox_words c = {stream, sample, step, quad};
  for (int round = 0; round < 10; ++round) {
    const word high0 = MULTIPLY_HIGH(c.first, WORD(0xD2511F53u));
    const word low0 = c.first * WORD(0xD2511F53u);
    const word high1 = MULTIPLY_HIGH(c.third, WORD(0xCD9E8D57u));
    const word low1 = c.third * WORD(0xCD9E8D57u);
    c.first = high1 ^ c.second ^ WORD(key_low);
    c.third = high0 ^ c.fourth ^ WORD(key_high);
    c.second = low1;
    c.fourth = low0;
    key_low += 0x9E3779B9u;
    key_high += 0xBB67AE85u;
  }
  return c;
}

/* floor(p 2^24), the draws below which an input spikes; p is clamped to [0, 1], and NaN gives 0. */
DEVICE uint spike_threshold(float probability) {
  return (uint)(fmin(1.0f, fmax(0.0f, probability)) * 0x1p24f);
}
