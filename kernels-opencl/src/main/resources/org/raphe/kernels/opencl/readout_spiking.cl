/*
 * The read-out of LIF units over its whole window, a sample a work-group: currents, membranes, outputs y = spikes / T, hits and error; with
 * `credit` also its own error's credit, through the chain of membrane.h or, DIRECT, as it is.
 *
 *   G = (a - onehot) factor;  the signal comes at every step, or (LAST_STEP) at the last one alone, and then |d| below 2^-24 |G| is 0
 *
 * The work-items share out units and columns: each integrates ITEM_COLUMNS columns of LANES units. Currents z stand where the credits will,
 * [tile][sample][step][TILE], since a later phase needs them by unit.
 * Writes: trains_out, outputs [sample][unit_stride], gains [sample], credits of every step (all alive).
 * Adds to counted [4][slots], a slot a sample: active inputs, synapse updates, hits, squared error.
 */
#include "language.h"
#include "group_sum.h"
#include "elementary_functions.h"
#include "membrane.h"
#include "currents.h"
#include "spike_list.h"
#include "lif_window.h"
#include "readout_error.h"

/* What a read-out learns from; flags are 0 or 1. */
typedef struct {
  uint cross_entropy, last_step, direct, surprise;
  float scale, factor;
} readout_loss;

/* Integrates the block's columns of all units: share n is LANES units and ITEM_COLUMNS columns, units first. */
DEVICE void integrate_share(
    uint n, bool begins, uint count, __local const uint *ids, __local const float *x, uint inputs, uint vectors, uint step,
    __global const float *weights, __global const float *biases, __global float *currents, ulong tile_step) {
  const uint unit = n % vectors * LANES;
  const uint column = n / vectors * ITEM_COLUMNS;
  __global const float *own_weights = weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE;
  __global float *z_at = currents + unit / TILE * tile_step + (ulong)(step + column) * TILE + unit % TILE;
  real z[ITEM_COLUMNS];
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    z[c] = begins || step + column + c >= STEPS ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : GLOBAL_REAL(z_at + c * TILE);
  }
  for (uint k = 0; k < count; ++k) {
    const real w = CONSTANT_REAL(own_weights + (ulong)ids[k] * TILE);
    __local const float *columns = x + k * COLUMNS + column;
#pragma unroll
    for (uint c = 0; c < ITEM_COLUMNS; ++c) {
      z[c] = FMA(REAL(columns[c]), w, z[c]);
    }
  }
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    if (step + column + c < STEPS) {
      GLOBAL_REAL(z_at + c * TILE) = z[c];
    }
  }
}

/* Membranes of LANES units from their currents, [step][TILE]; writes their spikes and returns how many there were, a lane a unit. */
DEVICE word fire(
    lif_window *window, __global const float *currents, __global uint *trains, uint unit, uint units, uint unit_stride) {
  lif_state state = {REAL(0.0f), REAL(0.0f)};
  word count = WORD(0u);
  for (uint step = 0; step < STEPS; step += COLUMNS) {
    real z[COLUMNS];
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      z[c] = step + c < STEPS ? CONSTANT_REAL(currents + (ulong)(step + c) * TILE) : REAL(0.0f);
    }
    const word spikes = pass_membrane(window, &state, z, REAL(1.0f), step);
    write_spikes(trains, spikes, step, unit, units, unit_stride);
    count += popcount(spikes);
  }
  return count;
}

/* Credits of LANES units in the place of their currents; returns the synapse updates. */
DEVICE ulong write_credit(
    lif_window *window, real signal, readout_loss loss, __local const uint *spikes, __global float *credits) {
  const real floor = loss.last_step ? MAGNITUDE(signal) * REAL(CREDIT_FLOOR) : REAL(0.0f);
  real d = REAL(0.0f);
  word updates = WORD(0u);
  for (uint back = 0; back < STEPS; ++back) {
    const uint t = STEPS - 1 - back;
    real kept = signal;
    if (!loss.direct) {
      d = credit_at(window, t, d, back == 0 || !loss.last_step ? signal : REAL(0.0f), REAL(1.0f));
      d = CHOOSE(MAGNITUDE(d) < floor, REAL(0.0f), d);
      kept = keep_credit(window, t, d);
    }
    GLOBAL_REAL(credits + (ulong)t * TILE) = kept;
    updates += CHOOSE(kept != REAL(0.0f), WORD(spikes[t]), WORD(0u));
  }
  return sum_lanes(updates);
}

