/*
 * Spikes that were counted in pools of four: a train says at which steps any unit of the pool spiked, and two
 * bit planes hold n - 1 for these steps, [sample][word][low, high][stride]. x is n / 4. Trains that were not
 * counted have no planes: ones in both make x 1.
 */
#pragma once

typedef struct {
  uint any, low, high;
} counted_word;

/* A word of an input's spikes, number `word_at` of all words of the batch's samples, from bit `shift` on. */
DEVICE counted_word read_counted(GLOBAL const uint *trains, GLOBAL const uint *levels, ulong word_at, uint stride, uint input, uint shift) {
  counted_word own;
  own.any = trains[word_at * stride + input] >> shift;
  own.low = levels == 0 ? ~0u : levels[word_at * 2 * stride + input] >> shift;
  own.high = levels == 0 ? ~0u : levels[(word_at * 2 + 1) * stride + input] >> shift;
  return own;
}

/* x at a step that spiked. */
DEVICE float counted_value(uint low, uint high, uint step) {
  return 0.25f * (float)(1 + ((low >> step) & 1u) + 2 * ((high >> step) & 1u));
}

/* The spikes of four units, counted. */
DEVICE counted_word count_four(uint a, uint b, uint c, uint d) {
  const uint ones = (a ^ b) ^ (c ^ d);
  const uint twos = (a & b) ^ (c & d) ^ ((a ^ b) & (c ^ d));
  const uint four = (a & b) & (c & d);
  counted_word own;
  own.any = a | b | c | d;
  own.low = (twos & ~ones) | four;
  own.high = (twos & ones) | four;
  return own;
}

/* The levels of a sample's inputs at the steps of a block, from bit `shift` on; of trains that were not counted
 * there are none. */
typedef struct {
  GLOBAL const uint *low;
  GLOBAL const uint *high;
  uint shift;
} block_levels;

/* Kernels of dense layers are compiled for inputs that were counted, or for others. */
#ifndef COUNTED
#define COUNTED 0
#endif

/* Those of the word with this number among all words of the batch's samples. */
DEVICE block_levels levels_of(GLOBAL const uint *levels, ulong word_at, uint stride, uint step) {
  block_levels own = {0, 0, 0};
#if COUNTED
  own.low = levels + word_at * 2 * stride;
  own.high = own.low + stride;
  own.shift = step % 32;
#endif
  return own;
}
