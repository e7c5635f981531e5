/*
 * What the winner of a sample learns: its centre w and its directions d_r (docs/NUMERICS.md, section 16, has every operation in order).
 *
 *   n = n + 1;   rate = (1 + A) / (n + A);   rest = 1 - rate;   w += rate (x - w);   u = rest (x - w);   then for each direction
 *   born:    lambda = rate u.u,  d = u / |u|
 *   turned:  d = rest lambda d + rate (u.d) u,  lambda = |d|,  d = d / lambda,  u = u - (u.d) d
 *
 * After the batch each direction is made orthogonal to those before it and of length 1, and the biases follow: -w.w / 2 and -w.d_r.
 * A block learns the column that won its sample, if no earlier sample of the batch did, with all the samples that it won, ascending. The
 * column's vectors are gathered in `room` [sample][size + 1][input_stride], the last of them u, and go back at the end; a thread touches
 * only the inputs of its own stripe. bias_first_moments hold n at the centre and lambda at the directions.
 * Adds to counted [2][slots], a slot a sample: products as synapse updates.
 * Groups: samples, a warp each, whose threads take every branch together.
 */
#include "language.cuh"
#include "no_column.h"
#include "striped_sum.cuh"

/* What is left of a sample becomes a direction if its squared length is above this. */
#define BORN 0x1p-30f
/* A direction that loses all but this share of its squared length to those before it is lost. */
#define LOST 0x1p-20f

/* vectors: [unit][stride]; left: u; lengths: n, then lambda of each direction. */
struct learning_column {
  float *vectors, *left, *lengths;
  uint inputs, stride;
};

DEVICE float *vector_of(learning_column c, uint r) { return c.vectors + (ulong)r * c.stride; }

/* Keeps a length; it is read by other threads after a next striped_sum. */
DEVICE void set_length(learning_column c, uint r, float length) {
  if (threadIdx.x == 0) {
    c.lengths[r] = length;
  }
}

/* target = source times factor. */
DEVICE void scale(const float *source, float factor, float *target, uint inputs) {
  EACH_PART(input, inputs) {
    part p = part_of(source, input, inputs);
    EACH_OF_PART p.of[k] = p.of[k] * factor;
    keep(p, target, input, inputs);
  }
}

/* vector = vector + factor times other. */
DEVICE void add_scaled(float factor, const float *other, float *vector, uint inputs) {
  EACH_PART(input, inputs) {
    const part o = part_of(other, input, inputs);
    part p = part_of(vector, input, inputs);
    EACH_OF_PART p.of[k] = fmaf(factor, o.of[k], p.of[k]);
    keep(p, vector, input, inputs);
  }
}

DEVICE void move_centre(learning_column c, const float *x, float rate, float rest) {
  EACH_PART(input, c.inputs) {
    const part shown = part_of(x, input, c.inputs);
    part w = part_of(c.vectors, input, c.inputs);
    part left;
    EACH_OF_PART {
      const float difference = shown.of[k] - w.of[k];
      w.of[k] = fmaf(rate, difference, w.of[k]);
      left.of[k] = rest * difference;
    }
    keep(w, c.vectors, input, c.inputs);
    keep(left, c.left, input, c.inputs);
  }
}

/* Turns a direction towards u without scaling it; returns the thread's stripe of its squared length. */
DEVICE float turn(learning_column c, float *direction, float gain, float rest) {
  float sum = 0.0f;
  EACH_PART(input, c.inputs) {
    const part left = part_of(c.left, input, c.inputs);
    part d = part_of(direction, input, c.inputs);
    EACH_OF_PART d.of[k] = fmaf(gain, left.of[k], rest * d.of[k]);
    keep(d, direction, input, c.inputs);
    sum = add_products(d, d, sum, input, c.inputs);
  }
  return sum;
}

/* What is left of the sample becomes direction r, if it is enough. Returns products. */
DEVICE ulong bear(learning_column c, uint r, float rate) {
  const float squared = striped_sum(stripe_of(c.left, c.left, c.inputs));
  if (!(squared > BORN)) {
    return c.inputs;
  }
  set_length(c, r, rate * squared);
  scale(c.left, 1.0f / sqrtf(squared), vector_of(c, r), c.inputs);
  return 2 * (ulong)c.inputs;
}

/* Direction r, of length lambda, learns what is left of the sample, and its part is taken out of that. Returns products. */
DEVICE ulong learn_direction(learning_column c, uint r, float lambda, float rate, float rest) {
  float *d = vector_of(c, r);
  const float gain = rate * striped_sum(stripe_of(c.left, d, c.inputs));
  const float length = sqrtf(striped_sum(turn(c, d, gain, rest * lambda)));
  set_length(c, r, length);
  scale(d, 1.0f / length, d, c.inputs);
  const float along = -striped_sum(stripe_of(c.left, d, c.inputs));
  add_scaled(along, d, c.left, c.inputs);
  return 7 * (ulong)c.inputs;
}

