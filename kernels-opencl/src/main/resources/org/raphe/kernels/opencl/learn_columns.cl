/*
 * What the winner of a sample learns: its centre w and its directions d_r (docs/NUMERICS.md, section 16, has every operation in order).
 *
 *   n = n + 1;   rate = (1 + A) / (n + A);   rest = 1 - rate;   w += rate (x - w);   u = rest (x - w);   then for each direction
 *   born:    lambda = rate u.u,  d = u / |u|
 *   turned:  d = rest lambda d + rate (u.d) u,  lambda = |d|,  d = d / lambda,  u = u - (u.d) d
 *
 * After the batch each direction is made orthogonal to those before it and of length 1, and the biases follow: -w.w / 2 and -w.d_r.
 * A work-group learns the column that won its sample, if no earlier sample of the batch did, with all the samples that it won, ascending. The
 * column's vectors are gathered in `room` [sample][size + 1][input_stride], the last of them u, and go back at the end; a work-item touches
 * only the inputs of its own stripes. bias_first_moments hold n at the centre and lambda at the directions.
 * Adds to counted [2][slots], a slot a sample: products as synapse updates.
 * Groups: samples, GROUP work-items. Barriers stand in no condition: what has nothing to sum sums nothing.
 */
#include "language.h"
#include "no_column.h"
#include "striped_sum.h"

/* What is left of a sample becomes a direction if its squared length is above this. */
#define BORN 0x1p-30f
/* A direction that loses all but this share of its squared length to those before it is lost. */
#define LOST 0x1p-20f

/* vectors: [unit][stride]; left: u; lengths: n, then lambda of each direction. */
typedef struct {
  __global float *vectors, *left, *lengths;
  uint inputs, stride;
} learning_column;

DEVICE __global float *vector_of(learning_column c, uint r) { return c.vectors + (ulong)r * c.stride; }

/* Keeps a length; striped_sum's barrier stands before it is read by another work-item. */
DEVICE void set_length(learning_column c, uint r, float length) {
  if (get_local_id(0) == 0) {
    c.lengths[r] = length;
  }
}

/* target = source times factor. */
DEVICE void scale(__global const float *source, float factor, __global float *target, uint inputs) {
  EACH_OWN(input, inputs) {
    GLOBAL_REAL(target + input) = CONSTANT_REAL(source + input) * REAL(factor);
  }
}

/* vector = vector + factor times other. */
DEVICE void add_scaled(float factor, __global const float *other, __global float *vector, uint inputs) {
  EACH_OWN(input, inputs) {
    GLOBAL_REAL(vector + input) = FMA(REAL(factor), CONSTANT_REAL(other + input), GLOBAL_REAL(vector + input));
  }
}

DEVICE void move_centre(learning_column c, __global const float *x, float rate, float rest) {
  EACH_OWN(input, c.inputs) {
    const real w = GLOBAL_REAL(c.vectors + input);
    const real difference = CONSTANT_REAL(x + input) - w;
    GLOBAL_REAL(c.vectors + input) = FMA(REAL(rate), difference, w);
    GLOBAL_REAL(c.left + input) = REAL(rest) * difference;
  }
}

/* Turns a direction towards u without scaling it; returns the work-item's stripes of its squared length. */
DEVICE real turn(learning_column c, __global float *direction, float gain, float keep) {
  real sum = REAL(0.0f);
  EACH_OWN(input, c.inputs) {
    const real d = FMA(REAL(gain), GLOBAL_REAL(c.left + input), REAL(keep) * GLOBAL_REAL(direction + input));
    GLOBAL_REAL(direction + input) = d;
    sum = add_products(d, d, sum, input, c.inputs);
  }
  return sum;
}

/* Direction r learns what is left of the sample. Returns products; *reached becomes false where directions after it learn nothing. */
DEVICE ulong learn_direction(learning_column c, uint r, float rate, float rest, bool *reached, sum_room *room) {
  __global float *d = vector_of(c, r);
  const float length = c.lengths[r];
  const bool turns = *reached && length != 0.0f;
  const bool begins = *reached && length == 0.0f;
  *reached = turns;

  const float along = striped_sum(stripes_of(c.left, turns ? d : c.left, turns || begins ? c.inputs : 0), room);
  const bool born = begins && along > BORN;
  if (born) {
    set_length(c, r, rate * along);
    scale(c.left, 1.0f / sqrt(along), d, c.inputs);
  }
  const real turned = turns ? turn(c, d, rate * along, rest * length) : REAL(0.0f);
  const float new_length = sqrt(striped_sum(turned, room));
  if (turns) {
    set_length(c, r, new_length);
    scale(d, 1.0f / new_length, d, c.inputs);
  }
  const float part = -striped_sum(stripes_of(c.left, d, turns ? c.inputs : 0), room);
  if (turns) {
    add_scaled(part, d, c.left, c.inputs);
  }
  return (ulong)c.inputs * (turns ? 7 : begins ? 1 + born : 0);
}

