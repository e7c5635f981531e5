/*
 * How threads sum the credits of a row's spikes. The threads of a row first list its terms together,
 * WORDS_LISTED words of its trains at a time, one word a thread; then each runs over the list with the
 * credits of its own units. A sample without a spike costs its share of one look at a word.
 *
 * With CREDITS_STAGED, for read-outs of so many units at most, which no rule answers, the block first brings
 * the credits of these words to shared memory, and a row that has a term at every step (biases) runs over
 * them without a list.
 */
#pragma once

static_assert(VECTORS == 1 && GROUP == 16, "a row's threads are half a warp, and each has LANES units");

/* The biases, whose chain is the longest, come first. */
#define ROW_OF(number, rows) ((rows) - 1 - (number))

/* Words of a row's trains that its threads list at a time. */
#define WORDS_LISTED GROUP
#define MOST_TERMS(steps) (WORDS_LISTED * min(steps, 32u))
/*
 * Terms whose credits are loaded at once; a list is filled up to a multiple. A read-out has few warps to hide
 * the time of a load behind, and registers to spare.
 */
#ifdef CREDITS_STAGED
#define TERMS_UNDER_WAY 8
#else
#define TERMS_UNDER_WAY 4
#endif
#define WHOLE_WARP 0xFFFFFFFFu
/* What a term that fills up a list has for a sample: nothing is added. */
#define NO_SAMPLE 0xFFFFFFFFu

/* A term: the step of its credit, counted over samples, and x a as bits; with answers the sample instead, times 4 and n - 1
 * more if it was counted. */
struct __align__(8) term {
  uint step;
  uint factor;
};

/* The word of the batch's trains that a thread lists next. */
struct word_place {
  uint number, sample, within;
};

/* The steps of one word at which a row has a term. */
struct listed_word {
  uint bits;
  term first;
#if COUNTED
  counted_word levels;
#endif
};

DEVICE word_place place_of(uint number, uint words) { return {number, number / words, number % words}; }

DEVICE void advance(word_place *place, uint words) {
  place->number += WORDS_LISTED;
  place->sample += WORDS_LISTED / words;
  place->within += WORDS_LISTED % words;
  if (place->within >= words) {
    place->within -= words;
    ++place->sample;
  }
}

DEVICE listed_word word_at(spiking_row row, word_place place, bool listed) {
  listed_word own = {0, {0, 0}};
  if (listed && place.sample < row.batch) {
    own.bits = terms_of(row, place.sample, place.within);
    own.first.step = place.sample * row.steps + place.within * 32;
    own.first.factor = row.answers != 0 ? place.sample : __float_as_uint(row.gains == 0 ? row.value : row.value * row.gains[place.sample]);
#if COUNTED
    own.levels = levels_at(row, place.sample, place.within);
#endif
  }
  return own;
}

/* Lists the terms of a row's words in order, counted from step `begin`, and returns how many there are. */
DEVICE uint list_terms(listed_word own, uint begin, uint filler, term *list) {
  const uint count = __popc(own.bits);
  uint end = count;
#pragma unroll
  for (uint reach = 1; reach < WORDS_LISTED; reach *= 2) {
    const uint before = __shfl_up_sync(WHOLE_WARP, end, reach, WORDS_LISTED);
    end += ITEM >= reach ? before : 0;
  }
  const uint all = __shfl_sync(WHOLE_WARP, end, WORDS_LISTED - 1, WORDS_LISTED);
  uint place = end - count;
  term next = own.first;
  NOT_UNROLLED for (uint rest = own.bits; rest != 0; rest &= rest - 1) {
    next.step = own.first.step - begin + lowest_bit(rest);
#if COUNTED
    const uint step = lowest_bit(rest);
    const uint level = ((own.levels.low >> step) & 1u) + 2 * ((own.levels.high >> step) & 1u);
    next.factor = filler != 0 ? own.first.factor * 4 + level : __float_as_uint(counted_value(own.levels.low, own.levels.high, step) * __uint_as_float(own.first.factor));
#endif
    list[place++] = next;
  }
  if (count != 0 && end == all) {
    next.factor = filler; /* Its credit is known to stand. */
    NOT_UNROLLED for (; place % TERMS_UNDER_WAY != 0; ++place) {
      list[place] = next;
    }
  }
  __syncwarp();
  return all;
}

/* The factor of a listed term, and its credit, with answers times that of its sample. */
template <bool ANSWERED, uint DISTANCE>
DEVICE real credit_of(spiking_row row, uint step, uint factor, const float *credits, float *x) {
  const real credit = CONSTANT_REAL((const char *)credits + (ulong)step * (DISTANCE * sizeof(float)));
  if (!ANSWERED) {
    *x = __uint_as_float(factor);
    return credit;
  }
#if COUNTED
  const uint sample = factor == NO_SAMPLE ? 0 : factor / 4;
  const float value = 0.25f * (float)(1 + factor % 4);
#else
  const uint sample = factor == NO_SAMPLE ? 0 : factor;
  const float value = row.value;
#endif
  *x = factor == NO_SAMPLE ? 0.0f : row.gains == 0 ? value : value * row.gains[sample];
  return CONSTANT_REAL(row.answers + (ulong)sample * row.answer_stride + row.lane) * credit;
}

/*
 * Adds listed terms; `credits` points at the thread's units in the step from which terms are counted, and
 * steps are DISTANCE apart.
 */
