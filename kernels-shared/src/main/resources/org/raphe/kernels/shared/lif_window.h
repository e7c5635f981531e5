/*
 * What a LIF unit keeps of its window of at most STEPS_BOUND steps, and the two ways over it: forward through the membrane, back along the credit.
 * Nothing of it goes to memory but spikes and credits.
 */
#pragma once

typedef struct {
  /* Membrane u_t; once the way back has passed, the credit c_t. */
  real trace[STEPS_BOUND];
#if CONTINUAL
  /* I (1 - I) of the logistic current I. */
  real slope[STEPS_BOUND];
#endif
  /* The steps before this one have no credit. */
  uint first_credit;
} lif_window;

/* The state that passes from one step to the next. */
typedef struct {
  real u, o;
} lif_state;

/* Steps `step` and the next COLUMNS - 1 from their currents; returns the spikes, bit c for column c. */
DEVICE word pass_membrane(lif_window *window, lif_state *state, const real *z, real gate, uint step, uint steps) {
  word spikes = WORD(0u);
#pragma unroll
  for (uint c = 0; c < COLUMNS; ++c) {
    if (step + c < steps) {
      real current = z[c];
#if CONTINUAL
      current = logistic(current);
      window->slope[step + c] = current * (REAL(1.0f) - current);
#endif
      state->u = membrane(state->u, state->o, current);
      state->o = emission(state->u, gate);
      spikes |= CHOOSE(state->u > REAL(THRESHOLD), WORD(1u << c), WORD(0u));
      window->trace[step + c] = state->u;
    }
  }
  return spikes;
}

/* The credit of step t from that of step t + 1, both before the slope. */
DEVICE real credit_at(const lif_window *window, uint t, real d, real signal, real gate) {
  const real before = t > 0 ? emission(window->trace[t > 0 ? t - 1 : 0], gate) : REAL(0.0f);
  return credit_step(d, signal, window->trace[t], before, gate);
}

/* Puts the credit in the place of the membrane, which the steps before no longer need. */
DEVICE real keep_credit(lif_window *window, uint t, real d) {
#if CONTINUAL
  window->trace[t] = d * window->slope[t];
#else
  window->trace[t] = d;
#endif
  window->first_credit = t;
  return window->trace[t];
}

/* Keeps the spikes of a block's columns, from step `step` on, for the units that exist. */
DEVICE void write_spikes(GLOBAL uint *trains, word spikes, uint step, uint unit, uint units, uint stride) {
  const word own = CHOOSE(WORD(unit) + LANE_NUMBERS < WORD(units), spikes, WORD(0u)) << (step % 32);
  GLOBAL uint *at = trains + (ulong)(step / 32) * stride + unit;
  GLOBAL_WORD(at) = step % 32 == 0 ? own : (GLOBAL_WORD(at) | own);
}
