// Threads that work together: barriers, shared memory, shuffles, votes, atomics, functions, local and constant memory.

struct Ramp {
  float values[8];
  int length;
};

__constant__ float weights[4] = {0.5f, 1.5f, -2.0f, 4.0f};
__device__ int calls = 3;

// Sum of 256 values in shared memory, a tree over several warps.
extern "C" __global__ void treeSum(const float *in, float *out) {
  __shared__ float tile[256];
  int t = threadIdx.x;
  tile[t] = in[blockIdx.x * 256 + t];
  for (int half = 128; half > 0; half /= 2) {
    __syncthreads();
    if (t < half) tile[t] += tile[t + half];
  }
  if (t == 0) out[blockIdx.x] = tile[0];
}

// The same sum with shuffles within each warp and shared memory between them.
extern "C" __global__ void shuffleSum(const float *in, float *out) {
  extern __shared__ float partial[];
  int t = threadIdx.x;
  float v = in[blockIdx.x * blockDim.x + t];
  for (int k = 16; k > 0; k /= 2) v += __shfl_down_sync(0xffffffffu, v, k);
  if (t % 32 == 0) partial[t / 32] = v;
  __syncthreads();
  if (t < 32) {
    v = t < blockDim.x / 32 ? partial[t] : 0.0f;
    for (int k = 16; k > 0; k /= 2) v += __shfl_xor_sync(0xffffffffu, v, k);
    if (t == 0) out[blockIdx.x] = v;
  }
}

// Within a warp, ordered by warp barriers alone; `stage` is larger than 48 KiB allows without opting in when asked for.
extern "C" __global__ void __launch_bounds__(1024) warpReverse(int *data) {
  extern __shared__ int stage[];
  int t = threadIdx.x, base = t & ~31;
  stage[t] = data[t];
  __syncwarp();
  int reversed = stage[base + 31 - (t & 31)];
  __syncwarp();
  stage[t] = reversed * 2;
  data[t] = stage[t];
}

// Each half of a warp by itself, ordered by barriers of that half.
extern "C" __global__ void halfWarpSums(int *data) {
  __shared__ int stage[64];
  int t = threadIdx.x, lane = t % 16;
  unsigned mask = t & 16 ? 0xffff0000u : 0x0000ffffu;
  stage[t] = data[t];
  for (int k = 8; k > 0; k /= 2) {
    __syncwarp(mask);
    if (lane < k) stage[t] += stage[t + k];
  }
  __syncwarp(mask);
  data[t] = stage[t - lane];
}

extern "C" __global__ void warpOperations(const int *in, unsigned *out) {
  int t = threadIdx.x, v = in[t];
  unsigned *row = out + t * 12;
  row[0] = __ballot_sync(0xffffffffu, v > 3);
  row[1] = __any_sync(0xffffffffu, v > 30);
  row[2] = __all_sync(0xffffffffu, v > -1);
  row[3] = __shfl_up_sync(0xffffffffu, v, 3);
  row[4] = __shfl_down_sync(0xffffffffu, v, 5, 8);
  row[5] = __shfl_xor_sync(0xffffffffu, v, 6);
  row[6] = __shfl_sync(0xffffffffu, v, v, 16);
  row[7] = __match_any_sync(0xffffffffu, v % 4);
  row[8] = __syncthreads_count(v & 1);
  row[9] = __syncthreads_or(v == 99);
  row[10] = __syncthreads_and(v >= 0);
  if (t % 32 < 8) row[11] = __shfl_xor_sync(0xffu, v, 1);
  else row[11] = __popc(__ballot_sync(0xffffff00u, v % 3 == 0));
}

extern "C" __global__ void histogram(const unsigned *in, unsigned *counts, int *extremes, unsigned long long *sum, int n) {
  __shared__ unsigned local[16];
  if (threadIdx.x < 16) local[threadIdx.x] = 0;
  __syncthreads();
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    atomicAdd(&local[in[i] & 15], 1u);
    atomicMax(&extremes[0], (int)in[i]);
    atomicMin(&extremes[1], (int)in[i]);
    atomicOr(&extremes[2], (int)in[i]);
    atomicAnd(&extremes[3], (int)in[i]);
    atomicXor(&extremes[4], (int)in[i]);
    atomicAdd(sum, (unsigned long long)in[i] << 20);
    if (in[i] == 77) atomicCAS(&extremes[5], 5, 55);
    if (in[i] == 78) atomicExch(&extremes[6], 66);
  }
  __syncthreads();
  if (threadIdx.x < 16) atomicAdd(&counts[threadIdx.x], local[threadIdx.x]);
}

__device__ __noinline__ float polynomial(float x, const float *coefficients, int degree) {
  float y = 0;
  for (int k = degree; k >= 0; k--) y = __fmaf_rn(y, x, coefficients[k]);
  return y;
}

// A function that is called, a local array with a computed index, constant and module memory, a parameter that is a struct, 2-dimensional blocks.
extern "C" __global__ void spaces(Ramp ramp, const float *in, float *out) {
  int t = threadIdx.y * blockDim.x + threadIdx.x;
  float table[8];
  for (int k = 0; k < 8; k++) table[k] = ramp.values[k] * in[t];
  float v = table[(t * 5) % ramp.length] + ramp.values[t % ramp.length];
  switch (t % 7) {
    case 0: v += 1; break;
    case 1: v *= 3; break;
    case 2: v -= weights[t % 4]; break;
    case 3: v = -v; break;
    case 4: v = v / 3; break;
    case 5: v = sqrtf(fabsf(v)); break;
    default: v = polynomial(v, weights, t % 4); break;
  }
  out[t] = v + calls;
}

// Vector loads and stores, bytes and halves.
extern "C" __global__ void widths(const float4 *in, float4 *out, const unsigned char *bytes, short *halves) {
  int t = threadIdx.x;
  float4 v = in[t];
  out[t] = make_float4(v.w, v.z, v.y, v.x);
  halves[t] = (short)(bytes[t] * -3);
}

extern "C" __global__ void increment(int *data, int by, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) data[i] += by;
}

// About 20 instructions a turn, arithmetic and global memory: what speed is measured with.
extern "C" __global__ void busy(float *data, int turns) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  float v = data[i];
  unsigned s = i;
  for (int k = 0; k < turns; k++) {
    s = s * 1664525u + 1013904223u;
    v = __fmaf_rn(v, 0.5f, data[(s >> 8) % (gridDim.x * blockDim.x)]);
    data[i] = v;
  }
}

// The same with shared memory and a barrier each turn.
extern "C" __global__ void busyTogether(float *data, int turns) {
  __shared__ float tile[256];
  int t = threadIdx.x;
  float v = data[blockIdx.x * 256 + t];
  for (int k = 0; k < turns; k++) {
    tile[t] = v;
    __syncthreads();
    for (int j = 1; j < 8; j++) v = __fmaf_rn(tile[(t + j) & 255], 0.125f, v);
    __syncthreads();
  }
  data[blockIdx.x * 256 + t] = v;
}
