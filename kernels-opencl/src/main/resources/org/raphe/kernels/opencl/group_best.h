/* The best column of a work-group: the largest score, of equal ones the first column; none whose score is NaN. */
#ifndef RAPHE_GROUP_BEST
#define RAPHE_GROUP_BEST

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

/* The best of what the work-items hold, for all of them. `scores` and `columns` hold one number a work-item; barriers stand within. */
DEVICE candidate group_best(candidate own, __local float *scores, __local uint *columns) {
  const uint item = get_local_id(0);
  scores[item] = own.score;
  columns[item] = own.column;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    if (item < reach) {
      const candidate here = {scores[item], columns[item]};
      const candidate there = {scores[item + reach], columns[item + reach]};
      if (precedes(there, here)) {
        scores[item] = there.score;
        columns[item] = there.column;
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const candidate best = {scores[0], columns[0]};
  barrier(CLK_LOCAL_MEM_FENCE); /* The next call writes again. */
  return best;
}

#endif
