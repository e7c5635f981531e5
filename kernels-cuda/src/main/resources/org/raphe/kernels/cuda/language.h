/*
 * The words of the kernels in CUDA C++17. A thread, which the kernels call a work-item, computes LANES units side by side: `real` holds
 * their numbers, `word` their 32-bit integers, `flag` the outcome of a compare; in memory they are read and written at once.
 *
 * Compiled ahead (kernels-cuda/compile, where each kernel's GROUP, LANES, COLUMNS, ... stand) with -fmad=false -ftz=false -prec-div=true
 * -prec-sqrt=true: every operation is rounded, fma stands where it is written.
 */
#ifndef RAPHE_LANGUAGE
#define RAPHE_LANGUAGE

#ifndef LANES
#define LANES 4
#endif

#define uint unsigned int
#define uchar unsigned char
#define ulong unsigned long long

#define DEVICE static __device__ __forceinline__

/* A kernel of groups of GROUP work-items, or GROUP x GROUP_Y. */
#ifndef GROUP_Y
#define GROUP_Y 1
#endif
#define KERNEL extern "C" __global__ void __launch_bounds__(GROUP * GROUP_Y, 1)

/* What OpenCL kernels are compiled with is told at every launch, ahead of a kernel's own parameters; flags are 0 or 1. */
struct launch_settings {
  uint steps, drawn, pixels, sampled, continual;
};
#define SETTINGS const launch_settings settings,
#define STEPS settings.steps
#define DRAWN settings.drawn
#define PIXELS settings.pixels
#define SAMPLED settings.sampled
/* Kernels of windows are compiled for each mode instead. */
#ifndef CONTINUAL
#define CONTINUAL settings.continual
#endif
/* Whether the inputs of a layer may need more than one chunk, whether double precision is at hand: always. */
#define CHUNKED 1
#define DOUBLES 1

/* The group's room whose size is told at the launch: ROOM_PARAMETER ends the parameters, ROOM begins the body. */
#define ROOM_PARAMETER
#define ROOM extern __shared__ float4 room[];

#define GLOBAL
#define LOCAL
#define GROUP_MEMORY __shared__
#define BARRIER() __syncthreads()
/* A barrier at which memory of the device is passed on too. */
#define BARRIER_GLOBAL() __syncthreads()

/* The work-item's number in its group, the group's number in the launch. */
#define ITEM threadIdx.x
#define ITEM_Y threadIdx.y
#define GROUP_NUMBER blockIdx.x
#define GROUP_NUMBER_Y blockIdx.y
#define GROUP_NUMBER_Z blockIdx.z

#define ATOMIC_OR(pointer, bits) atomicOr(pointer, bits)
#define ATOMIC_ADD(pointer, number) atomicAdd(pointer, number)
#define UINT4(a, b, c, d) make_uint4(a, b, c, d)
/* Stands before a loop that is not to be unrolled. */
#define NOT_UNROLLED _Pragma("unroll 1")

struct __align__(4 * LANES) real {
  float lane[LANES];
};
struct __align__(4 * LANES) word {
  uint lane[LANES];
};
struct flag {
  bool lane[LANES];
};

#define EACH_LANE _Pragma("unroll") for (int l = 0; l < LANES; ++l)

DEVICE real REAL(float x) {
  real r;
  EACH_LANE r.lane[l] = x;
  return r;
}
DEVICE word WORD(uint x) {
  word r;
  EACH_LANE r.lane[l] = x;
  return r;
}

#define REAL_OPERATION(sign)                  \
  DEVICE real operator sign(real a, real b) { \
    real r;                                   \
    EACH_LANE r.lane[l] = a.lane[l] sign b.lane[l]; \
    return r;                                 \
  }
REAL_OPERATION(+)
REAL_OPERATION(-)
REAL_OPERATION(*)
REAL_OPERATION(/)
#undef REAL_OPERATION

#define WORD_OPERATION(sign)                  \
  DEVICE word operator sign(word a, word b) { \
    word r;                                   \
    EACH_LANE r.lane[l] = a.lane[l] sign b.lane[l]; \
    return r;                                 \
  }
WORD_OPERATION(+)
WORD_OPERATION(*)
WORD_OPERATION(|)
WORD_OPERATION(^)
#undef WORD_OPERATION

#define COMPARE(type, sign)                   \
  DEVICE flag operator sign(type a, type b) { \
    flag r;                                   \
    EACH_LANE r.lane[l] = a.lane[l] sign b.lane[l]; \
    return r;                                 \
  }
COMPARE(real, >)
COMPARE(real, <)
COMPARE(real, !=)
COMPARE(word, <)
COMPARE(word, !=)
#undef COMPARE

#define REAL_FUNCTION(name, expression) \
  DEVICE real name(real a) {            \
    real r;                             \
    EACH_LANE r.lane[l] = expression;   \
    return r;                           \
  }