/* Takes out of direction r what those before it hold, and scales it to 1. Returns products. */
DEVICE ulong make_orthogonal(learning_column c, uint r, sum_room *room) {
  __global float *d = vector_of(c, r);
  const float length = c.lengths[r];
  ulong passes = 0;
  for (uint before = 1; before < r; ++before) {
    const bool both = length != 0.0f && c.lengths[before] != 0.0f;
    __global const float *other = vector_of(c, before);
    const float part = -striped_sum(stripes_of(d, other, both ? c.inputs : 0), room);
    add_scaled(part, other, d, both ? c.inputs : 0);
    passes += both ? 2 : 0;
  }
  const float squared = striped_sum(stripes_of(d, d, c.inputs), room);
  const bool lost = !(squared > LOST);
  if (length != 0.0f) {
    set_length(c, r, lost ? 0.0f : length);
    scale(d, lost ? 0.0f : 1.0f / sqrt(squared), d, c.inputs);
    passes += 2;
  }
  barrier(CLK_GLOBAL_MEM_FENCE); /* The next direction reads this one's length. */
  return passes * c.inputs;
}

/* LANES inputs of a unit's weights, which stand TILE apart; 0 past the last input. */
DEVICE real gathered(__global const float *weights, uint input, uint inputs) {
  real numbers = REAL(0.0f);
  for (uint l = 0; l < LANES && input + l < inputs; ++l) {
    ((float *)&numbers)[l] = weights[(ulong)(input + l) * TILE];
  }
  return numbers;
}

DEVICE void scatter(real numbers, __global float *weights, uint input, uint inputs) {
  for (uint l = 0; l < LANES && input + l < inputs; ++l) {
    weights[(ulong)(input + l) * TILE] = ((float *)&numbers)[l];
  }
}

/* The first sample from `from` on that the column won; `end` if there is none. */
DEVICE uint next_won(__global const uint *winners, uint column, uint from, uint end) {
  uint sample = from;
  while (sample < end && winners[sample] != column) {
    ++sample;
  }
  return sample;
}

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void learn_columns(
    const uint batch, const uint inputs, const uint input_stride, const uint size, const float amnesia,
    /* inputs: values [sample][input_stride], and the column that won each sample */
    __global const float *values, __global const uint *winners, __global float *room,
    __global float *weights, __global float *biases, __global float *bias_first_moments,
    __global ulong *counted, const uint slots) {
  __local real stripes[2 * GROUP];
  const uint first = get_group_id(0);
  const uint column = winners[first];
  const bool is_first = column != NO_COLUMN && next_won(winners, column, 0, first) == first;
  const uint units = is_first ? size : 0;
  const uint end = is_first ? batch : 0;
  sum_room sums = {stripes, 0};
  learning_column c;
  c.vectors = room + (ulong)first * (size + 1) * input_stride;
  c.left = c.vectors + (ulong)size * input_stride;
  c.lengths = bias_first_moments + (ulong)column * size;
  c.inputs = inputs;
  c.stride = input_stride;

  for (uint r = 0; r < units; ++r) {
    const uint unit = column * size + r;
    __global const float *own = weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE;
    EACH_OWN(input, inputs) {
      GLOBAL_REAL(vector_of(c, r) + input) = gathered(own, input, inputs);
    }
  }
  float wins = is_first ? c.lengths[0] : 0.0f;
  ulong products = 0;
  for (uint sample = first; sample < end; sample = next_won(winners, column, sample + 1, batch)) {
    wins = wins + 1.0f;
    const float rate = (1.0f + amnesia) / (wins + amnesia);
    const float rest = 1.0f - rate;
    move_centre(c, values + (ulong)sample * input_stride, rate, rest);
    products += 2 * inputs;
    bool reached = wins > 1.0f;
    for (uint r = 1; r < size; ++r) {
      products += learn_direction(c, r, rate, rest, &reached, &sums);
    }
  }
  for (uint r = 1; r < units; ++r) {
    products += make_orthogonal(c, r, &sums);
  }
  for (uint r = 0; r < units; ++r) {
    const uint unit = column * size + r;
    const float along = striped_sum(stripes_of(c.vectors, vector_of(c, r), inputs), &sums);
    if (get_local_id(0) == 0) {
      biases[unit] = 0.0f - (r == 0 ? 0.5f * along : along);
    }
    __global float *own = weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE;
    EACH_OWN(input, inputs) {
      scatter(GLOBAL_REAL(vector_of(c, r) + input), own, input, inputs);
    }
    products += inputs;
  }
  if (is_first && get_local_id(0) == 0) {
    c.lengths[0] = wins;
    counted[slots + first] += products;
  }
}
