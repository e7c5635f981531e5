/*
 * A number of the matrix P of recursive least squares, in row m and column i, after the batch's samples
 * from..to-1:
 *
 *   P[m][i] = fma(-t[m], t[i], P[m][i]) for each sample's t, ascending
 */
#pragma once

/* scaled: t [sample][columns]. */
DEVICE float brought_up(float p, uint m, uint i, uint from, uint to, GLOBAL const float *scaled, uint columns) {
  for (uint sample = from; sample < to; ++sample) {
    GLOBAL const float *t = scaled + (ulong)sample * columns;
    p = fma(-t[m], t[i], p);
  }
  return p;
}
