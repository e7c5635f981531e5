/*
 * Lists the inputs of a chunk that are not 0 in some of a block's COLUMNS samples: their numbers, and
 * x[k][c], the value in sample c of the block. Also counts, for each sample, its inputs that are not 0.
 * Samples past the batch are all 0.
 */
#pragma once

/* Where the block's inputs stand: features of a data set (sampled), or what the layer before has emitted. */
typedef struct {
  uint sampled, pixels;
  GLOBAL const void *features;
  GLOBAL const uint *indices;
  GLOBAL float *values;
  uint batch, inputs, stride, first_position;
} value_source;

DEVICE float input_value(value_source source, uint column, uint input) {
  const uint position = source.first_position + column;
  if (position >= source.batch) {
    return 0.0f;
  }
  if (source.sampled) {
    return feature(source.pixels, source.features, (ulong)source.indices[position] * source.inputs + input);
  }
  return source.values[(ulong)position * source.stride + input];
}

/* How many inputs of the work-item's share are not 0 in some column. */
DEVICE uint count_values(value_source source, uint first, share mine) {
  uint own = 0;
  for (uint k = mine.from; k < mine.to; ++k) {
    uint active = 0;
    for (uint c = 0; c < COLUMNS; ++c) {
      active |= input_value(source, c, first + k) != 0.0f;
    }
    own += active;
  }
  return own;
}

/*
 * Writes the work-item's entries from `at` on, and counts them by sample. With `keep` the features of a data
 * set are also kept in source.values, for learning.
 */
DEVICE void list_values(
    value_source source, uint at, uint first, share mine, bool keep, LOCAL uint *ids, LOCAL float *x, LOCAL uint *counts) {
  uint own[COLUMNS];
  for (uint c = 0; c < COLUMNS; ++c) {
    own[c] = 0;
  }
  for (uint k = mine.from; k < mine.to; ++k) {
    float values[COLUMNS];
    uint active = 0;
#pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      values[c] = input_value(source, c, first + k);
      active |= values[c] != 0.0f;
      own[c] += values[c] != 0.0f;
      if (source.sampled && keep && source.first_position + c < source.batch) {
        source.values[(ulong)(source.first_position + c) * source.stride + first + k] = values[c];
      }
    }
    if (active) {
      ids[at] = first + k;
#pragma unroll
      for (uint c = 0; c < COLUMNS; ++c) {
        x[at * COLUMNS + c] = values[c];
      }
      ++at;
    }
  }
  for (uint c = 0; c < COLUMNS; ++c) {
    if (own[c] != 0) {
      ATOMIC_ADD(&counts[c], own[c]);
    }
  }
}
