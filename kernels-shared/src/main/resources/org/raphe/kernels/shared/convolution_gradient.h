/*
 * The gradient of TAPS weights of a kernel's row to LANES channels: 16 chains a weight, each of the samples of
 * one stripe, joined in the group's memory (docs/NUMERICS.md, section 19).
 */
#pragma once

#include "convolution.h"
#include "loose_lanes.h"
#include "optimizer.h"

#define STRIPES 16

/* Numbers of the group's chains, [stripe][tap][TILE]. */
#define CHAIN_NUMBERS (STRIPES * TAPS * TILE)

/* The weights that a group learns. */
typedef struct {
  uint channel, row, column;
  /* Taps from `column` on; of the biases one, whose input is 1 at every site. */
  uint taps;
  bool biases;
} tap_block;

/* Block `number` of a layer, the biases last. */
DEVICE tap_block tap_block_of(convolution shape, uint number) {
  const uint blocks = (shape.side + TAPS - 1) / TAPS;
  tap_block block;
  block.biases = number == shape.input_channels * shape.side * blocks;
  block.column = number % blocks * TAPS;
  block.row = number / blocks % shape.side;
  block.channel = number / (blocks * shape.side);
  block.taps = block.biases ? 1 : min((uint)TAPS, shape.side - block.column);
  return block;
}

/* The input of each tap at a site; NONE outside. Returns whether any is inside. */
DEVICE bool inputs_of(convolution shape, tap_block block, uint row, uint column, uint *inputs) {
  bool any = block.biases;
#pragma unroll
  for (uint k = 0; k < TAPS; ++k) {
    const window_tap tap = {block.channel, block.row, block.column + k};
    const int first_row = (int)(row * shape.stride) - (int)shape.padding;
    const int first_column = (int)(column * shape.stride) - (int)shape.padding;
    inputs[k] = k < block.taps && !block.biases ? input_of(shape, first_row, first_column, tap) : NONE;
    any = any || inputs[k] != NONE;
  }
  return any;
}

/*
 * What the credits of a site, made for a signal of 1, are multiplied by: the units' answers, or (averaged) a
 * quarter of their pool's. `answers` points at the sample's, `first` is the work-item's first channel.
 */
DEVICE real answer_of(convolution shape, uint averaged, GLOBAL const float *answers, uint row, uint column, uint first, uint channels) {
  if (!averaged) {
    return loose_real(answers + (row * shape.map_columns + column) * shape.channels + first, channels);
  }
  const uint pool = pool_of(shape, row, column);
  return pool == NONE ? REAL(0.0f) : REAL(0.25f) * loose_real(answers + pool + first, channels);
}

/* The chain of stripe q; `own` points at that of stripe 0. */
#define CHAIN(own, q) LOCAL_REAL((own) + (q) * TAPS * TILE)

/* Joins the chains and takes the optimizer's step; a barrier must precede. */
DEVICE void apply_chains(
    convolution shape, tap_block block, uint tile, LOCAL float *chains, optimizer_step step, GLOBAL float *weights,
    GLOBAL float *first_moments, GLOBAL float *second_moments, GLOBAL float *biases, GLOBAL float *bias_first_moments,
    GLOBAL float *bias_second_moments) {
  for (uint n = ITEM; n < block.taps * (TILE / LANES); n += GROUP) {
    const uint tap = n / (TILE / LANES);
    const uint lane = n % (TILE / LANES) * LANES;
    if (own_channels(shape, tile * TILE + lane) != 0) {
      LOCAL float *own = chains + tap * TILE + lane;
      real sum[STRIPES / 4];
#pragma unroll
      for (uint q = 0; q < STRIPES / 4; ++q) {
        sum[q] = (CHAIN(own, q) + CHAIN(own, q + 8)) + (CHAIN(own, q + 4) + CHAIN(own, q + 12));
      }
      const real g = (sum[0] + sum[2]) + (sum[1] + sum[3]);
      if (block.biases) {
        const uint at = tile * TILE + lane;
        apply_step(g, step, biases + at, bias_first_moments + at, bias_second_moments + at);
      } else {
        const uint number = (block.channel * shape.side + block.row) * shape.side + block.column + tap;
        const ulong at = ((ulong)tile * shape.input_channels * shape.side * shape.side + number) * TILE + lane;
        apply_step(g, step, weights + at, first_moments + at, second_moments + at);
      }
    }
  }
}
