/*
 * The words of the kernels in OpenCL C 1.2. A work-item computes LANES units side by side: `real` holds their
 * numbers, `word` their 32-bit integers, `flag` the outcome of a compare. LANES is the device's native vector
 * width, 1 on most GPUs.
 *
 * A kernel is compiled when it is asked for, with its settings as macros: STEPS, DRAWN, PIXELS, SAMPLED,
 * CONTINUAL, CHUNKED, GROUP, ...
 */
#pragma once

#pragma OPENCL FP_CONTRACT OFF
#if DOUBLES
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#endif

/* A kernel of groups of GROUP work-items, or GROUP x GROUP_Y. */
#ifndef GROUP_Y
#define GROUP_Y 1
#endif
#define KERNEL __kernel __attribute__((reqd_work_group_size(GROUP, GROUP_Y, 1))) void
/* What precedes a kernel's own parameters: nothing here. */
#define SETTINGS
/*
 * The group's room whose size is told at the launch: ROOM_PARAMETER ends the parameters, ROOM begins the
 * body.
 */
#define ROOM_PARAMETER , __local float4 *room
#define ROOM

#define GLOBAL __global
#define LOCAL __local
#define GROUP_MEMORY __local
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE)
/* A barrier at which memory of the device is passed on too. */
#define BARRIER_GLOBAL() barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)

/* The work-item's number in its group, the group's number in the launch. */
#define ITEM ((uint)get_local_id(0))
#define ITEM_Y ((uint)get_local_id(1))
#define GROUP_NUMBER ((uint)get_group_id(0))
#define GROUP_NUMBER_Y ((uint)get_group_id(1))

#define ATOMIC_OR(pointer, bits) atomic_or(pointer, bits)
#define ATOMIC_ADD(pointer, number) atomic_add(pointer, number)
#define UINT4(a, b, c, d) ((uint4)(a, b, c, d))
/* Stand before a loop; compilers here choose by themselves. */
#define NOT_UNROLLED
#define UNROLLED

#define PASTE(a, b) a##b
#define LANED(type, lanes) PASTE(type, lanes)

#if LANES == 1
typedef float real;
typedef uint word;
typedef int flag;
#define REAL_OF_BITS(bits) as_float(bits)
#define BITS_OF_REAL(x) as_uint(x)
#define REAL_OF_WORD(x) convert_float(x)
#define LANED_ULONG ulong
#define ANY(condition) ((condition) != 0)
#define FIRST(x) (x)
#define LANE_NUMBERS (word)(0)
#else
typedef LANED(float, LANES) real;
typedef LANED(uint, LANES) word;
typedef LANED(int, LANES) flag;
#define REAL_OF_BITS(bits) LANED(as_float, LANES)(bits)
#define BITS_OF_REAL(x) LANED(as_uint, LANES)(x)
#define REAL_OF_WORD(x) LANED(convert_float, LANES)(x)
#define LANED_ULONG LANED(ulong, LANES)
#define ANY(condition) any(condition)
#define FIRST(x) ((x).s0)
#if LANES == 4
#define LANE_NUMBERS (word)(0, 1, 2, 3)
#elif LANES == 8
#define LANE_NUMBERS (word)(0, 1, 2, 3, 4, 5, 6, 7)
#elif LANES == 16
#define LANE_NUMBERS (word)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
#endif
#endif

/* Inlined always: a barrier within a function that is called twice is not safe on every compiler. */
#define DEVICE static inline __attribute__((always_inline))
#define REAL(x) ((real)(x))
#define WORD(x) ((word)(x))
#define FMA(a, b, c) fma(a, b, c)
#define SQUARE_ROOT(x) sqrt(x)
#define COPY_SIGN(magnitude, sign) copysign(magnitude, sign)
#define MAGNITUDE(x) fabs(x)
#define MINIMUM(a, b) min(a, b)
#define MAXIMUM(a, b) max(a, b)
#define MULTIPLY_HIGH(a, b) mul_hi(a, b)
#define CHOOSE(condition, yes, no) select(no, yes, condition)
#define COUNT_BITS(x) popcount(x)

/* Units of a tile: their weights stand together, [tile][input][TILE]. */
#define TILE 64
/* Ints of a spike train, 32 steps each. */
#define WORDS_OF(steps) (((steps) + 31) / 32)

/* Lanes beside each other in memory, aligned to their size. */
#define GLOBAL_REAL(pointer) (*(__global real *)(pointer))
#define GLOBAL_WORD(pointer) (*(__global word *)(pointer))
#define CONSTANT_REAL(pointer) (*(__global const real *)(pointer))
#define CONSTANT_WORD(pointer) (*(__global const word *)(pointer))
/* The same in the group's memory. */
#define LOCAL_REAL(pointer) (*(__local real *)(pointer))
#define LOCAL_WORD(pointer) (*(__local word *)(pointer))
/* One lane of a number of LANES. */
#define LANE(numbers, lane) (((float *)&(numbers))[lane])

/* All lanes in one: half with half, until one is left. */
#define FOLD_1(x, sign) (x)
#define FOLD_2(x, sign) ((x).lo sign (x).hi)
#define FOLD_4(x, sign) FOLD_2(((x).lo sign (x).hi), sign)
#define FOLD_8(x, sign) FOLD_4(((x).lo sign (x).hi), sign)
#define FOLD_16(x, sign) FOLD_8(((x).lo sign (x).hi), sign)
#define FOLD_LANES(x, sign) LANED(FOLD_, LANES)(x, sign)

DEVICE uint join_bits(word bits) { return FOLD_LANES(bits, |); }
DEVICE ulong sum_lanes(word numbers) {
  const LANED_ULONG all = LANED(convert_, LANED_ULONG)(numbers);
  return FOLD_LANES(all, +);
}

/* Number of the lowest bit that is set. */
DEVICE uint lowest_bit(uint bits) { return popcount((bits & -bits) - 1u); }
