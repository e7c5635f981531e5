/*
 * A hidden layer of LIF units over its whole window, for one sample and a slice of units a work-group: currents, membranes, spikes and, with
 * `credit`, the chain back from the learning signal of the sample's class. The first layer also draws its input spikes (DRAWN 1).
 *
 *   z_t = b + sum of W[i] x_t[i];  u_t = (gamma u_{t-1}) (1 - o_{t-1}) + phi(z_t);  s_t = [u_t > theta];  o_t = gate s_t
 *   d_t from the signal G = signals[label] at the last step (membrane.h); |d_t| below 2^-24 |G| is 0; credit_t = d_t phi'(z_t)
 *
 * With `traces` the chain is the eligibility trace of the membrane, for a signal of 1 at every step.
 * Writes: trains_in [sample][word][input_stride] if drawn; trains_out [sample][word][unit_stride]; the credits
 * [tile][sample][step][TILE] of steps that are alive, and those steps, alive [tile][sample][word], joined over a tile's units.
 * Adds to counted [2][slots], a slot a work-group: active inputs (slice 0) and synapse updates.
 * Groups: slices x batch, samples first, GROUP work-items of LANES units.
 */
#include "language.h"
#include "group_sum.h"
#include "philox.h"
#include "elementary_functions.h"
#include "membrane.h"
#include "features.h"
#include "currents.h"
#include "spike_list.h"
#include "spike_drawing.h"
#include "lif_window.h"

/* Tiles of a slice. */
#define GROUP_TILES (GROUP * LANES / TILE)

/*
 * The way back of one work-item's units: credits in place of membranes, the steps at which any unit has one into `alive`.
 * Returns the synapse updates: spikes of the inputs at the steps where a unit has a credit.
 */
DEVICE ulong pass_credit(
    lif_window *window, uint traces, real signal, real gate, __local const uint *spikes, __local uint *alive) {
  window->first_credit = STEPS;
  const real floor = MAGNITUDE(signal) * REAL(CREDIT_FLOOR);
  real d = REAL(0.0f);
  word updates = WORD(0u);
  uint living[WORDS];
  for (uint w = 0; w < WORDS; ++w) {
    living[w] = 0;
  }
  for (uint back = 0; back < STEPS; ++back) {
    const uint t = STEPS - 1 - back;
    if (traces) {
      d = trace_step(d, window->trace[t], gate);
    } else {
      d = credit_at(window, t, d, back == 0 ? signal : REAL(0.0f), gate);
      d = CHOOSE(MAGNITUDE(d) < floor, REAL(0.0f), d);
      if (!ANY(d != REAL(0.0f))) {
        break; /* No signal follows: the chain stays 0. */
      }
    }
    const flag has_credit = keep_credit(window, t, d) != REAL(0.0f);
    updates += CHOOSE(has_credit, WORD(spikes[t]), WORD(0u));
    living[t / 32] |= ANY(has_credit) ? 1u << (t % 32) : 0u;
  }
  for (uint w = 0; w < WORDS; ++w) {
    if (living[w] != 0) {
      atomic_or(&alive[w], living[w]);
    }
  }
  return sum_lanes(updates);
}

