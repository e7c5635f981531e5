/*
 * Currents of COLUMNS columns at once: steps of one sample (spiking units) or samples (rate units).
 *
 *   z[c][j] = b_j + 0, then for the inputs that are not 0 in some column, ascending: z[c][j] = fma(x[c][i], W[i][j], z[c][j])
 *
 * A group first lists, in its room, which inputs of a chunk are active and what they are; then each work-item
 * runs over the list with the weights of its own units, so that one load of a weight serves all columns. An
 * input that is 0 in a column adds +0.
 */
#pragma once

#include "chunks.h"
#include "common_list.h"
#include "integrate.h"

/* A group's room for a chunk: [chunk][columns] numbers, then numbers of inputs. */
typedef struct {
  LOCAL float *x;
  LOCAL uint *ids;
} chunk_room;

DEVICE chunk_room room_of(LOCAL float4 *room, uint chunk, uint columns) {
  chunk_room parts;
  parts.x = (LOCAL float *)room;
  parts.ids = (LOCAL uint *)(parts.x + chunk * columns);
  return parts;
}
