/*
 * A hidden layer of LIF units over its whole window, for one sample and a slice of units a block: currents, membranes, spikes and, with
 * `credit`, the chain back from the learning signal of the sample's class. The first layer also draws its input spikes.
 *
 *   z_t = b + sum of W[i] x_t[i];  u_t = (gamma u_{t-1}) (1 - o_{t-1}) + phi(z_t);  s_t = [u_t > theta];  o_t = gate s_t
 *   d_t from the signal G = signals[label] at the last step (membrane.h); |d_t| below 2^-24 |G| is 0; credit_t = d_t phi'(z_t)
 *
 * With `traces` the chain is the eligibility trace of the membrane, for a signal of 1 at every step.
 * Writes: trains_in [sample][word][input_stride] if drawn; trains_out [sample][word][unit_stride]; the credits
 * [tile][sample][step][TILE] of steps that are alive, and those steps, alive [tile][sample][word], joined over a tile's units.
 * Adds to counted [2][slots], a slot a block: active inputs (slice 0) and synapse updates.
 * Groups: slices x batch, samples first, GROUP threads of LANES units.
 */
#define GROUP 64
#include "language.cuh"
#include "group_sum.cuh"
#include "philox.h"
#include "elementary_functions.h"
#include "membrane.h"
#include "features.cuh"
#include "currents.cuh"
#include "spike_list.cuh"
#include "spike_drawing.cuh"
#include "lif_window.cuh"

/* Tiles of a slice, and ints of the longest train. */
#define GROUP_TILES (GROUP * LANES / TILE)
#define MOST_WORDS WORDS_OF(STEPS_BOUND)

/*
 * The way back of one thread's units: credits in place of membranes, the steps at which any unit has one into `alive`.
 * Returns the synapse updates: spikes of the inputs at the steps where a unit has a credit.
 */
DEVICE ulong pass_credit(
    lif_window *window, uint steps, uint traces, real signal, real gate, const uint *spikes, uint *alive) {
  window->first_credit = steps;
  const real floor = MAGNITUDE(signal) * REAL(CREDIT_FLOOR);
  real d = REAL(0.0f);
  word updates = WORD(0u);
  uint living = 0;
  EACH_STEP_BACK(t) {
    if (t >= steps) {
      continue;
    }
    if (traces) {
      d = trace_step(d, window->trace[t], gate);
    } else {
      d = credit_at(window, t, d, t == steps - 1 ? signal : REAL(0.0f), gate);
      d = CHOOSE(MAGNITUDE(d) < floor, REAL(0.0f), d);
      if (!ANY(d != REAL(0.0f))) {
        break; /* No signal follows: the chain stays 0. */
      }
    }
    const flag has_credit = keep_credit(window, t, d) != REAL(0.0f);
    updates += CHOOSE(has_credit, WORD(spikes[t]), WORD(0u));
    living |= ANY(has_credit) ? 1u << (t % 32) : 0u;
    if (t % 32 == 0 && living != 0) {
      atomicOr(&alive[t / 32], living);
      living = 0;
    }
  }
  if (living != 0) {
    atomicOr(&alive[window->first_credit / 32], living);
  }
  return sum_lanes(updates);
}

/* Writes the credits of the steps that are alive in the tile. */
DEVICE void write_credits(const lif_window *window, uint steps, const uint *alive, float *credits) {
  EACH_STEP_BACK(t) {
    if (t < steps && ((alive[t / 32] >> (t % 32)) & 1u)) {
      GLOBAL_REAL(credits + (ulong)t * TILE) = t < window->first_credit ? REAL(0.0f) : window->trace[t];
    }
  }
}

