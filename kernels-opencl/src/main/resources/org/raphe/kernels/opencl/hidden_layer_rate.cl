/*
 * A hidden layer of rate units for a block of COLUMNS samples and a slice of units a work-group.
 *
 *   classification   h = tanh(z),                     credit = G (1 - h h)
 *   continual        h0 = logistic(z), h = gate h0,   credit = (G gate) (h0 (1 - h0))
 *
 * and of a `linear` layer h = z, without credit. G = signals[label].
 * Writes: values_in [sample][input_stride] if SAMPLED; values_out [sample][unit_stride]; with `credit` the credits [tile][sample][TILE].
 * Adds to counted [2][slots], a slot a work-group: active inputs (slice 0) and synapse updates.
 * Groups: slices x blocks of samples, blocks first, GROUP work-items of LANES units.
 */
#include "language.h"
#include "group_sum.h"
#include "elementary_functions.h"
#include "features.h"
#include "currents.h"
#include "value_list.h"

/* h of LANES units; *slope receives what the signal is multiplied by for the credit. */
DEVICE real rate_unit(real z, real gate, real *slope) {
#if CONTINUAL
  const real open = logistic(z);
  *slope = open * (REAL(1.0f) - open);
  return gate * open;
#else
  const real h = hyperbolic_tangent(z);
  *slope = REAL(1.0f) - h * h;
  return h;
#endif
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void hidden_layer_rate(
    /* shapes */
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint unit_stride, const uint chunk,
    /* parameters: [tile][input][TILE], [unit_stride] */
    __global const float *weights, __global const float *biases,
    /* inputs: samples [N][inputs] and the batch's indices from `begin` on, or values_in as they are */
    __global const stored_feature *features, __global float *values_in, __global const uint *indices, const uint begin, __global const uint *labels,
    /* whether currents stay as they are; gates of the units, null is 1 */
    const uint linear, __global const float *gates,
    /* signals [class][unit_stride] */
    const uint credit, __global const float *signals,
    /* results */
    __global float *values_out, __global float *credits, __global ulong *counted, const uint slots,
    /* room for a chunk: the list of inputs that are active */
    __local uint *ids, __local float *x) {
  __local uint offsets[GROUP + 1];
  __local uint counts[COLUMNS];
  __local ulong sums[GROUP];
  const uint blocks = (batch + COLUMNS - 1) / COLUMNS;
  const uint item = get_local_id(0);
  const uint first_position = get_group_id(0) % blocks * COLUMNS;
  const uint slice = get_group_id(0) / blocks;
  const uint unit = (slice * GROUP + item) * LANES;
  const bool working = unit < units;
  const value_source source = {features, indices + begin, values_in, batch, inputs, input_stride, first_position};

  for (uint c = item; c < COLUMNS; c += GROUP) {
    counts[c] = 0;
  }
  real z[COLUMNS];
#pragma unroll
  for (uint c = 0; c < COLUMNS; ++c) {
    z[c] = working ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : REAL(0.0f);
  }
  EACH_CHUNK(first, inputs, chunk) {
    const share mine = share_of_chunk(min(chunk, inputs - first));
    const uint at = place_in_list(count_values(source, first, mine), offsets);
    list_values(source, at, first, mine, slice == 0, ids, x, counts);
    barrier(CLK_LOCAL_MEM_FENCE);
    if (working) {
      integrate(z, offsets[GROUP], ids, x, weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE);
    }
#if CHUNKED
    barrier(CLK_LOCAL_MEM_FENCE); /* The room is filled again. */
#endif
  }

  ulong updates = 0;
  if (working) {
    const real gate = gates == 0 ? REAL(1.0f) : CONSTANT_REAL(gates + unit);
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      const uint position = first_position + c;
      if (position < batch) {
        real slope = REAL(0.0f);
        GLOBAL_REAL(values_out + (ulong)position * unit_stride + unit) = linear ? z[c] : rate_unit(z[c], gate, &slope);
        if (credit) {
          const real signal = CONSTANT_REAL(signals + (ulong)labels[indices[begin + position]] * unit_stride + unit);
          const real kept = (gates == 0 ? signal : signal * gate) * slope;
          GLOBAL_REAL(credits + ((ulong)(unit / TILE) * batch + position) * TILE + unit % TILE) = kept;
          updates += (ulong)counts[c] * sum_lanes(CHOOSE(kept != REAL(0.0f), WORD(1u), WORD(0u)));
        }
      }
    }
  }
  const ulong total = group_sum(updates, sums);
  if (item == 0) {
    counted[slots + get_group_id(0)] += total;
    if (slice == 0) {
      ulong active = 0;
      for (uint c = 0; c < COLUMNS; ++c) {
        active += counts[c];
      }
      counted[get_group_id(0)] += active;
    }
  }
}
