// Kernels that take much of a multiprocessor: shared memory, registers, stack.

extern "C" __global__ void plain(int *out) { out[0] = 1; }

extern "C" __global__ void __launch_bounds__(64) bounded(int *out) { out[0] = 1; }

// As much static shared memory as a kernel of version 1 that asked for 48,096 bytes more.
extern "C" __global__ void __launch_bounds__(64) shared1424(int *out) {
  __shared__ int fixed[356];
  extern __shared__ float4 dynamic[];
  fixed[threadIdx.x] = (int)threadIdx.x;
  dynamic[threadIdx.x] = make_float4(1.0f, 2.0f, 3.0f, 4.0f);
  __syncthreads();
  out[threadIdx.x] = fixed[63 - threadIdx.x] + (int)dynamic[63 - threadIdx.x].w;
}

// All numbers are loaded before any is used: each needs a register.
extern "C" __global__ void manyRegisters(int *out) {
  int value[96];
#pragma unroll
  for (int k = 0; k < 96; ++k) {
    asm volatile("ld.global.u32 %0, [%1];" : "=r"(value[k]) : "l"(out + k));
  }
  int sum = 0;
#pragma unroll
  for (int k = 0; k < 96; ++k) {
    sum ^= value[k] * value[95 - k];
  }
  __syncthreads();
#pragma unroll
  for (int k = 0; k < 96; ++k) {
    asm volatile("st.global.u32 [%0], %1;" ::"l"(out + k), "r"(value[k] + sum));
  }
}

// Indexed by what only a launch knows, so that it lies in local memory: 32,768 bytes.
extern "C" __global__ void __launch_bounds__(64) deepStack(int *out) {
  int window[8192];
  for (int k = 0; k < 8192; ++k) {
    window[k] = out[k & 7] + k;
  }
  out[threadIdx.x & 7] = window[out[0] & 8191];
}
