/*
 * The signals G of a hidden layer whose rule answers to outputs, a sample a work-group. Every sum is one chain of fma from +0.
 *
 *   BRP          G_j = fma(-5e-4, r_j, B[label][j])
 *   DFA, e-prop  G_j = sum over k of (y_k - onehot_k) B[k][j]
 *   closed loop  v_k = sum over j of r_j Q[j][k];   p = softmax(4 v);   G_j = sum over k of (p_k - onehot_k) Q[j][k]
 *
 * r is the layer's own output: spikes / T, or values. feedback is B or Q transposed, [class][unit_stride]. `errors` is scratch.
 * Writes answers [sample][unit_stride].
 */
#include "language.h"
#include "elementary_functions.h"
#include "readout_error.h"

#define BRP 0
#define DFA 1
#define CLOSED 2
#define FADING -5e-4f
#define SHARPNESS 4.0f

/* r of LANES units of a sample; without trains they are values. */
DEVICE real own_output(
    uint unit, uint position, uint unit_stride, __global const uint *trains, __global const float *values) {
  if (trains == 0) {
    return CONSTANT_REAL(values + (ulong)position * unit_stride + unit);
  }
  word count = WORD(0u);
  for (uint w = 0; w < WORDS; ++w) {
    count += popcount(GLOBAL_WORD((__global uint *)trains + ((ulong)position * WORDS + w) * unit_stride + unit));
  }
  return REAL_OF_WORD(count) / REAL((float)STEPS);
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void answer(
    const uint rule, const uint units, const uint unit_stride, const uint classes, const uint class_stride,
    /* what the layer emitted: trains [sample][word][unit_stride], or values [sample][unit_stride] */
    __global const uint *trains, __global const float *values,
    __global const float *outputs, __global const uint *indices, const uint begin, __global const uint *labels,
    __global const float *feedback, __global float *errors, __global float *answers) {
  const uint item = get_local_id(0);
  const uint position = get_group_id(0);
  const uint label = labels[indices[begin + position]];
  __global float *own = answers + (ulong)position * unit_stride;
  __global float *error = errors + (ulong)position * class_stride;

  for (uint unit = item * LANES; unit < units; unit += GROUP * LANES) {
    GLOBAL_REAL(own + unit) = own_output(unit, position, unit_stride, trains, values);
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  for (uint k = item; k < classes; k += GROUP) {
    float sum = 0.0f;
    if (rule == CLOSED) {
      for (uint unit = 0; unit < units; ++unit) {
        sum = fma(own[unit], feedback[(ulong)k * unit_stride + unit], sum);
      }
    } else {
      sum = outputs[(ulong)position * class_stride + k];
    }
    error[k] = sum;
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  if (item == 0) {
    if (rule == CLOSED) {
      softmax(error, classes, SHARPNESS, error);
    }
    error[label] = error[label] - 1.0f;
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  for (uint unit = item * LANES; unit < units; unit += GROUP * LANES) {
    real signal = REAL(0.0f);
    if (rule == BRP) {
      signal = FMA(REAL(FADING), GLOBAL_REAL(own + unit), CONSTANT_REAL(feedback + (ulong)label * unit_stride + unit));
    } else {
      for (uint k = 0; k < classes; ++k) {
        signal = FMA(REAL(error[k]), CONSTANT_REAL(feedback + (ulong)k * unit_stride + unit), signal);
      }
    }
    GLOBAL_REAL(own + unit) = signal;
  }
}
