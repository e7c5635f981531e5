/* The best column of a group: the largest score, of equal ones the first column; none whose score is NaN. */
#pragma once

#include "no_column.h"

typedef struct {
  float score;
  uint column;
} candidate;

/* What every column precedes. */
DEVICE candidate no_candidate() {
  candidate none;
  none.score = -INFINITY;
  none.column = NO_COLUMN;
  return none;
}

DEVICE bool precedes(candidate a, candidate b) {
  return a.score > b.score || (a.score == b.score && a.column < b.column);
}

/*
 * The best of what the work-items hold, for all of them. `scores` and `columns` hold one number a work-item;
 * barriers stand within.
 */
DEVICE candidate group_best(candidate own, LOCAL float *scores, LOCAL uint *columns) {
  const uint item = ITEM;
  scores[item] = own.score;
  columns[item] = own.column;
  BARRIER();
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    if (item < reach) {
      const candidate here = {scores[item], columns[item]};
      const candidate there = {scores[item + reach], columns[item + reach]};
      if (precedes(there, here)) {
        scores[item] = there.score;
        columns[item] = there.column;
      }
    }
    BARRIER();
  }
  const candidate best = {scores[0], columns[0]};
  BARRIER(); /* The next call writes again. */
  return best;
}