extern "C" __global__ void __launch_bounds__(GROUP, 1) hidden_layer_spiking(
    const launch_settings settings,
    /* shapes */
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint unit_stride, const uint chunk,
    /* parameters: [tile][input][TILE], [unit_stride] */
    const float *weights, const float *biases,
    /* what spikes come from: samples [N][inputs], the batch's indices from `begin` on, the batch's range (continual); or trains_in as they are */
    const spike_source source, const void *features, const float *range, uint *trains_in,
    const uint *indices, const uint begin, const uint *labels,
    /* gates of the inputs and of the units; null is 1 */
    const float *input_gate, const float *gates,
    /* signals [class][unit_stride]; with `traces` they are 1 at every step */
    const uint credit, const uint traces, const float *signals,
    /* results */
    uint *trains_out, float *credits, uint *alive, ulong *counted,
    const uint slots) {
  extern __shared__ float4 shared[];
  __shared__ uint offsets[GROUP + 1];
  __shared__ uint spikes[STEPS_BOUND + COLUMNS];
  __shared__ uint group_alive[GROUP_TILES * MOST_WORDS];
  __shared__ ulong sums[GROUP];
  const uint item = threadIdx.x;
  const uint position = blockIdx.x % batch;
  const uint slice = blockIdx.x / batch;
  const uint sample = indices[begin + position];
  const uint unit = (slice * GROUP + item) * LANES;
  const uint tile = unit / TILE;
  const bool working = unit < units;
  const uint steps = settings.steps;
  const uint train_words = WORDS_OF(steps);
  const chunk_room room = room_of(shared, chunk, COLUMNS);
  uint *own_trains = trains_in + (ulong)position * train_words * input_stride;

  for (uint k = item; k < STEPS_BOUND + COLUMNS; k += GROUP) {
    spikes[k] = 0;
  }
  for (uint k = item; k < GROUP_TILES * MOST_WORDS; k += GROUP) {
    group_alive[k] = 0;
  }
  const real gate = gates == 0 || !working ? REAL(1.0f) : CONSTANT_REAL(gates + unit);
  const real bias = working ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : REAL(0.0f);
  lif_window window;
  lif_state state = {REAL(0.0f), REAL(0.0f)};
  for (uint block = 0; block * COLUMNS < steps; ++block) {
    real z[COLUMNS];
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      z[c] = bias;
    }
    for (uint first = 0; first < inputs; first += chunk) {
      const uint size = min(chunk, inputs - first);
      const share mine = share_of_chunk(size);
      const uint own =
          settings.drawn
              ? draw_trains(
                    settings, source, sample, features, range, inputs, first, mine, block, room.words,
                    slice == 0 ? own_trains : 0, input_stride)
              : read_trains(own_trains, input_stride, first, mine, block, room.words);
      const uint at = place_in_list(own, offsets);
      list_spikes(at, first, mine, room.words, input_gate, room.ids, room.x, spikes + block * COLUMNS);
      __syncthreads();
      if (working) {
        integrate<COLUMNS, 4>(z, offsets[GROUP], room.ids, room.x, COLUMNS, weights + (ulong)tile * inputs * TILE + unit % TILE);
      }
      __syncthreads(); /* The room is filled again. */
    }
    if (working) {
      const uint step = block * COLUMNS;
      const word emitted = pass_membrane(&window, &state, z, gate, step, steps);
      write_spikes(trains_out + (ulong)position * train_words * unit_stride, emitted, step, unit, units, unit_stride);
    }
  }

  const uint slot = blockIdx.x;
  if (slice == 0 && item == 0) {
    ulong active = 0;
    for (uint t = 0; t < steps; ++t) {
      active += spikes[t];
    }
    counted[slot] += active;
  }
  ulong updates = 0;
  if (credit && working) {
    const real signal = CONSTANT_REAL(signals + (ulong)labels[sample] * unit_stride + unit);
    updates = pass_credit(&window, steps, traces, signal, gate, spikes, group_alive + item * LANES / TILE * MOST_WORDS);
  }
  const ulong total = group_sum(updates, sums);
  if (item == 0) {
    counted[slots + slot] += total;
  }
  if (credit && working) {
    const uint *tile_alive = group_alive + item * LANES / TILE * MOST_WORDS;
    const ulong place = (ulong)tile * batch + position;
    write_credits(&window, steps, tile_alive, credits + place * steps * TILE + unit % TILE);
    if (unit % TILE == 0) {
      for (uint w = 0; w < train_words; ++w) {
        alive[place * train_words + w] = tile_alive[w];
      }
    }
  }
}
