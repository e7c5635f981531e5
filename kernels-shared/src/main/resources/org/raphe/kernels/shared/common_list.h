/* How the work-items of a group write one list together, its entries in order. */
#pragma once

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

/*
 * From how many of its share each work-item has to list, to where its own entries begin; `offsets` holds GROUP + 1 numbers and the last one
 * becomes the length of the list. Barriers stand within.
 */
DEVICE uint place_in_list(uint own, LOCAL uint *offsets) {
  const uint item = ITEM;
  offsets[item + 1] = own;
  if (item == 0) {
    offsets[0] = 0;
  }
  BARRIER();
  for (uint distance = 1; distance < GROUP; distance *= 2) {
    const uint before = item >= distance ? offsets[item + 1 - distance] : 0;
    BARRIER();
    offsets[item + 1] += before;
    BARRIER();
  }
  return offsets[item];
}