/* The column learns a sample, its wins counted up. Returns products. */
DEVICE ulong learn_sample(learning_column c, uint size, const float *x, float wins, float amnesia) {
  const float rate = (1.0f + amnesia) / (wins + amnesia);
  const float rest = 1.0f - rate;
  move_centre(c, x, rate, rest);
  ulong products = 2 * (ulong)c.inputs;
  for (uint r = 1; r < size && wins > 1.0f; ++r) {
    __syncwarp(); /* The sample before may have set the length. */
    const float lambda = c.lengths[r];
    if (lambda == 0.0f) {
      return products + bear(c, r, rate);
    }
    products += learn_direction(c, r, lambda, rate, rest);
  }
  return products;
}

/* Takes out of direction r what those before it hold, and scales it to 1. Returns products. */
DEVICE ulong make_orthogonal(learning_column c, uint r) {
  float *d = vector_of(c, r);
  ulong passes = 2;
  __syncwarp(); /* The direction before may have set its length. */
  if (c.lengths[r] == 0.0f) {
    return 0;
  }
  for (uint before = 1; before < r; ++before) {
    if (c.lengths[before] != 0.0f) {
      const float *other = vector_of(c, before);
      add_scaled(-striped_sum(stripe_of(d, other, c.inputs)), other, d, c.inputs);
      passes += 2;
    }
  }
  const float squared = striped_sum(stripe_of(d, d, c.inputs));
  const bool lost = !(squared > LOST);
  scale(d, lost ? 0.0f : 1.0f / sqrtf(squared), d, c.inputs);
  if (lost) {
    set_length(c, r, 0.0f);
  }
  return passes * c.inputs;
}

/* The first sample from `from` on that the column won; `end` if there is none. */
DEVICE uint next_won(const uint *winners, uint column, uint from, uint end) {
  uint sample = from;
  while (sample < end && winners[sample] != column) {
    ++sample;
  }
  return sample;
}

/* Where the weights of a unit stand, its inputs TILE apart. */
DEVICE float *weights_of(float *weights, uint unit, uint inputs) {
  return weights + (ulong)(unit / TILE) * inputs * TILE + unit % TILE;
}

extern "C" __global__ void __launch_bounds__(GROUP, 1) learn_columns(
    const launch_settings settings,
    const uint batch, const uint inputs, const uint input_stride, const uint size, const float amnesia,
    /* inputs: values [sample][input_stride], and the column that won each sample */
    const float *values, const uint *winners, float *room,
    float *weights, float *biases, float *bias_first_moments,
    ulong *counted, const uint slots) {
  const uint first = blockIdx.x;
  const uint column = winners[first];
  if (column == NO_COLUMN || next_won(winners, column, 0, first) != first) {
    return;
  }
  learning_column c;
  c.vectors = room + (ulong)first * (size + 1) * input_stride;
  c.left = c.vectors + (ulong)size * input_stride;
  c.lengths = bias_first_moments + (ulong)column * size;
  c.inputs = inputs;
  c.stride = input_stride;

  for (uint r = 0; r < size; ++r) {
    const float *own = weights_of(weights, column * size + r, inputs);
    EACH_PART(input, inputs) { keep(part_of(own, input, inputs, TILE), vector_of(c, r), input, inputs); }
  }
  float wins = c.lengths[0];
  ulong products = 0;
  for (uint sample = first; sample < batch; sample = next_won(winners, column, sample + 1, batch)) {
    wins = wins + 1.0f;
    products += learn_sample(c, size, values + (ulong)sample * input_stride, wins, amnesia);
  }
  for (uint r = 1; r < size; ++r) {
    products += make_orthogonal(c, r);
  }
  for (uint r = 0; r < size; ++r) {
    const float along = striped_sum(stripe_of(c.vectors, vector_of(c, r), inputs));
    if (threadIdx.x == 0) {
      biases[column * size + r] = 0.0f - (r == 0 ? 0.5f * along : along);
    }
    float *own = weights_of(weights, column * size + r, inputs);
    EACH_PART(input, inputs) { keep(part_of(vector_of(c, r), input, inputs), own, input, inputs, TILE); }
    products += inputs;
  }
  if (threadIdx.x == 0) {
    c.lengths[0] = wins;
    counted[slots + first] += products;
  }
}
