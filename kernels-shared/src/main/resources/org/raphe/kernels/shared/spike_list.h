/*
 * Lists the inputs of a chunk that spike within a block of COLUMNS steps: their numbers, and x[k][c], which is the input's gate where it
 * spikes at column c and 0 where it does not. Also counts the spikes of each step.
 */
#pragma once

/* Reads the work-item's share of trains, [word][stride] of one sample, cut to the block's steps; returns how many inputs spike. */
DEVICE uint read_trains(GLOBAL const uint *trains, uint stride, uint first, share mine, uint block, LOCAL uint *words) {
  const uint step = block * COLUMNS;
  const uint mask = COLUMNS == 32 ? ~0u : (1u << (COLUMNS % 32)) - 1u;
  uint own = 0;
  for (uint k = mine.from; k < mine.to; ++k) {
    const uint bits = (trains[(step / 32) * stride + first + k] >> (step % 32)) & mask;
    words[k] = bits;
    own += bits != 0;
  }
  return own;
}

/* Writes the work-item's entries from `at` on and adds their spikes to the counts of the block's steps. */
DEVICE void list_spikes(
    uint at, uint first, share mine, LOCAL const uint *words, GLOBAL const float *gate, LOCAL uint *ids, LOCAL float *x,
    LOCAL uint *spikes) {
  uint counts[COLUMNS];
  for (uint c = 0; c < COLUMNS; ++c) {
    counts[c] = 0;
  }
  const uint begun = at;
  for (uint k = mine.from; k < mine.to; ++k) {
    const uint bits = words[k];
    if (bits == 0) {
      continue;
    }
    const float value = gate == 0 ? 1.0f : gate[first + k];
    ids[at] = first + k;
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      const uint bit = (bits >> c) & 1u;
      counts[c] += bit;
      x[at * COLUMNS + c] = bit != 0 ? value : 0.0f;
    }
    ++at;
  }
  if (at == begun) {
    return;
  }
  for (uint c = 0; c < COLUMNS; ++c) {
    ATOMIC_ADD(&spikes[c], counts[c]);
  }
}