template <bool ANSWERED, uint DISTANCE>
DEVICE real add_terms(real g, spiking_row row, const term *list, uint count, const float *credits) {
  NOT_UNROLLED for (uint k = 0; k < count; k += TERMS_UNDER_WAY) {
    real credit[TERMS_UNDER_WAY];
    float x[TERMS_UNDER_WAY];
#pragma unroll
    for (uint n = 0; n < TERMS_UNDER_WAY; n += 2) {
      const uint4 two = *(const uint4 *)(list + k + n);
      credit[n] = credit_of<ANSWERED, DISTANCE>(row, two.x, two.y, credits, &x[n]);
      credit[n + 1] = credit_of<ANSWERED, DISTANCE>(row, two.z, two.w, credits, &x[n + 1]);
    }
#pragma unroll
    for (uint n = 0; n < TERMS_UNDER_WAY; ++n) {
      g = FMA(REAL(x[n]), credit[n], g);
    }
  }
  return g;
}

#ifdef CREDITS_STAGED
/* Steps of a dense row whose credits are read ahead; past the last one CREDITS_STAGED zeros follow each. */
#define STEPS_AHEAD 8
#define STEPS_PAST (3 * STEPS_AHEAD)

/* Brings `count` steps of the credits, from step `begin` on, to shared memory, and zeros after them. */
DEVICE void stage_credits(const float *credits, ulong begin, uint count, float *staged) {
  const uint vectors = CREDITS_STAGED / LANES;
#pragma unroll 4
  for (uint n = ITEM_Y * GROUP + ITEM; n < (count + STEPS_PAST) * vectors; n += GROUP * ROWS) {
    const uint step = n / vectors;
    const uint unit = n % vectors * LANES;
    GLOBAL_REAL(staged + n * LANES) = step < count ? CONSTANT_REAL(credits + (begin + step) * TILE + unit) : REAL(0.0f);
  }
}

/* Adds the credits of `count` steps with a factor of 1; those read past them are 0. */
DEVICE real add_all(real g, const float *credits, uint count) {
  real now[STEPS_AHEAD], after[STEPS_AHEAD];
#pragma unroll
  for (uint n = 0; n < STEPS_AHEAD; ++n) now[n] = CONSTANT_REAL(credits + n * CREDITS_STAGED);
  NOT_UNROLLED for (uint k = 0; k < count; k += 2 * STEPS_AHEAD) {
#pragma unroll
    for (uint n = 0; n < STEPS_AHEAD; ++n) after[n] = CONSTANT_REAL(credits + (k + STEPS_AHEAD + n) * CREDITS_STAGED);
#pragma unroll
    for (uint n = 0; n < STEPS_AHEAD; ++n) g = FMA(REAL(1.0f), now[n], g);
#pragma unroll
    for (uint n = 0; n < STEPS_AHEAD; ++n) now[n] = CONSTANT_REAL(credits + (k + 2 * STEPS_AHEAD + n) * CREDITS_STAGED);
#pragma unroll
    for (uint n = 0; n < STEPS_AHEAD; ++n) g = FMA(REAL(1.0f), after[n], g);
  }
  return g;
}
#endif

/* Adds all terms of a row; the row's threads list together, and those with units that exist are `working`. */
DEVICE void add_spikes(gradient *g, spiking_row row, bool exists, bool working, float4 *room) {
  const uint words = WORDS_OF(row.steps);
  row.alive = whole_pointer(row.alive);
  row.answers = whole_pointer(row.answers);
  term *list = (term *)room + ITEM_Y * MOST_TERMS(row.steps);
  const uint filler = row.answers != 0 ? NO_SAMPLE : 0;
  word_place place = place_of(ITEM, words);
#ifdef CREDITS_STAGED
  float *staged = (float *)((term *)room + ROWS * MOST_TERMS(row.steps));
  const bool dense = row.trains == 0 && row.alive == 0 && row.gains == 0;
  exists = exists && !dense;
  uint begin = 0;
#else
  const float *credits = whole_pointer(row.credits + row.lane);
#endif
  listed_word next = word_at(row, place, exists);
  for (uint first = 0; first < row.batch * words; first += WORDS_LISTED) {
    const listed_word own = next;
    advance(&place, words);
    next = word_at(row, place, exists);
#ifdef CREDITS_STAGED
    const word_place past = place_of(min(first + WORDS_LISTED, row.batch * words), words);
    const uint end = past.sample * row.steps + past.within * 32;
    stage_credits(row.credits, begin, end - begin, staged);
    const uint count = list_terms(own, begin, filler, list);
    __syncthreads();
    if (working) {
      g->sum[0] = dense ? add_all(g->sum[0], staged + row.lane, end - begin)
                        : add_terms<false, CREDITS_STAGED>(g->sum[0], row, list, count, staged + row.lane);
    }
    __syncthreads();
    begin = end;
#else
    if (__any_sync(WHOLE_WARP, own.bits)) {
      const uint count = list_terms(own, 0, filler, list);
      if (working) {
        g->sum[0] = row.answers == 0 ? add_terms<false, TILE>(g->sum[0], row, list, count, credits)
                                     : add_terms<true, TILE>(g->sum[0], row, list, count, credits);
      }
      __syncwarp();
    }
#endif
  }
}
