/*
 * The input-type gate of a hidden layer of a continual network, from the batch's mean input, and the batch's range of features.
 *
 *   m_i = (0 + X of the batch's samples, ascending) / B;   g_j = m[(j D) div H];   largest = maximum of g_j
 *   gate_j = logistic(1000 (g_j - (largest - delta)))
 *
 * One work-group; `mean` [D] is its scratch. Writes gates [units] and range [2], the smallest and the largest feature.
 */
#include "language.h"
#include "elementary_functions.h"
#include "features.h"

#define STEEPNESS 1000.0f

/* Smallest and largest of what the work-items hold, in lows[0] and highs[0]. Barriers stand within. */
DEVICE void group_range(float low, float high, __local float *lows, __local float *highs) {
  const uint item = get_local_id(0);
  lows[item] = low;
  highs[item] = high;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    if (item < reach) {
      lows[item] = min(lows[item], lows[item + reach]);
      highs[item] = max(highs[item], highs[item + reach]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void open_gate(
    const uint batch, const uint inputs, const uint units, const float margin, __global const stored_feature *features,
    __global const uint *indices, const uint begin, __global float *mean, __global float *gates, __global float *range) {
  __local float lows[GROUP];
  __local float highs[GROUP];
  const uint item = get_local_id(0);
  float low = INFINITY;
  float high = -INFINITY;
  for (uint input = item; input < inputs; input += GROUP) {
    float sum = 0.0f;
    for (uint sample = 0; sample < batch; ++sample) {
      const float x = feature(features, (ulong)indices[begin + sample] * inputs + input);
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
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);

  float largest = -INFINITY;
  for (uint unit = item; unit < units; unit += GROUP) {
    largest = max(largest, mean[(ulong)unit * inputs / units]);
  }
  group_range(largest, largest, lows, highs);
  for (uint unit = item; unit < units; unit += GROUP) {
    const float resized = mean[(ulong)unit * inputs / units];
    gates[unit] = FIRST(logistic(REAL(STEEPNESS * (resized - (highs[0] - margin)))));
  }
}
