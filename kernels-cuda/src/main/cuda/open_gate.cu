/*
 * The input-type gate of a hidden layer of a continual network, from the batch's mean input, and the batch's range of features.
 *
 *   m_i = (0 + X of the batch's samples, ascending) / B;   g_j = m[(j D) div H];   largest = maximum of g_j
 *   gate_j = logistic(1000 (g_j - (largest - delta)))
 *
 * One block; `mean` [D] is its scratch. Writes gates [units] and range [2], the smallest and the largest feature.
 */
#define GROUP 256
#include "language.cuh"
#include "elementary_functions.h"
#include "features.cuh"

#define STEEPNESS 1000.0f

/* Smallest and largest of what the threads hold, in lows[0] and highs[0]. Barriers stand within. */
DEVICE void group_range(float low, float high, float *lows, float *highs) {
  const uint item = threadIdx.x;
  lows[item] = low;
  highs[item] = high;
  __syncthreads();
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    if (item < reach) {
      lows[item] = min(lows[item], lows[item + reach]);
      highs[item] = max(highs[item], highs[item + reach]);
    }
    __syncthreads();
  }
}

extern "C" __global__ void __launch_bounds__(GROUP, 1) open_gate(
    const launch_settings settings,
    const uint batch, const uint inputs, const uint units, const float margin, const void *features,
    const uint *indices, const uint begin, float *mean, float *gates, float *range) {
  __shared__ float lows[GROUP];
  __shared__ float highs[GROUP];
  const uint item = threadIdx.x;
  float low = INFINITY;
  float high = -INFINITY;
  for (uint input = item; input < inputs; input += GROUP) {
    float sum = 0.0f;
    for (uint sample = 0; sample < batch; ++sample) {
      const float x = feature(settings, features, (ulong)indices[begin + sample] * inputs + input);
      sum = sum + x;
      low = min(low, x);
      high = max(high, x);
    }
    mean[input] = sum / (float)batch;
  }
  group_range(low, high, lows, highs);
  if (item == 0) {
    range[0] = lows[0];
    range[1] = highs[0];
  }
  __syncthreads();

  float largest = -INFINITY;
  for (uint unit = item; unit < units; unit += GROUP) {
    largest = max(largest, mean[(ulong)unit * inputs / units]);
  }
  group_range(largest, largest, lows, highs);
  for (uint unit = item; unit < units; unit += GROUP) {
    const float resized = mean[(ulong)unit * inputs / units];
    gates[unit] = logistic(REAL(STEEPNESS * (resized - (highs[0] - margin)))).lane[0];
  }
}
