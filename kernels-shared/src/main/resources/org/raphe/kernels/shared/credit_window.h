/* The way back over a window of LIF units, from the signal at its last step. */
#pragma once

#include "lif_window.h"

/*
 * The way back of one work-item's units: credits in place of membranes, the steps at which any unit has one
 * into `alive`. Returns the synapse updates: spikes of the inputs at the steps where a unit has a credit.
 */
DEVICE ulong pass_credit(
    lif_window *window, uint steps, uint traces, real signal, real gate, LOCAL const uint *spikes, LOCAL uint *alive) {
  window->first_credit = steps;
  const real floor = MAGNITUDE(signal) * REAL(CREDIT_FLOOR);
  real d = REAL(0.0f);
  word updates = WORD(0u);
  uint living = 0;
  EACH_STEP_BACK(t, steps) {
    if (traces) {
      d = trace_step(d, KEPT(window->membranes, t), gate);
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
      ATOMIC_OR(&alive[t / 32], living);
      living = 0;
    }
  }
  if (living != 0) {
    ATOMIC_OR(&alive[window->first_credit / 32], living);
  }
  return sum_lanes(updates);
}

/* Leaves, at the steps that are alive in the tile, the window's credits in `credits`. */
DEVICE void write_credits(const lif_window *window, uint steps, LOCAL const uint *alive, GLOBAL float *credits) {
  EACH_STEP_BACK(t, steps) {
    if ((alive[t / 32] >> (t % 32)) & 1u) {
      if (t < window->first_credit) {
        GLOBAL_REAL(credits + (ulong)t * TILE) = REAL(0.0f);
#if !WINDOW_IN_MEMORY
      } else {
        GLOBAL_REAL(credits + (ulong)t * TILE) = window->membranes[t];
#endif
      }
    }
  }
}