REAL_FUNCTION(operator-, -a.lane[l])
REAL_FUNCTION(SQUARE_ROOT, sqrtf(a.lane[l]))
REAL_FUNCTION(MAGNITUDE, fabsf(a.lane[l]))
#undef REAL_FUNCTION

#define REAL_FUNCTION(name, expression) \
  DEVICE real name(real a, real b) {    \
    real r;                             \
    EACH_LANE r.lane[l] = expression;   \
    return r;                           \
  }
REAL_FUNCTION(MINIMUM, fminf(a.lane[l], b.lane[l]))
REAL_FUNCTION(MAXIMUM, fmaxf(a.lane[l], b.lane[l]))
REAL_FUNCTION(COPY_SIGN, copysignf(a.lane[l], b.lane[l]))
#undef REAL_FUNCTION

DEVICE real FMA(real a, real b, real c) {
  real r;
  EACH_LANE r.lane[l] = fmaf(a.lane[l], b.lane[l], c.lane[l]);
  return r;
}
DEVICE word operator<<(word a, int distance) {
  word r;
  EACH_LANE r.lane[l] = a.lane[l] << distance;
  return r;
}
DEVICE word operator>>(word a, int distance) {
  word r;
  EACH_LANE r.lane[l] = a.lane[l] >> distance;
  return r;
}
DEVICE word operator<<(word a, word distances) {
  word r;
  EACH_LANE r.lane[l] = a.lane[l] << distances.lane[l];
  return r;
}
DEVICE word operator|=(word &a, word b) { return a = a | b; }
DEVICE word operator+=(word &a, word b) { return a = a + b; }
DEVICE word MULTIPLY_HIGH(word a, word b) {
  word r;
  EACH_LANE r.lane[l] = __umulhi(a.lane[l], b.lane[l]);
  return r;
}
DEVICE uint join_bits(word bits) {
  uint joined = 0;
  EACH_LANE joined |= bits.lane[l];
  return joined;
}
DEVICE flag operator|(flag a, flag b) {
  flag r;
  EACH_LANE r.lane[l] = a.lane[l] || b.lane[l];
  return r;
}
DEVICE real REAL_OF_BITS(word bits) {
  real r;
  EACH_LANE r.lane[l] = __uint_as_float(bits.lane[l]);
  return r;
}
DEVICE word BITS_OF_REAL(real x) {
  word r;
  EACH_LANE r.lane[l] = __float_as_uint(x.lane[l]);
  return r;
}
DEVICE real REAL_OF_WORD(word x) {
  real r;
  EACH_LANE r.lane[l] = (float)x.lane[l];
  return r;
}
DEVICE real CHOOSE(flag condition, real yes, real no) {
  real r;
  EACH_LANE r.lane[l] = condition.lane[l] ? yes.lane[l] : no.lane[l];
  return r;
}
DEVICE word CHOOSE(flag condition, word yes, word no) {
  word r;
  EACH_LANE r.lane[l] = condition.lane[l] ? yes.lane[l] : no.lane[l];
  return r;
}
DEVICE bool ANY(flag condition) {
  bool any = false;
  EACH_LANE any = any || condition.lane[l];
  return any;
}
DEVICE word lane_numbers() {
  word r;
  EACH_LANE r.lane[l] = l;
  return r;
}
#define LANE_NUMBERS lane_numbers()
#define FIRST(x) ((x).lane[0])
DEVICE word COUNT_BITS(word a) {
  word r;
  EACH_LANE r.lane[l] = __popc(a.lane[l]);
  return r;
}
DEVICE ulong sum_lanes(word numbers) {
  ulong sum = 0;
  EACH_LANE sum += numbers.lane[l];
  return sum;
}

/* Units of a tile: their weights stand together, [tile][input][TILE]. */
#define TILE 64

/* Lanes beside each other in memory, aligned to their size. */
#define GLOBAL_REAL(pointer) (*(real *)(pointer))
#define GLOBAL_WORD(pointer) (*(word *)(pointer))
#define CONSTANT_REAL(pointer) (*(const real *)(pointer))
#define CONSTANT_WORD(pointer) (*(const word *)(pointer))

/* The bits of one number. */
DEVICE uint as_uint(float x) { return __float_as_uint(x); }
/* Number of the lowest bit that is set. */
DEVICE uint lowest_bit(uint bits) { return __ffs(bits) - 1; }

/* Ints of a spike train, 32 steps each. */
#define WORDS_OF(steps) (((steps) + 31) / 32)
/* Runs from the last step of a window to the first; written out where the window, of at most STEPS_BOUND steps, stands in registers. */
#if STEPS_BOUND == 20
#define EACH_STEP_BACK(t, steps) _Pragma("unroll") for (int t = STEPS_BOUND - 1; t >= 0; --t) if (t < (int)(steps))
#else
#define EACH_STEP_BACK(t, steps) for (int t = (int)(steps) - 1; t >= 0; --t)
#endif

#endif
