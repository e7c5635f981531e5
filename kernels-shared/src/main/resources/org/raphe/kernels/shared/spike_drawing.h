/*
 * Draws the input spikes of a block of COLUMNS steps: input i of sample s spikes at step t iff the top 24
 * bits of the draw (stream, s, t, i) are below floor(p 2^24), with p = X / r (classification) or (X - low) /
 * (high - low) over the batch (continual). Pixels have 256 thresholds, which stand in a table.
 */
#pragma once

#include "quad_drawing.h"
#include "spike_list.h"

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
