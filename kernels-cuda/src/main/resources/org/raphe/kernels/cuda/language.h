/*
 * The words of the kernels in CUDA C++17. A thread, which the kernels call a work-item, computes LANES units
 * side by side: `real` holds their numbers, `word` their 32-bit integers, `flag` the outcome of a compare; in
 * memory they are read and written at once.
 *
 * Compiled ahead (kernels-cuda/compile, where each kernel's GROUP, LANES, COLUMNS, ... stand) with
 * -fmad=false -ftz=false -prec-div=true -prec-sqrt=true: every operation is rounded, fma stands where it is
 * written.
 */
#pragma once

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
/* Groups that a multiprocessor is to hold at least, which bounds a kernel's registers. */
#ifndef RESIDENT_GROUPS
#define RESIDENT_GROUPS 1
#endif
#define KERNEL extern "C" __global__ void __launch_bounds__(GROUP * GROUP_Y, RESIDENT_GROUPS)

/*
 * What OpenCL kernels are compiled with is told at every launch, ahead of a kernel's own parameters; flags
 * are 0 or 1.
 */
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

/*
 * The group's room whose size is told at the launch: ROOM_PARAMETER ends the parameters, ROOM begins the
 * body.
 */
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

#define ATOMIC_OR(pointer, bits) atomicOr(pointer, bits)
#define ATOMIC_ADD(pointer, number) atomicAdd(pointer, number)
#define UINT4(a, b, c, d) make_uint4(a, b, c, d)
/* Stand before a loop. */
#define NOT_UNROLLED _Pragma("unroll 1")
#define UNROLLED _Pragma("unroll")

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

/* A function that computes each lane by itself. */
#define LANEWISE(type, head, expression)   \
  DEVICE type head {                       \
    type r;                                \
    EACH_LANE r.lane[l] = expression;      \
    return r;                              \
  }
#define OPERATOR(type, sign, operand) \
  LANEWISE(type, operator sign(operand a, operand b), a.lane[l] sign b.lane[l])

LANEWISE(real, REAL(float x), x)
LANEWISE(word, WORD(uint x), x)
OPERATOR(real, +, real)
OPERATOR(real, -, real)
OPERATOR(real, *, real)
OPERATOR(real, /, real)
OPERATOR(word, +, word)
OPERATOR(word, *, word)
OPERATOR(word, |, word)
OPERATOR(word, ^, word)
OPERATOR(word, <<, word)
OPERATOR(flag, >, real)
OPERATOR(flag, <, real)
OPERATOR(flag, !=, real)
OPERATOR(flag, <, word)
OPERATOR(flag, !=, word)
OPERATOR(flag, |, flag)
LANEWISE(word, operator<<(word a, int distance), a.lane[l] << distance)
LANEWISE(word, operator>>(word a, int distance), a.lane[l] >> distance)
DEVICE word operator|=(word &a, word b) { return a = a | b; }
DEVICE word operator+=(word &a, word b) { return a = a + b; }

LANEWISE(real, operator-(real a), -a.lane[l])
LANEWISE(real, FMA(real a, real b, real c), fmaf(a.lane[l], b.lane[l], c.lane[l]))
LANEWISE(real, SQUARE_ROOT(real a), sqrtf(a.lane[l]))
LANEWISE(real, MAGNITUDE(real a), fabsf(a.lane[l]))
LANEWISE(real, MINIMUM(real a, real b), fminf(a.lane[l], b.lane[l]))
LANEWISE(real, MAXIMUM(real a, real b), fmaxf(a.lane[l], b.lane[l]))
LANEWISE(real, COPY_SIGN(real magnitude, real sign), copysignf(magnitude.lane[l], sign.lane[l]))
LANEWISE(real, REAL_OF_BITS(word bits), __uint_as_float(bits.lane[l]))
LANEWISE(real, REAL_OF_WORD(word x), (float)x.lane[l])
LANEWISE(real, CHOOSE(flag condition, real yes, real no), condition.lane[l] ? yes.lane[l] : no.lane[l])
LANEWISE(word, CHOOSE(flag condition, word yes, word no), condition.lane[l] ? yes.lane[l] : no.lane[l])
LANEWISE(word, MULTIPLY_HIGH(word a, word b), __umulhi(a.lane[l], b.lane[l]))
LANEWISE(word, BITS_OF_REAL(real x), __float_as_uint(x.lane[l]))
LANEWISE(word, COUNT_BITS(word a), __popc(a.lane[l]))
LANEWISE(word, lane_numbers(), l)
#define LANE_NUMBERS lane_numbers()
#define FIRST(x) ((x).lane[0])

DEVICE bool ANY(flag condition) {
  bool any = false;
  EACH_LANE any = any || condition.lane[l];
  return any;
}
DEVICE uint join_bits(word bits) {
  uint joined = 0;
  EACH_LANE joined |= bits.lane[l];
  return joined;
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
/* The same in the group's memory. */
#define LOCAL_REAL(pointer) (*(real *)(pointer))
#define LOCAL_WORD(pointer) (*(word *)(pointer))
/* One lane of a number of LANES. */
#define LANE(numbers, l) ((numbers).lane[l])

/* The bits of one number. */
DEVICE uint as_uint(float x) { return __float_as_uint(x); }
/*
 * A pointer to device memory that the compiler takes as a whole. Else it takes an address apart, and adds up
 * each of a loop's loads anew what does not change: three instructions in place of one.
 */
template <typename T>
DEVICE const T *whole_pointer(const T *pointer) {
  size_t address = __cvta_generic_to_global(pointer);
  asm("" : "+l"(address));
  return (const T *)__cvta_global_to_generic(address);
}

/* Number of the lowest bit that is set. */
DEVICE uint lowest_bit(uint bits) { return __ffs(bits) - 1; }

/* Ints of a spike train, 32 steps each. */
#define WORDS_OF(steps) (((steps) + 31) / 32)
