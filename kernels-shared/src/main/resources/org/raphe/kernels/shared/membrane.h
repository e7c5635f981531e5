/*
 * One step of a LIF unit, forward and back (ALGORITHM section 2 and 4; docs/NUMERICS.md, sections 5 and 8).
 *
 *   u_t = (gamma u_{t-1}) (1 - o_{t-1}) + I_t;   spike iff u_t > theta;   o_t = gate where it spikes, else 0
 *   d_t = ((G_t + d_{t+1} (-gamma u_t)) gate) (1[u_t > theta - lens] - o_{t-1})  [+ (d_{t+1} gamma) (1 - o_t): continual]
 */
#pragma once

#define DECAY 0x1.99999ap-3f
#define THRESHOLD 0x1.0p-1f
#if CONTINUAL
#define LOWER_THRESHOLD 0x1.333334p-2f
#else
#define LOWER_THRESHOLD 0.0f
#endif
/* Below this part of the signal a credit is 0, where the signal comes at the last step only. */
#define CREDIT_FLOOR 0x1p-24f

DEVICE real membrane(real u, real o, real current) {
  return (REAL(DECAY) * u) * (REAL(1.0f) - o) + current;
}

/* What a unit of membrane u emits: its gate, or nothing. */
DEVICE real emission(real u, real gate) {
  return CHOOSE(u > REAL(THRESHOLD), gate, REAL(0.0f));
}

/* d_t from d_{t+1}; `before` is o_{t-1}. */
DEVICE real credit_step(real d, real signal, real u, real before, real gate) {
  const real pseudo = CHOOSE(u > REAL(LOWER_THRESHOLD), REAL(1.0f), REAL(0.0f)) - before;
  real back = ((signal + d * (REAL(-DECAY) * u)) * gate) * pseudo;
#if CONTINUAL
  back = back + (d * REAL(DECAY)) * (REAL(1.0f) - emission(u, gate));
#endif
  return back;
}

/*
 * d_t along the membrane's eligibility trace, for a signal of 1 at every step (e-prop); the reset is left
 * out.
 */
DEVICE real trace_step(real d, real u, real gate) {
  return CHOOSE(u > REAL(LOWER_THRESHOLD), gate, REAL(0.0f)) + d * REAL(DECAY);
}
