// Kernels with one planted fault each, and a sound one. How they become PTX: kernels-cuda/harness/assemble-test-kernels.

extern "C" __global__ void doubled(const float *in, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) out[i] = in[i] + in[i];
}

// No guard: right only when the grid covers exactly n elements.
extern "C" __global__ void unguarded(const float *in, float *out) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  out[i] = in[i] + in[i];
}

// The loop runs to i <= n: the index goes one past the end.
extern "C" __global__ void onePastTheEnd(float *out, int n) {
  for (int i = 0; i <= n; i++) out[i] = 1;
}

// Reads its neighbour's element of shared memory without waiting for it.
extern "C" __global__ void missingBarrier(float *out) {
  __shared__ float tile[64];
  tile[threadIdx.x] = 0;
  __syncthreads();
  tile[threadIdx.x] = threadIdx.x;
  out[threadIdx.x] = tile[threadIdx.x ^ 32];
}

extern "C" __global__ void missingWarpBarrier(unsigned *out) {
  __shared__ unsigned char tile[32];
  tile[threadIdx.x] = 0;
  __syncwarp();
  tile[threadIdx.x] = threadIdx.x;
  out[threadIdx.x] = tile[31 - threadIdx.x];
}

// The halves of a warp wait for themselves, and read each other's elements.
extern "C" __global__ void halfWarpBarrier(int *out) {
  __shared__ int tile[32];
  tile[threadIdx.x] = 0;
  __syncwarp();
  tile[threadIdx.x] = threadIdx.x;
  __syncwarp(threadIdx.x & 16 ? 0xffff0000u : 0x0000ffffu);
  out[threadIdx.x] = tile[threadIdx.x ^ 16];
}

// Reads an element of shared memory that no thread has written.
extern "C" __global__ void unwrittenShared(float *out) {
  __shared__ float tile[65];
  tile[threadIdx.x] = threadIdx.x;
  __syncthreads();
  out[threadIdx.x] = tile[threadIdx.x + 1];
}

extern "C" __global__ void pastSharedArray(float *out, int index) {
  __shared__ float tile[32];
  tile[threadIdx.x + index] = 1;
  __syncthreads();
  out[threadIdx.x] = tile[threadIdx.x];
}

// Writes before the readers are known to be done: the second barrier of the pair is missing.
extern "C" __global__ void missingSecondBarrier(float *out) {
  __shared__ float tile[64];
  float v = threadIdx.x;
  for (int k = 0; k < 3; k++) {
    tile[threadIdx.x] = v;
    __syncthreads();
    v += tile[(threadIdx.x + 40) % 64];
  }
  out[threadIdx.x] = v;
}

// Half of the block never comes to the barrier.
extern "C" __global__ void divergentBarrier(float *out) {
  if (threadIdx.x >= 32) return;
  out[threadIdx.x] = 1;
  __syncthreads();
  out[threadIdx.x] = 2;
}

// The two halves of the block wait at different barriers.
extern "C" __global__ void twoBarriers(float *out) {
  if (threadIdx.x < 32) {
    out[threadIdx.x] = 1;
    __syncthreads();
    out[threadIdx.x] += 2;
  } else {
    out[threadIdx.x] = 2;
    __syncthreads();
    out[threadIdx.x] *= 3;
  }
}

extern "C" __global__ void misaligned(const char *in, int *out) { out[threadIdx.x] = *(const int *)(in + threadIdx.x); }

extern "C" __global__ void shuffleFromNowhere(int *out) { out[threadIdx.x] = __shfl_sync(0xffffffffu, (int)threadIdx.x, 31); }

extern "C" __global__ void endless(volatile int *flag) {
  while (*flag == 0) {
  }
}

extern "C" __global__ void divided(int *values) { values[threadIdx.x] = 100 / values[threadIdx.x]; }

extern "C" __global__ void stopped() { asm("trap;"); }
