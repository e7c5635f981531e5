/*
 * The read-out of competing columns as an association: the synapse from each sample's winner to the unit of its class
 * becomes 1, and no other changes; a sample that no column won teaches nothing. Changes weights [tile][input][TILE],
 * of `inputs` inputs. Adds to counted [2][slots], a slot a sample: a synapse update.
 * One thread a sample.
 */
#include "language.cuh"
#include "no_column.h"

extern "C" __global__ void learn_association(
    const launch_settings settings,
    const uint size, const uint inputs, const uint *winners,
    /* the batch's indices from `begin` on */
    const uint *indices, const uint begin, const uint *labels,
    float *weights, ulong *counted, const uint slots) {
  const uint position = blockIdx.x;
  const uint winner = winners[position];
  if (winner == NO_COLUMN) {
    return;
  }
  const uint unit = labels[indices[begin + position]];
  weights[((ulong)(unit / TILE) * inputs + winner * size) * TILE + unit % TILE] = 1.0f;
  counted[slots + position] += 1;
}
