/*
 * The read-out of rate units for a block of COLUMNS samples a block: outputs y, hits and error; with `credit` also its error's credit.
 *
 *   cross-entropy   y = softmax(S z),   credit = G;      else   y = logistic(z),   credit = G (y (1 - y))
 *   G = (y - onehot) factor
 *
 * The threads share out units and columns to integrate, then each judges samples of its own. Currents z stand where the outputs will.
 * Writes: outputs [sample][unit_stride], gains [sample], credits [tile][sample][TILE].
 * Adds to counted [4][slots], a slot a sample: active inputs, synapse updates, hits, squared error.
 */
#define GROUP 128
#define COLUMNS 8
#define ITEM_COLUMNS 1
#include "language.cuh"
#include "elementary_functions.h"
#include "features.cuh"
#include "currents.cuh"
#include "value_list.cuh"
#include "readout_error.cuh"

/* What a read-out learns from; flags are 0 or 1. */
struct readout_loss {
  uint cross_entropy, surprise;
  float scale, factor;
};

/* Integrates LANES units and ITEM_COLUMNS columns of the block: share n of `vectors` times the columns' shares. */
DEVICE void integrate_share(
    uint n, bool begins, uint count, const uint *ids, const float *x, uint inputs, uint vectors, uint unit_stride,
    uint columns, const float *weights, const float *biases, float *currents) {
  const uint unit = n % vectors * LANES;
  const uint column = n / vectors * ITEM_COLUMNS;
  const float *own_weights = weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE;
  float *z_at = currents + (ulong)column * unit_stride + unit;
  real z[ITEM_COLUMNS];
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    z[c] = begins || column + c >= columns ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : GLOBAL_REAL(z_at + c * unit_stride);
  }
  integrate<ITEM_COLUMNS, 16>(z, count, ids, x + column, COLUMNS, own_weights);
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    if (column + c < columns) {
      GLOBAL_REAL(z_at + c * unit_stride) = z[c];
    }
  }
}

/* Turns a sample's currents into outputs, in place. */
DEVICE void activate(float *y, uint units, readout_loss loss) {
  if (loss.cross_entropy) {
    softmax(y, units, loss.scale, y);
    return;
  }
  for (uint unit = 0; unit < units; unit += LANES) {
    GLOBAL_REAL(y + unit) = logistic(CONSTANT_REAL(y + unit));
  }
}

/* The gain of a sample from its outputs; `errors` is scratch. */
DEVICE float gain_of(const float *y, uint units, uint label, readout_loss loss, float *errors) {
  float p = y[label];
  if (!loss.cross_entropy) {
    softmax(y, units, loss.scale, errors);
    p = errors[label];
  }
  return max(1.0f - p, 0x1p-24f);
}

/* Credits of a sample, [tile][TILE] at a distance of tile_step; returns how many are not 0. */
DEVICE ulong write_credit(
    const float *y, const float *signals, uint units, readout_loss loss, float *credits,
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

extern "C" __global__ void __launch_bounds__(GROUP, 1) readout_rate(
    const launch_settings settings,
    /* shapes */
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint unit_stride, const uint chunk,
    /* parameters: [tile][input][TILE], [unit_stride] */
    const float *weights, const float *biases,
    /* inputs */
    float *values_in, const uint *indices, const uint begin, const uint *labels,
    /* loss */
    const uint credit, const readout_loss loss,
    /* results */
    float *outputs, float *errors, float *gains, float *credits, ulong *counted,
    const uint slots) {
  extern __shared__ float4 shared[];
  __shared__ uint offsets[GROUP + 1];
  __shared__ uint counts[COLUMNS];
  const uint item = threadIdx.x;
  const uint first_position = blockIdx.x * COLUMNS;
  const uint columns = min((uint)COLUMNS, batch - first_position);
  const uint vectors = (units + LANES - 1) / LANES;
  float *block_outputs = outputs + (ulong)first_position * unit_stride;
  const chunk_room room = room_of(shared, chunk, COLUMNS);
  const value_source source = {settings, 0, indices + begin, values_in, batch, inputs, input_stride, first_position};

  for (uint c = item; c < COLUMNS; c += GROUP) {
    counts[c] = 0;
  }
  for (uint first = 0; first < inputs; first += chunk) {
    const share mine = share_of_chunk(min(chunk, inputs - first));
    const uint at = place_in_list(count_values(source, first, mine), offsets);
    list_values(source, at, first, mine, false, room.ids, room.x, counts);
    __syncthreads();
    for (uint n = item; n < vectors * (COLUMNS / ITEM_COLUMNS); n += GROUP) {
      integrate_share(
          n, first == 0, offsets[GROUP], room.ids, room.x, inputs, vectors, unit_stride, columns, weights, biases, block_outputs);
    }
    __syncthreads();
  }

  for (uint c = item; c < columns; c += GROUP) {
    const uint position = first_position + c;
    const uint label = labels[indices[begin + position]];
    float *y = block_outputs + (ulong)c * unit_stride;
    float *signals = errors + (ulong)position * unit_stride;
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
