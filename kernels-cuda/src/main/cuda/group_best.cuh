/* The best column of a block: the largest score, of equal ones the first column; none whose score is NaN. */
#ifndef RAPHE_GROUP_BEST
#define RAPHE_GROUP_BEST

#include "no_column.h"

struct candidate {
  float score;
  uint column;
};

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

/* The best of what the threads hold, for all of them. `scores` and `columns` hold one number a thread; barriers stand within. */
DEVICE candidate group_best(candidate own, float *scores, uint *columns) {
  const uint item = threadIdx.x;
  scores[item] = own.score;
  columns[item] = own.column;
  __syncthreads();
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    if (item < reach) {
      const candidate here = {scores[item], columns[item]};
      const candidate there = {scores[item + reach], columns[item + reach]};
      if (precedes(there, here)) {
        scores[item] = there.score;
        columns[item] = there.column;
      }
    }
    __syncthreads();
  }
  const candidate best = {scores[0], columns[0]};
  __syncthreads(); /* The next call writes again. */
  return best;
}

#endif
