/*
 * A spiking actor-critic: its constants, and what one work-item does for it between the windows of two trials.
 * docs/NUMERICS.md, section 21, has the operations.
 */
#pragma once
#include "elementary_functions.h"
#include "philox.h"

/* Groups of units, and the numbers of a learner's state. */
#define NO_GO 0
#define GO 1
#define CRITIC 2
#define GROUPS 3
#define NORADRENALINE 0
#define DOPAMINE 1
#define FAST 2
#define SLOW 3
#define ACETYLCHOLINE 4
#define SEROTONIN 5
#define WAIT 6
#define RELEASES 7
#define STATE_SIZE 8

/* Rules of release. */
#define UNMENDED 0
#define SURPRISE 1
#define TIMES 2

/* LearnerConstants writes these, in this order. */
typedef struct {
  uint stimuli, stimulus_units, stride, excitatory, inhibitory, steps, spike_threshold, burst_steps;
  uint rule, acetylcholine, serotonin;
  float decay, threshold, inhibition, largest_weight, trace_decay;
  float actor_rate, critic_rate, slope, value_offset, value_gain, temperature;
  float gain, burst, added_temperature, plasticity, burst_current, critic_burst;
  float high, low, level_decay, refractory, fast_rate, slow_rate, dopamine_rate, dopamine_factor;
  float acetylcholine_rate, serotonin_rate, no_go_bias;
} learner_constants;

/* What the group shares of a trial: the choice's draw, each group's first step of a burst (-1: none), spikes. */
typedef struct {
  float drawn, plastic, value, probability;
  int onsets[GROUPS];
  uint excited[GROUPS], inhibited[GROUPS];
  float factors[GROUPS];
} learner_trial;

/* k / 2^24 of a word. */
DEVICE float uniform_draw(uint bits) { return (float)(bits >> 8) * 0x1p-24f; }

/* The natural logarithm of a normal number above 0. */
DEVICE float natural_logarithm(float x) {
  const uint bits = as_uint(x);
  const int exponent = (int)(bits - 0x3F3504F3u) >> 23;
  const float m = FIRST(REAL_OF_BITS(WORD(bits - ((uint)exponent << 23))));
  const float k = (float)exponent;
  const float s = (m - 1.0f) / (m + 1.0f);
  const float z = s * s;
  float h = 1.0f / 9.0f;
  h = fma(h, z, 1.0f / 7.0f);
  h = fma(h, z, 1.0f / 5.0f);
  h = fma(h, z, 1.0f / 3.0f);
  const float twice = s + s;
  return fma(k, LN2_HIGH, fma(k, LN2_LOW, fma(h, twice * z, twice)));
}

DEVICE float follow(float mean, float value, float rate) { return fma(rate, value - mean, mean); }

DEVICE float hold(float x, float low, float high) { return x > high ? high : x >= low ? x : low; }

/* Which units of a stimulus spike, a bit each: 16 bits of a draw below the threshold, the low half of a word first. */
DEVICE uint stimulus_spikes(const learner_constants c, uint stream, uint learner, uint step, uint stimulus,
    uint key_low, uint key_high) {
  const philox_words draw =
      philox(WORD(stream), WORD(learner), WORD(step), WORD(stimulus), key_low, key_high);
  const uint words[4] = {FIRST(draw.first), FIRST(draw.second), FIRST(draw.third), FIRST(draw.fourth)};
  uint spikes = 0;
  for (uint k = 0; k < 4; ++k) {
    spikes |= ((words[k] & 0xFFFFu) < c.spike_threshold ? 1u : 0u) << 2 * k;
    spikes |= ((words[k] >> 16) < c.spike_threshold ? 1u : 0u) << (2 * k + 1);
  }
  return (spikes & ((1u << c.stimulus_units) - 1u)) << stimulus * c.stimulus_units;
}

/* Draws the choice and the bursts of a trial. */
DEVICE void begin_trial(const learner_constants c, uint stream, uint learner, uint key_low, uint key_high,
    LOCAL const float *state, LOCAL learner_trial *trial) {
  const float level = state[NORADRENALINE];
  const philox_words first = philox(WORD(stream), WORD(learner), WORD(0), WORD(0), key_low, key_high);
  const philox_words second = philox(WORD(stream), WORD(learner), WORD(0), WORD(1), key_low, key_high);
  const uint chances[GROUPS] = {FIRST(first.second), FIRST(first.third), FIRST(first.fourth)};
  const uint places[GROUPS] = {FIRST(second.first), FIRST(second.second), FIRST(second.third)};
  const float probability = c.burst * level;
  const uint count = c.steps - c.burst_steps + 1;
  trial->drawn = uniform_draw(FIRST(first.first));
  for (uint k = 0; k < GROUPS; ++k) {
    const float share = k == CRITIC ? probability * c.critic_burst : probability;
    const bool bursts = probability > 0.0f && uniform_draw(chances[k]) < share;
    trial->onsets[k] = bursts ? (int)((ulong)places[k] * count >> 32) : -1;
    trial->excited[k] = 0;
    trial->inhibited[k] = 0;
  }
  const float plastic = fma(c.plasticity, level, 1.0f);
  trial->plastic = c.acetylcholine != 0 ? plastic * (1.0f - state[ACETYLCHOLINE]) : plastic;
}

