/*
 * Lists the inputs of a chunk that spike within a block of COLUMNS steps, ascending: their numbers and their
 * spikes, bit c for column c. Also counts the spikes of each step.
 */
#pragma once

#include "common_list.h"
#include "spike_currents.h"

/* Tiles of a group's units. */
#define GROUP_TILES (GROUP * LANES > TILE ? GROUP * LANES / TILE : 1)

/*
 * A group's room: what a list is made of and what is laid out of it. `words`, the spikes of all inputs of the
 * chunk, share their place with what is laid out once they are listed. SpikeRoom counts the same bytes.
 */
typedef struct {
  LOCAL float *laid_out;
  LOCAL uint *words;
  LOCAL uint *ids;
  LOCAL uint *bits;
  /* Spikes of each step, and steps at which a tile's units have a credit, [tile][word]. */
  LOCAL uint *spikes;
  LOCAL uint *alive;
} spike_list;

/* Cuts up a room in which `laid_out` numbers are laid out. */
DEVICE spike_list list_in(LOCAL float4 *room, uint laid_out, uint chunk, uint steps) {
  spike_list list;
  list.laid_out = (LOCAL float *)room;
  list.words = (LOCAL uint *)room;
  list.ids = list.words + laid_out;
  list.bits = list.ids + chunk + LIST_PADDING;
  list.spikes = list.bits + chunk + LIST_PADDING;
  list.alive = list.spikes + WORDS_OF(steps) * 32;
  return list;
}

DEVICE void clear_counts(spike_list list, uint steps) {
  for (uint k = ITEM; k < WORDS_OF(steps) * 32; k += GROUP) {
    list.spikes[k] = 0;
  }
  for (uint k = ITEM; k < WORDS_OF(steps) * GROUP_TILES; k += GROUP) {
    list.alive[k] = 0;
  }
}

/* Reads a chunk's trains, [word][stride] of one sample, cut to the block's steps. A barrier must follow. */
DEVICE void read_trains(spike_list list, GLOBAL const uint *trains, uint stride, uint first, uint size, uint step) {
  const uint mask = COLUMNS == 32 ? ~0u : (1u << (COLUMNS % 32)) - 1u;
  for (uint k = ITEM; k < size; k += GROUP) {
    list.words[k] = (trains[(step / 32) * stride + first + k] >> (step % 32)) & mask;
  }
}

/* Writes a chunk's trains, which are drawn a block at a time. */
DEVICE void write_trains(spike_list list, GLOBAL uint *trains, uint stride, uint first, uint size, uint step) {
  for (uint k = ITEM; k < size; k += GROUP) {
    GLOBAL uint *at = trains + (step / 32) * stride + first + k;
    *at = (step % 32 == 0 ? 0u : *at) | (list.words[k] << (step % 32));
  }
}

/*
 * Lists the words that are not 0 and returns how many they are; entries past the last one, LIST_PADDING,
 * never spike. Barriers stand within.
 */
DEVICE uint list_spikes(spike_list list, uint first, uint size, LOCAL uint *offsets) {
  const share mine = share_of_chunk(size);
  uint own = 0;
  for (uint k = mine.from; k < mine.to; ++k) {
    own += list.words[k] != 0;
  }
  uint at = place_in_list(own, offsets);
  for (uint k = mine.from; k < mine.to; ++k) {
    const uint bits = list.words[k];
    if (bits != 0) {
      list.ids[at] = first + k;
      list.bits[at] = bits;
      ++at;
    }
  }
  BARRIER();
  const uint count = offsets[GROUP];
#if LIST_PADDING > 0
  for (uint k = count + ITEM; k < count + LIST_PADDING; k += GROUP) {
    list.ids[k] = first;
    list.bits[k] = 0;
  }
  BARRIER();
#endif
  return count;
}

/* Work-items that count the same step. */
#define COUNTING_PARTS (GROUP >= 64 ? GROUP / 32 : 1)

/*
 * Adds the listed spikes to the counts of the block's steps: a work-item has a step and a part of the list.
 */
DEVICE void count_spikes(spike_list list, uint count, uint step) {
  for (uint n = ITEM; n < 32 * COUNTING_PARTS; n += GROUP) {
    const uint column = n % 32;
    if (column < COLUMNS) {
      uint own = 0;
      for (uint k = n / 32; k < count; k += COUNTING_PARTS) {
        own += (list.bits[k] >> column) & 1u;
      }
      ATOMIC_ADD(&list.spikes[step + column], own);
    }
  }
}
