/*
 * What a LIF unit keeps of its window, and the two ways over it: forward through the membrane, back along the
 * credit. A window of one block of COLUMNS steps stands in registers, and of it only spikes and credits go to
 * memory; a longer one, and a read-out's, stands in memory, [step][TILE], where the credits take the place of
 * the membranes.
 */
#pragma once

#ifndef WINDOW_IN_MEMORY
#if ONE_BLOCK
#define WINDOW_IN_MEMORY 0
#else
#define WINDOW_IN_MEMORY 1
#endif
#endif

typedef struct {
#if WINDOW_IN_MEMORY
  GLOBAL float *membranes;
  GLOBAL float *slopes;
#else
  /* Membrane u_t; once the way back has passed, the credit c_t. */
  real membranes[COLUMNS];
#if CONTINUAL
  /* I (1 - I) of the logistic current I. */
  real slopes[COLUMNS];
#endif
#endif
  /* The steps before this one have no credit. */
  uint first_credit;
} lif_window;

/* Step t of what a window keeps. */
#if WINDOW_IN_MEMORY
#define KEPT(numbers, t) GLOBAL_REAL((numbers) + (ulong)(t) * TILE)
#else
#define KEPT(numbers, t) (numbers)[t]
#endif

/* Runs from the last step of a window to the first; written out where the window stands in registers. */
#if WINDOW_IN_MEMORY
#define EACH_STEP_BACK(t, steps) for (uint t = (steps); t-- > 0;)
#else
#define EACH_STEP_BACK(t, steps) UNROLLED for (int t = COLUMNS - 1; t >= 0; --t) if (t < (int)(steps))
#endif

/* The state that passes from one step to the next. */
typedef struct {
  real u, o;
} lif_state;

/*
 * Steps `step` and the next COLUMNS - 1 from their currents; returns the spikes, bit c for column c. A window
 * in memory is `kept` only where a way back follows.
 */
DEVICE word pass_membrane(lif_window *window, lif_state *state, const real *z, real gate, uint step, uint steps, bool kept) {
  word spikes = WORD(0u);
#pragma unroll
  for (uint c = 0; c < COLUMNS; ++c) {
    if (step + c < steps) {
      real current = z[c];
#if CONTINUAL
      current = logistic(current);
      if (kept) {
        KEPT(window->slopes, step + c) = current * (REAL(1.0f) - current);
      }
#endif
      state->u = membrane(state->u, state->o, current);
      state->o = emission(state->u, gate);
      spikes |= CHOOSE(state->u > REAL(THRESHOLD), WORD(1u << c), WORD(0u));
      if (kept) {
        KEPT(window->membranes, step + c) = state->u;
      }
    }
  }
  return spikes;
}

/* The credit of step t from that of step t + 1, both before the slope. */
DEVICE real credit_at(const lif_window *window, uint t, real d, real signal, real gate) {
  const real before = t > 0 ? emission(KEPT(window->membranes, t > 0 ? t - 1 : 0), gate) : REAL(0.0f);
  return credit_step(d, signal, KEPT(window->membranes, t), before, gate);
}

/* Puts the credit in the place of the membrane, which the steps before no longer need. */
DEVICE real keep_credit(lif_window *window, uint t, real d) {
#if CONTINUAL
  const real credit = d * KEPT(window->slopes, t);
#else
  const real credit = d;
#endif
  KEPT(window->membranes, t) = credit;
  window->first_credit = t;
  return credit;
}

/* Keeps the spikes of a block's columns, from step `step` on, for the units that exist. */
DEVICE void write_spikes(GLOBAL uint *trains, word spikes, uint step, uint unit, uint units, uint stride) {
  const word own = CHOOSE(WORD(unit) + LANE_NUMBERS < WORD(units), spikes, WORD(0u)) << (step % 32);
  GLOBAL uint *at = trains + (ulong)(step / 32) * stride + unit;
  GLOBAL_WORD(at) = step % 32 == 0 ? own : (GLOBAL_WORD(at) | own);
}