/* rE - rI of a group. */
DEVICE float group_rate(const learner_constants c, LOCAL const learner_trial *trial, uint group) {
  return (float)trial->excited[group] / (float)(c.excitatory * c.steps) -
         (float)trial->inhibited[group] / (float)(c.inhibitory * c.steps);
}

/* Chooses by the window's spikes: gives the action, keeps value and probability. */
DEVICE uint choose_action(const learner_constants c, LOCAL const float *state, LOCAL learner_trial *trial) {
  const float no_go = c.serotonin != 0 ? c.no_go_bias * state[SEROTONIN] : 0.0f;
  const float lead = group_rate(c, trial, GO) - group_rate(c, trial, NO_GO) - no_go;
  const float u = trial->drawn;
  const float temperature = fma(c.added_temperature, state[NORADRENALINE], c.temperature);
  const float odds = natural_logarithm(u > 0x1p-25f ? u : 0x1p-25f) - natural_logarithm(1.0f - u);
  const float drawn = fma(temperature, odds, lead);
  trial->probability = FIRST(logistic(REAL(c.slope * lead)));
  trial->value = fma(c.value_gain, group_rate(c, trial, CRITIC), c.value_offset);
  return drawn > 0.0f || (drawn == 0.0f && u >= 0.5f) ? GO : NO_GO;
}

/* What the eligibility of each group's E units is multiplied by. */
DEVICE void weigh_error(const learner_constants c, uint action, float dopamine, LOCAL learner_trial *trial) {
  const float actor = c.actor_rate * trial->plastic * dopamine;
  const float go = trial->probability;
  trial->factors[NO_GO] = actor * ((action == NO_GO ? 1.0f : 0.0f) - (1.0f - go));
  trial->factors[GO] = actor * ((action == GO ? 1.0f : 0.0f) - go);
  trial->factors[CRITIC] = c.critic_rate * trial->plastic * dopamine;
}

/* Whether noradrenaline is released by the learner's own rule, or at a time that is given. */
DEVICE bool releases(const learner_constants c, LOCAL float *state, float shortfall, bool due) {
  const float k = state[ACETYLCHOLINE];
  const float high = c.acetylcholine != 0 ? k / (0.5f + k) : c.high;
  const float wait = state[WAIT];
  if (c.rule == TIMES) {
    return due;
  }
  if (c.rule == SURPRISE) {
    const bool jumps = wait > 0.0f && shortfall > high;
    const bool armed = shortfall < c.low && state[SLOW] > high;
    state[WAIT] = armed || (wait > 0.0f && !jumps) ? 1.0f : 0.0f;
    return jumps;
  }
  if (c.rule == UNMENDED) {
    const float idle = fma(-state[DOPAMINE], c.dopamine_factor, 1.0f);
    const bool unmended = wait == 0.0f && shortfall * (idle > 0.0f ? idle : 0.0f) > high;
    state[WAIT] = unmended ? c.refractory : wait > 0.0f ? wait - 1.0f : 0.0f;
    return unmended;
  }
  return false;
}

/* After a trial: means follow, the level decays; gives whether noradrenaline was released. */
DEVICE bool end_trial(const learner_constants c, LOCAL float *state, float reward, float dopamine, bool due) {
  const float size = fabs(dopamine);
  const float slow = state[SLOW];
  const float fast = follow(state[FAST], reward, c.fast_rate);
  const float shortfall = slow - fast;
  state[DOPAMINE] = follow(state[DOPAMINE], size, c.dopamine_rate);
  state[FAST] = fast;
  if (shortfall < c.low) {
    state[SLOW] = follow(slow, reward, c.slow_rate);
    state[ACETYLCHOLINE] = hold(follow(state[ACETYLCHOLINE], size, c.acetylcholine_rate), 0.03f, 0.8f);
  }
  state[SEROTONIN] = follow(state[SEROTONIN], reward < 0.0f ? -reward : 0.0f, c.serotonin_rate);
  const float decayed = state[NORADRENALINE] * c.level_decay;
  state[NORADRENALINE] = decayed < 0x1p-10f ? 0.0f : decayed;
  const bool released = releases(c, state, shortfall, due);
  if (released) {
    state[NORADRENALINE] = 1.0f;
    state[RELEASES] = state[RELEASES] + 1.0f;
  }
  return released;
}
