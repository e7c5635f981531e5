/*
 * The words of the shared sources in CUDA C++. A thread computes LANES units side by side: `real` holds their numbers, `word` their
 * 32-bit integers, `flag` the outcome of a compare; in memory they are 16 bytes, read and written at once.
 *
 * Compiled with -fmad=false -ftz=false -prec-div=true -prec-sqrt=true: every operation is rounded, fma stands where it is written.
 */
#ifndef RAPHE_LANGUAGE
#define RAPHE_LANGUAGE

#define LANES 4

#define uint unsigned int
#define uchar unsigned char
#define ulong unsigned long long

#define DEVICE static __device__ __forceinline__

struct __align__(16) real {
  float lane[LANES];
};
struct __align__(16) word {
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
DEVICE uint join_bits(word bits) { return (bits.lane[0] | bits.lane[1]) | (bits.lane[2] | bits.lane[3]); }
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
DEVICE word LANE_NUMBERS() {
  word r;
  EACH_LANE r.lane[l] = l;
  return r;
}
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

#define GLOBAL_REAL(pointer) (*(real *)(pointer))
#define GLOBAL_WORD(pointer) (*(word *)(pointer))
#define CONSTANT_REAL(pointer) (*(const real *)(pointer))

/* Number of the lowest bit that is set. */
DEVICE uint lowest_bit(uint bits) { return __ffs(bits) - 1; }

/* Ints of a spike train, 32 steps each. */
#define WORDS_OF(steps) (((steps) + 31) / 32)

#ifdef STEPS_BOUND
/* A window of at most 20 steps stands in registers as a whole; a longer one is integrated 16 steps at a time. */
#define COLUMNS (STEPS_BOUND == 20 ? 20 : 16)
#endif

/* What the OpenCL kernels are compiled with, and these are told at every launch; flags are 0 or 1. */
struct launch_settings {
  uint steps, drawn, pixels, sampled, continual;
};

#endif
