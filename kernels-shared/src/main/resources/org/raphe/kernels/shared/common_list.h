/* How the work-items of a group write one list together, its entries in order. */
#pragma once

#include "place_in_list.h"

/* A work-item's share of a chunk of inputs, or columns: whole quads, in order of work-items. */
typedef struct {
  uint from, to;
} share;

DEVICE share share_of_chunk(uint size) {
  const uint quads = (size + 3) / 4;
  const uint each = ((quads + GROUP - 1) / GROUP) * 4;
  share mine;
  mine.from = min(ITEM * each, size);
  mine.to = min(mine.from + each, size);
  return mine;
}

