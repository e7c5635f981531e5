/*
 * The read-out of rate units for a block of COLUMNS samples a work-group: outputs y, hits and error; with `credit` also its error's credit.
 *
 *   cross-entropy   y = softmax(S z),   credit = G;      else   y = logistic(z),   credit = G (y (1 - y))
 *   G = (y - onehot) factor
 *
 * The work-items share out units and columns to integrate, then each judges samples of its own. Currents z stand where the outputs will.
 * Writes: outputs [sample][unit_stride], gains [sample], credits [tile][sample][TILE].
 * Adds to counted [4][slots], a slot a sample: active inputs, synapse updates, hits, squared error.
 */
#include "language.h"
#include "elementary_functions.h"
#include "features.h"
#include "currents.h"
#include "value_list.h"
#include "readout_error.h"

/* What a read-out learns from; flags are 0 or 1. */
typedef struct {
  uint cross_entropy, surprise;
  float scale, factor;
} readout_loss;

/* Integrates LANES units and ITEM_COLUMNS columns of the block: share n of `vectors` times the columns' shares. */
DEVICE void integrate_share(
    uint n, bool begins, uint count, __local const uint *ids, __local const float *x, uint inputs, uint vectors, uint unit_stride,
    uint columns, __global const float *weights, __global const float *biases, __global float *currents) {
  const uint unit = n % vectors * LANES;
  const uint column = n / vectors * ITEM_COLUMNS;
  __global const float *own_weights = weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE;
  __global float *z_at = currents + (ulong)column * unit_stride + unit;
  real z[ITEM_COLUMNS];
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    z[c] = begins || column + c >= columns ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : GLOBAL_REAL(z_at + c * unit_stride);
  }
  for (uint k = 0; k < count; ++k) {
    const real w = CONSTANT_REAL(own_weights + (ulong)ids[k] * TILE);
#pragma unroll
    for (uint c = 0; c < ITEM_COLUMNS; ++c) {
      z[c] = FMA(REAL(x[k * COLUMNS + column + c]), w, z[c]);
    }
  }
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    if (column + c < columns) {
      GLOBAL_REAL(z_at + c * unit_stride) = z[c];
    }
  }
}

/* Turns a sample's currents into outputs, in place. */
DEVICE void activate(__global float *y, uint units, readout_loss loss) {
  if (loss.cross_entropy) {
    softmax(y, units, loss.scale, y);
    return;
  }
  for (uint unit = 0; unit < units; unit += LANES) {
    GLOBAL_REAL(y + unit) = logistic(CONSTANT_REAL(y + unit));
  }
}

/* The gain of a sample from its outputs; `errors` is scratch. */
DEVICE float gain_of(__global const float *y, uint units, uint label, readout_loss loss, __global float *errors) {
  float p = y[label];
  if (!loss.cross_entropy) {
    softmax(y, units, loss.scale, errors);
    p = errors[label];
  }
  return max(1.0f - p, 0x1p-24f);
}

/* Credits of a sample, [tile][TILE] at a distance of tile_step; returns how many are not 0. */
DEVICE ulong write_credit(
    __global const float *y, __global const float *signals, uint units, readout_loss loss, __global float *credits,
    ulong tile_step) {
  ulong live = 0;
  for (uint unit = 0; unit < units; unit += LANES) {
    const real signal = CONSTANT_REAL(signals + unit);
    const real out = CONSTANT_REAL(y + unit);
    const real kept = loss.cross_entropy ? signal : signal * (out * (REAL(1.0f) - out));
    GLOBAL_REAL(credits + unit / TILE * tile_step + unit % TILE) = kept;
    live += sum_lanes(CHOOSE(kept != REAL(0.0f), WORD(1u), WORD(0u)));
  }
  return live;
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void readout_rate(
    /* shapes */
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint unit_stride, const uint chunk,
    /* parameters: [tile][input][TILE], [unit_stride] */
    __global const float *weights, __global const float *biases,
    /* inputs */
    __global float *values_in, __global const uint *indices, const uint begin, __global const uint *labels,
    /* loss */
    const uint credit, const readout_loss loss,
    /* results */
    __global float *outputs, __global float *errors, __global float *gains, __global float *credits, __global ulong *counted,
    const uint slots,
    /* room for a chunk: the list of inputs that are active */
    __local uint *ids, __local float *x) {
  __local uint offsets[GROUP + 1];
  __local uint counts[COLUMNS];
  const uint item = get_local_id(0);
  const uint first_position = get_group_id(0) * COLUMNS;
  const uint columns = min((uint)COLUMNS, batch - first_position);
  const uint vectors = (units + LANES - 1) / LANES;
  __global float *block_outputs = outputs + (ulong)first_position * unit_stride;
  const value_source source = {0, indices + begin, values_in, batch, inputs, input_stride, first_position};

  for (uint c = item; c < COLUMNS; c += GROUP) {
    counts[c] = 0;
  }
  EACH_CHUNK(first, inputs, chunk) {
    const share mine = share_of_chunk(min(chunk, inputs - first));
    const uint at = place_in_list(count_values(source, first, mine), offsets);
    list_values(source, at, first, mine, false, ids, x, counts);
    barrier(CLK_LOCAL_MEM_FENCE);
    for (uint n = item; n < vectors * (COLUMNS / ITEM_COLUMNS); n += GROUP) {
      integrate_share(
          n, first == 0, offsets[GROUP], ids, x, inputs, vectors, unit_stride, columns, weights, biases, block_outputs);
    }
    barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  }

  for (uint c = item; c < columns; c += GROUP) {
    const uint position = first_position + c;
    const uint label = labels[indices[begin + position]];
    __global float *y = block_outputs + (ulong)c * unit_stride;
    __global float *signals = errors + (ulong)position * unit_stride;
    activate(y, units, loss);
    score(y, units, label, counted + 2 * slots + position, slots);
    counted[position] += counts[c];
    if (credit) {
      if (loss.surprise) {
        gains[position] = gain_of(y, units, label, loss, signals);
      }
      for (uint k = 0; k < units; ++k) {
        signals[k] = y[k];
      }
      error_signal(signals, units, vectors * LANES, label, loss.factor);
      const ulong live =
          write_credit(y, signals, units, loss, credits + (ulong)position * TILE, (ulong)batch * TILE);
      counted[slots + position] += live * counts[c];
    }
  }
}
