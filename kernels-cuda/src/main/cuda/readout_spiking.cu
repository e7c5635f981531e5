/*
 * The read-out of LIF units over its whole window, a sample a block: currents, membranes, outputs y = spikes / T, hits and error; with
 * `credit` also its own error's credit, through the chain of membrane.h or, DIRECT, as it is.
 *
 *   G = (a - onehot) factor;  the signal comes at every step, or (LAST_STEP) at the last one alone, and then |d| below 2^-24 |G| is 0
 *
 * The threads share out units and columns: each integrates ITEM_COLUMNS columns of LANES units. Currents z stand where the credits will,
 * [tile][sample][step][TILE], since a later phase needs them by unit.
 * Writes: trains_out, outputs [sample][unit_stride], gains [sample], credits of every step (all alive).
 * Adds to counted [4][slots], a slot a sample: active inputs, synapse updates, hits, squared error.
 */
#define GROUP 128
/* Few units: many threads, each with many loads under way. */
#define ITEM_COLUMNS 1
#include "language.cuh"
#include "group_sum.cuh"
#include "elementary_functions.h"
#include "membrane.h"
#include "currents.cuh"
#include "spike_list.cuh"
#include "lif_window.cuh"
#include "readout_error.cuh"

/* What a read-out learns from; flags are 0 or 1. */
struct readout_loss {
  uint cross_entropy, last_step, direct, surprise;
  float scale, factor;
};

/* Integrates the block's columns of all units: share n is LANES units and ITEM_COLUMNS columns, units first. */
DEVICE void integrate_share(
    uint n, bool begins, uint count, const uint *ids, const float *x, uint inputs, uint vectors, uint step,
    uint steps, const float *weights, const float *biases, float *currents, ulong tile_step) {
  const uint unit = n % vectors * LANES;
  const uint column = n / vectors * ITEM_COLUMNS;
  const float *own_weights = weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE;
  float *z_at = currents + unit / TILE * tile_step + (ulong)(step + column) * TILE + unit % TILE;
  real z[ITEM_COLUMNS];
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    z[c] = begins || step + column + c >= steps ? CONSTANT_REAL(biases + unit) + REAL(0.0f) : GLOBAL_REAL(z_at + c * TILE);
  }
  integrate<ITEM_COLUMNS, 16>(z, count, ids, x + column, COLUMNS, own_weights);
#pragma unroll
  for (uint c = 0; c < ITEM_COLUMNS; ++c) {
    if (step + column + c < steps) {
      GLOBAL_REAL(z_at + c * TILE) = z[c];
    }
  }
}

/* Membranes of LANES units from their currents, [step][TILE]; writes their spikes and returns how many there were, a lane a unit. */
DEVICE word fire(
    lif_window *window, const float *currents, uint *trains, uint unit, uint units, uint unit_stride,
    uint steps) {
  lif_state state = {REAL(0.0f), REAL(0.0f)};
  word count = WORD(0u);
  for (uint step = 0; step < steps; step += COLUMNS) {
    real z[COLUMNS];
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      z[c] = step + c < steps ? CONSTANT_REAL(currents + (ulong)(step + c) * TILE) : REAL(0.0f);
    }
    const word spikes = pass_membrane(window, &state, z, REAL(1.0f), step, steps);
    write_spikes(trains, spikes, step, unit, units, unit_stride);
    count += COUNT_BITS(spikes);
  }
  return count;
}

/* Credits of LANES units in the place of their currents; returns the synapse updates. */
DEVICE ulong write_credit(
    lif_window *window, uint steps, real signal, readout_loss loss, const uint *spikes, float *credits) {
  const real floor = loss.last_step ? MAGNITUDE(signal) * REAL(CREDIT_FLOOR) : REAL(0.0f);
  real d = REAL(0.0f);
  word updates = WORD(0u);
  EACH_STEP_BACK(t) {
    if (t >= steps) {
      continue;
    }
    real kept = signal;
    if (!loss.direct) {
      d = credit_at(window, t, d, t == steps - 1 || !loss.last_step ? signal : REAL(0.0f), REAL(1.0f));
      d = CHOOSE(MAGNITUDE(d) < floor, REAL(0.0f), d);
      kept = keep_credit(window, t, d);
    }
    GLOBAL_REAL(credits + (ulong)t * TILE) = kept;
    updates += CHOOSE(kept != REAL(0.0f), WORD(spikes[t]), WORD(0u));
  }
  return sum_lanes(updates);
}

