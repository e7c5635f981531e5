/*
 * The read-out of competing columns by recursive least squares, samples ascending (docs/NUMERICS.md, section 16).
 *
 *   v = P a,   s = 1 + a.v,   V[i C][k] += v_i / s (onehot_k - y_k),   t = v / sqrt(s),   P = P - t t^T
 *
 * Sums run over the active columns, ascending. A row of P learns the samples before this one only when a column that is active asks for it:
 * learned [column] says how many it has; learn_inverse_correlation brings up the rest. v [column] and errors [class] are scratch.
 * Writes scaled t [sample][column]; changes inverse P [column][column] and weights V [tile][input][TILE], of `inputs` inputs.
 * Adds to counted [2][slots], a slot a sample: products as synapse updates, those of P among them.
 * One block.
 */
#define GROUP 256
#include "language.cuh"
#include "inverse_correlation.cuh"

extern "C" __global__ void __launch_bounds__(GROUP, 1) learn_least_squares(
    const launch_settings settings,
    const uint batch, const uint columns, const uint size, const uint winners, const uint classes, const uint inputs,
    /* activations [sample][column]; the columns that are active [sample][winners], ascending, and how many */
    const float *activations, const uint *active_columns, const uint *active_counts,
    /* the batch's indices from `begin` on */
    const uint *indices, const uint begin, const uint *labels,
    float *inverse, float *v, float *scaled, uint *learned, float *errors,
    float *weights, ulong *counted, const uint slots) {
  const uint item = threadIdx.x;
  for (uint m = item; m < columns; m += GROUP) {
    learned[m] = 0;
  }
  __syncthreads();
  for (uint sample = 0; sample < batch; ++sample) {
    const float *a = activations + (ulong)sample * columns;
    const uint *list = active_columns + (ulong)sample * winners;
    const uint active = active_counts[sample];
    const uint label = labels[indices[begin + sample]];
    for (uint i = item; i < columns; i += GROUP) {
      float sum = 0.0f;
      for (uint n = 0; n < active; ++n) {
        const uint m = list[n];
        float *p = inverse + (ulong)m * columns + i;
        *p = brought_up(*p, m, i, learned[m], sample, scaled, columns);
        sum = fmaf(a[m], *p, sum);
      }
      v[i] = sum;
    }
    __syncthreads();

    float s = 1.0f;
    for (uint n = 0; n < active; ++n) {
      s = fmaf(a[list[n]], v[list[n]], s);
    }
    const float gain = 1.0f / s;
    const float root = 1.0f / sqrtf(s);
    for (uint n = item; n < active; n += GROUP) {
      learned[list[n]] = sample;
    }
    for (uint i = item; i < columns; i += GROUP) {
      scaled[(ulong)sample * columns + i] = v[i] * root;
    }
    for (uint k = item; k < classes; k += GROUP) {
      const float *synapses = weights + (ulong)(k / TILE) * inputs * TILE + k % TILE;
      float y = 0.0f;
      for (uint n = 0; n < active; ++n) {
        y = fmaf(a[list[n]], synapses[(ulong)list[n] * size * TILE], y);
      }
      errors[k] = (k == label ? 1.0f : 0.0f) - y;
    }
    __syncthreads();

    for (uint n = item; n < columns * classes; n += GROUP) {
      const uint i = n / classes;
      const uint k = n % classes;
      float *synapse = weights + ((ulong)(k / TILE) * inputs + i * size) * TILE + k % TILE;
      *synapse = fmaf(v[i] * gain, errors[k], *synapse);
    }
    if (item == 0) {
      const ulong products = (ulong)columns * (active + classes + 2) + (ulong)active * (classes + 1);
      counted[slots + sample] += products + (ulong)columns * columns;
    }
    __syncthreads();
  }
}
