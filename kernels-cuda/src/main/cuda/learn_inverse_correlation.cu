/*
 * Brings the rows of P up to the end of the batch after learn_least_squares: each learns, in one go, the samples that it has not. A row a
 * block. Changes inverse P [column][column].
 */
#define GROUP 256
#include "language.cuh"
#include "inverse_correlation.cuh"

extern "C" __global__ void __launch_bounds__(GROUP, 1) learn_inverse_correlation(
    const launch_settings settings,
    const uint batch, const uint columns, const float *scaled, const uint *learned, float *inverse) {
  const uint m = blockIdx.x;
  float *row = inverse + (ulong)m * columns;
  for (uint i = threadIdx.x; i < columns; i += GROUP) {
    row[i] = brought_up(row[i], m, i, learned[m], batch, scaled, columns);
  }
}
