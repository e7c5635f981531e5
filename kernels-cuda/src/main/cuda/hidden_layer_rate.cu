/*
 * A hidden layer of rate units for a block of COLUMNS samples and a slice of units a block.
 *
 *   classification   h = tanh(z),                     credit = G (1 - h h)
 *   continual        h0 = logistic(z), h = gate h0,   credit = (G gate) (h0 (1 - h0))
 *
 * and of a `linear` layer h = z, without credit. G = signals[label].
 * Writes: values_in [sample][input_stride] where it samples; values_out [sample][unit_stride]; with `credit` the credits [tile][sample][TILE].
 * Adds to counted [2][slots], a slot a block: active inputs (slice 0) and synapse updates.
 * Groups: slices x blocks of samples, blocks first, GROUP threads of LANES units.
 */
#define GROUP 64
#define COLUMNS 8
#include "language.cuh"
#include "group_sum.cuh"
#include "elementary_functions.h"
#include "features.cuh"
#include "currents.cuh"
#include "value_list.cuh"

/* h of LANES units; *slope receives what the signal is multiplied by for the credit. */
DEVICE real rate_unit(bool continual, real z, real gate, real *slope) {
  if (continual) {
    const real open = logistic(z);
    *slope = open * (REAL(1.0f) - open);
    return gate * open;
  }
  const real h = hyperbolic_tangent(z);
  *slope = REAL(1.0f) - h * h;
  return h;
}

extern "C" __global__ void __launch_bounds__(GROUP, 1) hidden_layer_rate(
    const launch_settings settings,
    /* shapes */
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint unit_stride, const uint chunk,
    /* parameters: [tile][input][TILE], [unit_stride] */
    const float *weights, const float *biases,
    /* inputs: samples [N][inputs] and the batch's indices from `begin` on, or values_in as they are */
    const void *features, float *values_in, const uint *indices, const uint begin, const uint *labels,
    /* whether currents stay as they are; gates of the units, null is 1 */
    const uint linear, const float *gates,
    /* signals [class][unit_stride] */
    const uint credit, const float *signals,
    /* results */
    float *values_out, float *credits, ulong *counted, const uint slots) {
  extern __shared__ float4 shared[];
  __shared__ uint offsets[GROUP + 1];
  __shared__ uint counts[COLUMNS];
  __shared__ ulong sums[GROUP];
  const uint blocks = (batch + COLUMNS - 1) / COLUMNS;
  const uint item = threadIdx.x;
  const uint first_position = blockIdx.x % blocks * COLUMNS;
  const uint slice = blockIdx.x / blocks;
  const uint unit = (slice * GROUP + item) * LANES;
  const bool working = unit < units;
  const chunk_room room = room_of(shared, chunk, COLUMNS);
  const value_source source = {settings, features, indices + begin, values_in, batch, inputs, input_stride, first_position};

  for (uint c = item; c < COLUMNS; c += GROUP) {
    counts[c] = 0;
  }
  real z[COLUMNS];
#pragma unroll
  for (uint c = 0; c < COLUMNS; ++c) {
    z[c] = working ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : REAL(0.0f);
  }
  for (uint first = 0; first < inputs; first += chunk) {
    const share mine = share_of_chunk(min(chunk, inputs - first));
    const uint at = place_in_list(count_values(source, first, mine), offsets);
    list_values(source, at, first, mine, slice == 0, room.ids, room.x, counts);
    __syncthreads();
    if (working) {
      integrate<COLUMNS, 8>(z, offsets[GROUP], room.ids, room.x, COLUMNS, weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE);
    }
    __syncthreads(); /* The room is filled again. */
  }

  ulong updates = 0;
  if (working) {
    const real gate = gates == 0 ? REAL(1.0f) : CONSTANT_REAL(gates + unit);
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      const uint position = first_position + c;
      if (position < batch) {
        real slope = REAL(0.0f);
        GLOBAL_REAL(values_out + (ulong)position * unit_stride + unit) = linear ? z[c] : rate_unit(settings.continual, z[c], gate, &slope);
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
    counted[slots + blockIdx.x] += total;
    if (slice == 0) {
      ulong active = 0;
      for (uint c = 0; c < COLUMNS; ++c) {
        active += counts[c];
      }
      counted[blockIdx.x] += active;
    }
  }
}