/* Writes the credits of the steps that are alive in the tile. */
DEVICE void write_credits(const lif_window *window, __local const uint *alive, __global float *credits) {
  for (uint t = 0; t < STEPS; ++t) {
    if ((alive[t / 32] >> (t % 32)) & 1u) {
      GLOBAL_REAL(credits + (ulong)t * TILE) = t < window->first_credit ? REAL(0.0f) : window->trace[t];
    }
  }
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void hidden_layer_spiking(
    /* shapes */
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint unit_stride, const uint chunk,
    /* parameters: [tile][input][TILE], [unit_stride] */
    __global const float *weights, __global const float *biases,
    /* what spikes come from: samples [N][inputs], the batch's indices from `begin` on, the batch's range (continual); or trains_in as they are */
    const spike_source source, __global const stored_feature *features, __global const float *range, __global uint *trains_in,
    __global const uint *indices, const uint begin, __global const uint *labels,
    /* gates of the inputs and of the units; null is 1 */
    __global const float *input_gate, __global const float *gates,
    /* signals [class][unit_stride]; with `traces` they are 1 at every step */
    const uint credit, const uint traces, __global const float *signals,
    /* results */
    __global uint *trains_out, __global float *credits, __global uint *alive, __global ulong *counted,
    const uint slots,
    /* room for a chunk: numbers of inputs, their spikes, the list of those that are active */
    __local uint *ids, __local uint *words, __local float *x) {
  __local uint offsets[GROUP + 1];
  __local uint spikes[STEPS + COLUMNS];
  __local uint group_alive[GROUP_TILES * WORDS];
  __local ulong sums[GROUP];
  const uint item = get_local_id(0);
  const uint position = get_group_id(0) % batch;
  const uint slice = get_group_id(0) / batch;
  const uint sample = indices[begin + position];
  const uint unit = (slice * GROUP + item) * LANES;
  const uint tile = unit / TILE;
  const bool working = unit < units;
  __global uint *own_trains = trains_in + (ulong)position * WORDS * input_stride;

  for (uint k = item; k < STEPS + COLUMNS; k += GROUP) {
    spikes[k] = 0;
  }
  for (uint k = item; k < GROUP_TILES * WORDS; k += GROUP) {
    group_alive[k] = 0;
  }
  const real gate = gates == 0 || !working ? REAL(1.0f) : CONSTANT_REAL(gates + unit);
  const real bias = working ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : REAL(0.0f);
  lif_window window;
  lif_state state = {REAL(0.0f), REAL(0.0f)};
  EACH_BLOCK(block) {
    real z[COLUMNS];
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      z[c] = bias;
    }
    EACH_CHUNK(first, inputs, chunk) {
      const uint size = min(chunk, inputs - first);
      const share mine = share_of_chunk(size);
#if DRAWN
      const uint own = draw_trains(
          source, sample, features, range, inputs, first, mine, block, words, slice == 0 ? own_trains : 0, input_stride);
#else
      const uint own = read_trains(own_trains, input_stride, first, mine, block, words);
#endif
      const uint at = place_in_list(own, offsets);
      list_spikes(at, first, mine, words, input_gate, ids, x, spikes + block * COLUMNS);
      barrier(CLK_LOCAL_MEM_FENCE);
      if (working) {
        integrate(z, offsets[GROUP], ids, x, weights + (ulong)tile * inputs * TILE + unit % TILE);
      }
#if CHUNKED || STEPS > COLUMNS
      barrier(CLK_LOCAL_MEM_FENCE); /* The room is filled again. */
#endif
    }
    if (working) {
      const uint step = block * COLUMNS;
      const word emitted = pass_membrane(&window, &state, z, gate, step);
      write_spikes(trains_out + (ulong)position * WORDS * unit_stride, emitted, step, unit, units, unit_stride);
    }
  }

  const uint slot = get_group_id(0);
  if (slice == 0 && item == 0) {
    ulong active = 0;
    for (uint t = 0; t < STEPS; ++t) {
      active += spikes[t];
    }
    counted[slot] += active;
  }
  /* No barrier stands within a condition: some compilers take what follows it for the same in every work-item. */
  ulong updates = 0;
  if (credit && working) {
    const real signal = CONSTANT_REAL(signals + (ulong)labels[sample] * unit_stride + unit);
    updates = pass_credit(&window, traces, signal, gate, spikes, group_alive + item * LANES / TILE * WORDS);
  }
  const ulong total = group_sum(updates, sums);
  if (item == 0) {
    counted[slots + slot] += total;
  }
  if (credit && working) {
    __local const uint *tile_alive = group_alive + item * LANES / TILE * WORDS;
    const ulong place = (ulong)tile * batch + position;
    write_credits(&window, tile_alive, credits + place * STEPS * TILE + unit % TILE);
    if (unit % TILE == 0) {
      for (uint w = 0; w < WORDS; ++w) {
        alive[place * WORDS + w] = tile_alive[w];
      }
    }
  }
}