/* The sample's score, gain and signals G, by one work-item; signals stand in `errors`. */
DEVICE void judge(
    __global const float *y, uint classes, uint stride, uint label, uint credit, readout_loss loss, __global float *errors,
    __global float *gain, __global ulong *counted, uint slots) {
  score(y, classes, label, counted, slots);
  if (!credit) {
    return;
  }
  if (loss.cross_entropy || loss.surprise) {
    softmax(y, classes, loss.scale, errors);
  }
  if (loss.surprise) {
    *gain = max(1.0f - errors[label], 0x1p-24f);
  }
  if (!loss.cross_entropy) {
    for (uint k = 0; k < classes; ++k) {
      errors[k] = y[k];
    }
  }
  error_signal(errors, classes, stride, label, loss.factor);
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void readout_spiking(
    /* shapes */
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint unit_stride, const uint chunk,
    /* parameters: [tile][input][TILE], [unit_stride] */
    __global const float *weights, __global const float *biases,
    /* inputs */
    __global const uint *trains_in, __global const float *input_gate, __global const uint *indices, const uint begin, __global const uint *labels,
    /* loss */
    const uint credit, const readout_loss loss,
    /* results */
    __global uint *trains_out, __global float *outputs, __global float *errors, __global float *gains, __global float *credits,
    __global ulong *counted, const uint slots,
    /* room for a chunk: numbers of inputs, their spikes, the list of those that are active */
    __local uint *ids, __local uint *words, __local float *x) {
  __local uint offsets[GROUP + 1];
  __local uint spikes[STEPS + COLUMNS];
  __local ulong sums[GROUP];
  const uint item = get_local_id(0);
  const uint position = get_group_id(0);
  const uint label = labels[indices[begin + position]];
  const uint vectors = (units + LANES - 1) / LANES;
  const ulong tile_step = (ulong)batch * STEPS * TILE;
  __global float *currents = credits + (ulong)position * STEPS * TILE;
  __global float *y = outputs + (ulong)position * unit_stride;
  __global float *signals = errors + (ulong)position * unit_stride;

  for (uint k = item; k < STEPS + COLUMNS; k += GROUP) {
    spikes[k] = 0;
  }
  EACH_BLOCK(block) {
    EACH_CHUNK(first, inputs, chunk) {
      const share mine = share_of_chunk(min(chunk, inputs - first));
      const uint own = read_trains(
          trains_in + (ulong)position * WORDS * input_stride, input_stride, first, mine, block, words);
      const uint at = place_in_list(own, offsets);
      list_spikes(at, first, mine, words, input_gate, ids, x, spikes + block * COLUMNS);
      barrier(CLK_LOCAL_MEM_FENCE);
      for (uint n = item; n < vectors * (COLUMNS / ITEM_COLUMNS); n += GROUP) {
        integrate_share(
            n, first == 0, offsets[GROUP], ids, x, inputs, vectors, block * COLUMNS, weights, biases, currents, tile_step);
      }
      barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    }
  }

  for (uint unit = item * LANES; unit < units; unit += GROUP * LANES) {
    lif_window window;
    const word count = fire(
        &window, currents + unit / TILE * tile_step + unit % TILE, trains_out + (ulong)position * WORDS * unit_stride, unit, units,
        unit_stride);
    GLOBAL_REAL(y + unit) = REAL_OF_WORD(count) / REAL((float)STEPS);
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  if (item == 0) {
    for (uint t = 0; t < STEPS; ++t) {
      counted[position] += spikes[t];
    }
    judge(y, units, vectors * LANES, label, credit, loss, signals, gains + position, counted + 2 * slots + position, slots);
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  ulong updates = 0;
  if (credit) {
    for (uint unit = item * LANES; unit < units; unit += GROUP * LANES) {
      __global float *place = currents + unit / TILE * tile_step + unit % TILE;
      lif_window window;
      if (!loss.direct) {
        fire(&window, place, trains_out + (ulong)position * WORDS * unit_stride, unit, units, unit_stride);
      }
      updates += write_credit(&window, CONSTANT_REAL(signals + unit), loss, spikes, place);
    }
  }
  const ulong total = group_sum(updates, sums);
  if (item == 0) {
    counted[slots + position] += total;
  }
}
