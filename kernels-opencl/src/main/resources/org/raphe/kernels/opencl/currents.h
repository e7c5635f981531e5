/*
 * Currents of COLUMNS columns at once: steps of one sample (spiking units) or samples (rate units).
 *
 *   z[c][j] = b_j + 0, then for the inputs that are not 0 in some column, ascending: z[c][j] = fma(x[c][i], W[i][j], z[c][j])
 *
 * A work-group first lists, in local memory, which inputs of a chunk are active and what they are; then each work-item runs over the list
 * with the weights of its own units, so that one load of a weight serves all columns. An input that is 0 in a column adds +0.
 */
#ifndef RAPHE_CURRENTS
#define RAPHE_CURRENTS

/* The inputs of a chunk, which fit in local memory: CHUNKED 0 says that all of them do. */
#if CHUNKED
#define EACH_CHUNK(first, inputs, chunk) for (uint first = 0; first < (inputs); first += (chunk))
#else
#define EACH_CHUNK(first, inputs, chunk) const uint first = 0;
#endif

/* The blocks of COLUMNS steps of a window; written so that a window of one block is no loop. */
#if STEPS > COLUMNS
#define EACH_BLOCK(block) for (uint block = 0; block * COLUMNS < STEPS; ++block)
#else
#define EACH_BLOCK(block) const uint block = 0;
#endif

/* A work-item's share of a chunk: whole quads of inputs, in order of work-items. */
typedef struct {
  uint from, to;
} share;

DEVICE share share_of_chunk(uint size) {
  const uint quads = (size + 3) / 4;
  const uint each = ((quads + GROUP - 1) / GROUP) * 4;
  share mine;
  mine.from = min((uint)get_local_id(0) * each, size);
  mine.to = min(mine.from + each, size);
  return mine;
}

/*
 * From how many inputs each work-item has to list, to where its own entries begin; `offsets` holds GROUP + 1 numbers and the last one
 * becomes the length of the list. Barriers stand within.
 */
DEVICE uint place_in_list(uint own, __local uint *offsets) {
  const uint item = get_local_id(0);
  offsets[item + 1] = own;
  if (item == 0) {
    offsets[0] = 0;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  for (uint distance = 1; distance < GROUP; distance *= 2) {
    const uint before = item >= distance ? offsets[item + 1 - distance] : 0;
    barrier(CLK_LOCAL_MEM_FENCE);
    offsets[item + 1] += before;
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  return offsets[item];
}

/* Adds the listed inputs times their weights; `weights` points at the work-item's units in row 0 of the layer. */
DEVICE void integrate(real *z, uint count, __local const uint *ids, __local const float *x, __global const float *weights) {
  for (uint k = 0; k < count; ++k) {
    const real w = CONSTANT_REAL(weights + (ulong)ids[k] * TILE);
    __local const float *column = x + k * COLUMNS;
    #pragma unroll
    for (uint c = 0; c < COLUMNS; ++c) {
      z[c] = FMA(REAL(column[c]), w, z[c]);
    }
  }
}

#endif
