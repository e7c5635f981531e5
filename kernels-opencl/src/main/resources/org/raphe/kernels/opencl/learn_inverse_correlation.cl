/*
 * Brings the rows of P up to the end of the batch after learn_least_squares: each learns, in one go, the samples that it has not. A row a
 * work-group. Changes inverse P [column][column].
 */
#include "language.h"
#include "inverse_correlation.h"

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void learn_inverse_correlation(
    const uint batch, const uint columns, __global const float *scaled, __global const uint *learned, __global float *inverse) {
  const uint m = get_group_id(0);
  __global float *row = inverse + (ulong)m * columns;
  for (uint i = get_local_id(0); i < columns; i += GROUP) {
    row[i] = brought_up(row[i], m, i, learned[m], batch, scaled, columns);
  }
}