/* The sample's score, gain and signals G, by one thread; signals stand in `errors`. */
DEVICE void judge(
    const float *y, uint classes, uint stride, uint label, uint credit, readout_loss loss, float *errors,
    float *gain, ulong *counted, uint slots) {
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

extern "C" __global__ void __launch_bounds__(GROUP, 1) readout_spiking(
    const launch_settings settings,
    /* shapes */
    const uint batch, const uint inputs, const uint input_stride, const uint units, const uint unit_stride, const uint chunk,
    /* parameters: [tile][input][TILE], [unit_stride] */
    const float *weights, const float *biases,
    /* inputs */
    const uint *trains_in, const float *input_gate, const uint *indices, const uint begin, const uint *labels,
    /* loss */
    const uint credit, const readout_loss loss,
    /* results */
    uint *trains_out, float *outputs, float *errors, float *gains, float *credits,
    ulong *counted, const uint slots) {
  extern __shared__ float4 shared[];
  __shared__ uint offsets[GROUP + 1];
  __shared__ uint spikes[STEPS_BOUND + COLUMNS];
  __shared__ ulong sums[GROUP];
  const uint item = threadIdx.x;
  const uint position = blockIdx.x;
  const uint steps = settings.steps;
  const uint train_words = WORDS_OF(steps);
  const chunk_room room = room_of(shared, chunk, COLUMNS);
  const uint label = labels[indices[begin + position]];
  const uint vectors = (units + LANES - 1) / LANES;
  const ulong tile_step = (ulong)batch * steps * TILE;
  float *currents = credits + (ulong)position * steps * TILE;
  float *y = outputs + (ulong)position * unit_stride;
  float *signals = errors + (ulong)position * unit_stride;

  for (uint k = item; k < STEPS_BOUND + COLUMNS; k += GROUP) {
    spikes[k] = 0;
  }
  for (uint block = 0; block * COLUMNS < steps; ++block) {
    for (uint first = 0; first < inputs; first += chunk) {
      const share mine = share_of_chunk(min(chunk, inputs - first));
      const uint own = read_trains(
          trains_in + (ulong)position * train_words * input_stride, input_stride, first, mine, block, room.words);
      const uint at = place_in_list(own, offsets);
      list_spikes(at, first, mine, room.words, input_gate, room.ids, room.x, spikes + block * COLUMNS);
      __syncthreads();
      for (uint n = item; n < vectors * (COLUMNS / ITEM_COLUMNS); n += GROUP) {
        integrate_share(
            n, first == 0, offsets[GROUP], room.ids, room.x, inputs, vectors, block * COLUMNS, steps, weights, biases, currents,
            tile_step);
      }
      __syncthreads();
    }
  }

  for (uint unit = item * LANES; unit < units; unit += GROUP * LANES) {
    lif_window window;
    const word count = fire(
        &window, currents + unit / TILE * tile_step + unit % TILE, trains_out + (ulong)position * train_words * unit_stride, unit, units,
        unit_stride, steps);
    GLOBAL_REAL(y + unit) = REAL_OF_WORD(count) / REAL((float)steps);
  }
  __syncthreads();
  if (item == 0) {
    for (uint t = 0; t < steps; ++t) {
      counted[position] += spikes[t];
    }
    judge(y, units, vectors * LANES, label, credit, loss, signals, gains + position, counted + 2 * slots + position, slots);
  }
  __syncthreads();
  ulong updates = 0;
  if (credit) {
    for (uint unit = item * LANES; unit < units; unit += GROUP * LANES) {
      float *place = currents + unit / TILE * tile_step + unit % TILE;
      lif_window window;
      if (!loss.direct) {
        fire(&window, place, trains_out + (ulong)position * train_words * unit_stride, unit, units, unit_stride, steps);
      }
      updates += write_credit(&window, steps, CONSTANT_REAL(signals + unit), loss, spikes, place);
    }
  }
  const ulong total = group_sum(updates, sums);
  if (item == 0) {
    counted[slots + position] += total;
  }
}
