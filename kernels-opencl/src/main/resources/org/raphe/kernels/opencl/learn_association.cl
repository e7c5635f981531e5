/*
 * The read-out of competing columns as an association: the synapse from each sample's winner to the unit of its class
 * becomes 1, and no other changes; a sample that no column won teaches nothing. Changes weights [tile][input][TILE],
 * of `inputs` inputs. Adds to counted [2][slots], a slot a sample: a synapse update.
 * One work-item a sample.
 */
#include "language.h"
#include "no_column.h"

__kernel void learn_association(
    const uint size, const uint inputs, __global const uint *winners,
    /* the batch's indices from `begin` on */
    __global const uint *indices, const uint begin, __global const uint *labels,
    __global float *weights, __global ulong *counted, const uint slots) {
  const uint position = get_global_id(0);
  const uint winner = winners[position];
  if (winner == NO_COLUMN) {
    return;
  }
  const uint unit = labels[indices[begin + position]];
  weights[((ulong)(unit / TILE) * inputs + winner * size) * TILE + unit % TILE] = 1.0f;
  counted[slots + position] += 1;
}
