/*
 * How a group runs over the windows of a convolution: PARTS lists side by side, ENTRIES inputs of a window at
 * a time. An entry has x in COLUMNS columns (steps of a site, or sites); what is 0 in all of them is not in the
 * mask, and its x are not written.
 */
#pragma once

#include "convolution.h"
#include "window_currents.h"

#define ENTRIES 32

/* Numbers from entry to entry: 16 bytes each, and no two entries beside each other in the same banks. */
#define X_STRIDE (COLUMNS | 4)

/* Room of a group for its entries. */
#define LIST_NUMBERS (PARTS * ENTRIES * X_STRIDE)

/* Adds the inputs of each part and column that are not 0 to `seen`, whose parts stand `distance` apart. */
DEVICE void count_entries(LOCAL const float *x, LOCAL const uint *masks, LOCAL uint *seen, uint distance) {
  for (uint n = ITEM; n < PARTS * COLUMNS; n += GROUP) {
    const uint part = n / COLUMNS;
    const uint column = n % COLUMNS;
    uint own = 0;
    for (uint mask = masks[part]; mask != 0; mask &= mask - 1) {
      own += x[(part * ENTRIES + lowest_bit(mask)) * X_STRIDE + column] != 0.0f;
    }
    seen[part * distance + column] += own;
  }
}
