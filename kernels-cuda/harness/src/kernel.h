/*
 * What a translated kernel and the harness share. This text stands at the head of every translated kernel (plain C) and is included by the harness
 * itself (C++), so that both see the same layouts.
 *
 * Addresses, as a kernel sees them (64 bits; bits 40 and up name the window):
 *   0x20  the arena: device memory and pinned host memory, at the very address the host sees
 *   0x21  its shadow, one byte a byte, never handed out
 *   0x23  generic addresses of shared memory     0x24  of local memory     0x25  of kernel parameters
 */
#ifndef RAPHE_KERNEL_H
#define RAPHE_KERNEL_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define RAPHE_WINDOW_BITS 40
#define RAPHE_WINDOW_SIZE (1ull << RAPHE_WINDOW_BITS)
#define RAPHE_ARENA 0x20ull
#define RAPHE_SHADOW 0x21ull
#define RAPHE_SHARED 0x23ull
#define RAPHE_LOCAL 0x24ull
#define RAPHE_PARAMETER 0x25ull

/* Shadow bytes. A byte that is not allocated (any more) is 0. */
#define RAPHE_ALLOCATED 1
#define RAPHE_WRITTEN 2
#define RAPHE_CONSTANT 4

/* How many instructions a thread runs between two looks at its patience. */
#define RAPHE_CHUNK (1ull << 20)

#ifdef __cplusplus
extern "C" {
#endif

enum raphe_access { RAPHE_READ, RAPHE_WRITE, RAPHE_ATOMIC, RAPHE_READ_CONSTANT };
enum raphe_shuffle { RAPHE_SHUFFLE_UP, RAPHE_SHUFFLE_DOWN, RAPHE_SHUFFLE_BUTTERFLY, RAPHE_SHUFFLE_INDEX };
enum raphe_vote { RAPHE_VOTE_ALL, RAPHE_VOTE_ANY, RAPHE_VOTE_UNIFORM, RAPHE_VOTE_BALLOT };
enum raphe_reduction { RAPHE_REDUCE_NONE, RAPHE_REDUCE_POPULATION, RAPHE_REDUCE_AND, RAPHE_REDUCE_OR };
enum raphe_failure { RAPHE_TRAP, RAPHE_DIVISION_BY_ZERO, RAPHE_BRANCH_INDEX, RAPHE_NOT_IN_WINDOW };

struct raphe_launch {
  const uint8_t *parameters;
  const uint64_t *globals; /* address of each variable of the module, in the order of the PTX */
  uint32_t parameter_bytes;
  uint32_t grid[3];
  uint32_t block[3];
  uint32_t dynamic_shared; /* bytes asked for at launch */
  uint32_t total_shared;   /* with the static variables */
};

/*
 * A block, and the races in its shared memory. `last_write` and `last_read` hold for each 4-byte word (time of the access) << 32 | who, in units
 * of `time`, which goes up at every barrier and warp synchronisation; so an access before `barrier_time` is ordered before all later ones.
 */
struct raphe_block {
  uint32_t index[3];
  uint32_t shared_size;
  uint32_t time;
  uint32_t barrier_time;
  uint32_t exact; /* whether only the exact check will do: there were accesses smaller than a word, or parts of a warp synchronised */
  uint32_t *warp_time; /* for each warp the time of its last synchronisation, of all its threads */
  uint8_t *shared;
  uint8_t *shared_shadow;
  uint64_t *last_write;
  uint64_t *last_read;
};

/* Who made an access: a thread's linear index, or one of these. */
#define RAPHE_MANY_WARPS 0xffffu
#define RAPHE_MANY_IN_WARP 0x8000u
#define RAPHE_WHO 0xffffu
#define RAPHE_BY_ATOMIC 0x10000u

struct raphe_thread {
  const struct raphe_launch *launch;
  struct raphe_block *block;
  uint8_t *local;
  uint8_t *local_shadow;
  uint64_t executed; /* PTX instructions */
  uint32_t index[3];
  uint32_t linear;
  uint32_t local_size;
  uint32_t in_range; /* second result of the last shuffle or match */
};

/* What a kernel calls. `line` is the PTX line, for the report. A function that finds a fault does not return. */
struct raphe_runtime {
  void (*global_access)(struct raphe_thread *, uint64_t address, uint32_t bytes, int access, int line);
  void (*shared_access)(struct raphe_thread *, uint64_t address, uint32_t bytes, int access, int line);
  void (*local_access)(struct raphe_thread *, uint64_t address, uint32_t bytes, int access, int line);
  const void *(*parameter_access)(struct raphe_thread *, uint64_t address, uint32_t bytes, int line);
  void *(*generic_access)(struct raphe_thread *, uint64_t address, uint32_t bytes, int access, int line);
  void (*fail)(struct raphe_thread *, int failure, int line);
  uint32_t (*barrier)(struct raphe_thread *, uint32_t id, uint32_t count, int reduction, bool value, bool aligned, int line);
  void (*barrier_arrive)(struct raphe_thread *, uint32_t id, uint32_t count, int line);
  void (*warp_barrier)(struct raphe_thread *, uint32_t mask, int line);
  uint32_t (*shuffle)(struct raphe_thread *, int mode, uint32_t value, uint32_t b, uint32_t c, uint32_t mask, int line);
  uint32_t (*vote)(struct raphe_thread *, int mode, bool value, uint32_t mask, int line);
  uint32_t (*match)(struct raphe_thread *, bool all, uint64_t value, uint32_t mask, int line);
  void (*patience)(struct raphe_thread *, uint64_t executed, int line);
};

#ifdef __cplusplus
}
#endif

#ifdef RAPHE_TRANSLATED_KERNEL

static const struct raphe_runtime *runtime;

void raphe_bind(const struct raphe_runtime *bound) { runtime = bound; }

#define RAPHE_LIKELY(x) __builtin_expect(!!(x), 1)
#define RAPHE_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define RAPHE_INLINE static inline __attribute__((always_inline, unused))

typedef uint64_t __attribute__((may_alias)) raphe_word64;
typedef uint32_t __attribute__((may_alias)) raphe_word32;
typedef uint16_t __attribute__((may_alias)) raphe_word16;

/* Whether the shadow bytes of an access of `n` bytes, n a compile-time power of two, agree with `want` in the bits of `mask`. */
RAPHE_INLINE bool raphe_shadow(const uint8_t *s, uint32_t n, uint8_t mask, uint8_t want) {
  const uint64_t masks = 0x0101010101010101ull * mask, wants = 0x0101010101010101ull * want;
  switch (n) {
    case 1: return (*s & mask) == want;
    case 2: return (*(const raphe_word16 *)s & (uint16_t)masks) == (uint16_t)wants;
    case 4: return (*(const raphe_word32 *)s & (uint32_t)masks) == (uint32_t)wants;
    case 8: return (*(const raphe_word64 *)s & masks) == wants;
    default:
      return (*(const raphe_word64 *)s & masks) == wants && (((const raphe_word64 *)s)[1] & masks) == wants;
  }
}

RAPHE_INLINE void raphe_mark_written(uint8_t *s, uint32_t n) {
  const uint64_t written = 0x0101010101010101ull * (RAPHE_ALLOCATED | RAPHE_WRITTEN);
  switch (n) {
    case 1: *s = (uint8_t)written; break;
    case 2: *(raphe_word16 *)s = (uint16_t)written; break;
    case 4: *(raphe_word32 *)s = (uint32_t)written; break;
    case 8: *(raphe_word64 *)s = written; break;
    default: ((raphe_word64 *)s)[0] = ((raphe_word64 *)s)[1] = written; break;
  }
}

RAPHE_INLINE void *raphe_global_read(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  if (RAPHE_UNLIKELY((a >> RAPHE_WINDOW_BITS) != RAPHE_ARENA || (a & (n - 1)) ||
                     !raphe_shadow((const uint8_t *)(a + RAPHE_WINDOW_SIZE), n, 7, RAPHE_ALLOCATED | RAPHE_WRITTEN)))
    runtime->global_access(t, a, n, RAPHE_READ, line);
  return (void *)a;
}

RAPHE_INLINE void *raphe_constant_read(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  if (RAPHE_UNLIKELY((a >> RAPHE_WINDOW_BITS) != RAPHE_ARENA || (a & (n - 1)) ||
                     !raphe_shadow((const uint8_t *)(a + RAPHE_WINDOW_SIZE), n, 7, 7)))
    runtime->global_access(t, a, n, RAPHE_READ_CONSTANT, line);
  return (void *)a;
}

RAPHE_INLINE void *raphe_global_write(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  uint8_t *shadow = (uint8_t *)(a + RAPHE_WINDOW_SIZE);
  if (RAPHE_UNLIKELY((a >> RAPHE_WINDOW_BITS) != RAPHE_ARENA || (a & (n - 1)) ||
                     !raphe_shadow(shadow, n, RAPHE_ALLOCATED | RAPHE_CONSTANT, RAPHE_ALLOCATED)))
    runtime->global_access(t, a, n, RAPHE_WRITE, line);
  raphe_mark_written(shadow, n);
  return (void *)a;
}

RAPHE_INLINE void *raphe_global_atomic(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  runtime->global_access(t, a, n, RAPHE_ATOMIC, line);
  return (void *)a;
}

RAPHE_INLINE bool raphe_shared_plain(const struct raphe_block *b, uint64_t a, uint32_t n, uint8_t want) {
  return n >= 4 && a < b->shared_size && b->shared_size - a >= n && !(a & (n - 1)) && !b->exact &&
         raphe_shadow(b->shared_shadow + a, n, want, want);
}

RAPHE_INLINE uint32_t raphe_warp_of(uint32_t who) { return who & RAPHE_MANY_IN_WARP ? who & ~RAPHE_MANY_IN_WARP : who >> 5; }

RAPHE_INLINE bool raphe_ordered(const struct raphe_block *b, uint64_t record, uint32_t linear) {
  const uint32_t time = (uint32_t)(record >> 32), who = (uint32_t)(record & RAPHE_WHO);
  if (time < b->barrier_time || who == linear) return true;
  return raphe_warp_of(who) == linear >> 5 && time < b->warp_time[linear >> 5];
}

RAPHE_INLINE bool raphe_read_word(struct raphe_block *b, uint64_t word, uint32_t linear) {
  const uint64_t reader = b->last_read[word], now = (uint64_t)b->time << 32;
  const uint32_t who = (uint32_t)(reader & RAPHE_WHO);
  if (RAPHE_UNLIKELY(!raphe_ordered(b, b->last_write[word], linear))) return false;
  if (raphe_ordered(b, reader, linear)) b->last_read[word] = now | linear;
  else b->last_read[word] = now | (raphe_warp_of(who) == linear >> 5 ? RAPHE_MANY_IN_WARP | linear >> 5 : RAPHE_MANY_WARPS);
  return true;
}

RAPHE_INLINE bool raphe_write_word(struct raphe_block *b, uint64_t word, uint32_t linear) {
  if (!raphe_ordered(b, b->last_write[word], linear) || !raphe_ordered(b, b->last_read[word], linear)) return false;
  b->last_write[word] = (uint64_t)b->time << 32 | linear;
  return true;
}

RAPHE_INLINE void *raphe_shared_read(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  struct raphe_block *b = t->block;
  bool plain = raphe_shared_plain(b, a, n, RAPHE_ALLOCATED | RAPHE_WRITTEN);
  for (uint32_t word = 0; plain && word < n / 4; word++) plain = raphe_read_word(b, a / 4 + word, t->linear);
  if (RAPHE_UNLIKELY(!plain)) runtime->shared_access(t, a, n, RAPHE_READ, line);
  return b->shared + a;
}

RAPHE_INLINE void *raphe_shared_write(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  struct raphe_block *b = t->block;
  bool plain = raphe_shared_plain(b, a, n, RAPHE_ALLOCATED);
  for (uint32_t word = 0; plain && word < n / 4; word++) plain = raphe_write_word(b, a / 4 + word, t->linear);
  if (RAPHE_UNLIKELY(!plain)) runtime->shared_access(t, a, n, RAPHE_WRITE, line);
  raphe_mark_written(b->shared_shadow + a, n);
  return b->shared + a;
}

RAPHE_INLINE void *raphe_shared_atomic(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  runtime->shared_access(t, a, n, RAPHE_ATOMIC, line);
  return t->block->shared + a;
}

RAPHE_INLINE void *raphe_local_read(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  if (RAPHE_UNLIKELY(a >= t->local_size || t->local_size - a < n || (a & (n - 1)) ||
                     !raphe_shadow(t->local_shadow + a, n, 3, RAPHE_ALLOCATED | RAPHE_WRITTEN)))
    runtime->local_access(t, a, n, RAPHE_READ, line);
  return t->local + a;
}

RAPHE_INLINE void *raphe_local_write(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  if (RAPHE_UNLIKELY(a >= t->local_size || t->local_size - a < n || (a & (n - 1)) ||
                     !raphe_shadow(t->local_shadow + a, n, RAPHE_ALLOCATED, RAPHE_ALLOCATED)))
    runtime->local_access(t, a, n, RAPHE_WRITE, line);
  raphe_mark_written(t->local_shadow + a, n);
  return t->local + a;
}

RAPHE_INLINE const void *raphe_parameter_read(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  return runtime->parameter_access(t, a, n, line);
}

RAPHE_INLINE void *raphe_generic_read(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  if (RAPHE_LIKELY((a >> RAPHE_WINDOW_BITS) == RAPHE_ARENA && !(a & (n - 1)) &&
                   raphe_shadow((const uint8_t *)(a + RAPHE_WINDOW_SIZE), n, 3, RAPHE_ALLOCATED | RAPHE_WRITTEN)))
    return (void *)a;
  return runtime->generic_access(t, a, n, RAPHE_READ, line);
}

RAPHE_INLINE void *raphe_generic_write(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  return (a >> RAPHE_WINDOW_BITS) == RAPHE_ARENA ? raphe_global_write(t, a, n, line) : runtime->generic_access(t, a, n, RAPHE_WRITE, line);
}

RAPHE_INLINE void *raphe_generic_atomic(struct raphe_thread *t, uint64_t a, uint32_t n, int line) {
  return runtime->generic_access(t, a, n, RAPHE_ATOMIC, line);
}

/* A generic address to one of a window: an address outside it would be silently another one. */
RAPHE_INLINE uint64_t raphe_to_window(struct raphe_thread *t, uint64_t window, uint64_t a, int line) {
  if (RAPHE_UNLIKELY((a >> RAPHE_WINDOW_BITS) != window)) runtime->fail(t, RAPHE_NOT_IN_WINDOW, line);
  return a & (RAPHE_WINDOW_SIZE - 1);
}

/* ---- bits and floats ---- */

RAPHE_INLINE float raphe_f32(uint32_t bits) { float x; memcpy(&x, &bits, 4); return x; }
RAPHE_INLINE double raphe_f64(uint64_t bits) { double x; memcpy(&x, &bits, 8); return x; }
RAPHE_INLINE uint32_t raphe_bits32(float x) { uint32_t bits; memcpy(&bits, &x, 4); return bits; }
RAPHE_INLINE uint64_t raphe_bits64(double x) { uint64_t bits; memcpy(&bits, &x, 8); return bits; }

/* PTX: single-precision arithmetic gives the one NaN 0x7fffffff, whatever NaN went in. */
RAPHE_INLINE float raphe_nan32(float x) { return RAPHE_UNLIKELY(x != x) ? raphe_f32(0x7fffffffu) : x; }

#define RAPHE_MINMAX(name, type, sign, nan, less)                  \
  RAPHE_INLINE type name(type a, type b) {                         \
    if (a != a) return nan(b);                                     \
    if (b != b) return a;                                          \
    if (a == b) return (sign(a) != 0) == less ? a : b;             \
    return (a < b) == less ? a : b;                                \
  }
RAPHE_MINMAX(raphe_min_f32, float, __builtin_signbitf, raphe_nan32, true)
RAPHE_MINMAX(raphe_max_f32, float, __builtin_signbitf, raphe_nan32, false)
RAPHE_MINMAX(raphe_min_f64, double, __builtin_signbit, , true)
RAPHE_MINMAX(raphe_max_f64, double, __builtin_signbit, , false)

/* Float to integer, `x` being integral already: out of range saturates, and a NaN gives what the PTX manual says of it. */
#define RAPHE_TO_INTEGER(name, from, to, low, below, high, above, nan)      \
  RAPHE_INLINE to name(from x) {                                           \
    if (RAPHE_UNLIKELY(x != x)) return nan;                                \
    if (RAPHE_UNLIKELY(x <= below)) return low;                            \
    if (RAPHE_UNLIKELY(x >= above)) return high;                           \
    return (to)x;                                                          \
  }
RAPHE_TO_INTEGER(raphe_s32_of_f32, float, int32_t, INT32_MIN, -0x1p31f, INT32_MAX, 0x1p31f, 0)
RAPHE_TO_INTEGER(raphe_u32_of_f32, float, uint32_t, 0, 0.0f, UINT32_MAX, 0x1p32f, 0)
RAPHE_TO_INTEGER(raphe_s64_of_f32, float, int64_t, INT64_MIN, -0x1p63f, INT64_MAX, 0x1p63f, INT64_MIN)
RAPHE_TO_INTEGER(raphe_u64_of_f32, float, uint64_t, 0, 0.0f, UINT64_MAX, 0x1p64f, 1ull << 63)
RAPHE_TO_INTEGER(raphe_s32_of_f64, double, int32_t, INT32_MIN, -0x1p31, INT32_MAX, 0x1p31, INT32_MIN)
RAPHE_TO_INTEGER(raphe_u32_of_f64, double, uint32_t, 0, 0.0, UINT32_MAX, 0x1p32, 1u << 31)
RAPHE_TO_INTEGER(raphe_s64_of_f64, double, int64_t, INT64_MIN, -0x1p63, INT64_MAX, 0x1p63, INT64_MIN)
RAPHE_TO_INTEGER(raphe_u64_of_f64, double, uint64_t, 0, 0.0, UINT64_MAX, 0x1p64, 1ull << 63)

/* ---- integers ---- */

#define RAPHE_DIVISION(type, name, overflow)                                                     \
  RAPHE_INLINE type raphe_div_##name(struct raphe_thread *t, type a, type b, int line) {         \
    if (RAPHE_UNLIKELY(b == 0)) runtime->fail(t, RAPHE_DIVISION_BY_ZERO, line);                  \
    return (overflow) ? a : (type)(a / b);                                                       \
  }                                                                                              \
  RAPHE_INLINE type raphe_rem_##name(struct raphe_thread *t, type a, type b, int line) {         \
    if (RAPHE_UNLIKELY(b == 0)) runtime->fail(t, RAPHE_DIVISION_BY_ZERO, line);                  \
    return (overflow) ? 0 : (type)(a % b);                                                       \
  }
RAPHE_DIVISION(uint16_t, u16, 0)
RAPHE_DIVISION(uint32_t, u32, 0)
RAPHE_DIVISION(uint64_t, u64, 0)
RAPHE_DIVISION(int16_t, s16, 0)
RAPHE_DIVISION(int32_t, s32, b == -1 && a == INT32_MIN)
RAPHE_DIVISION(int64_t, s64, b == -1 && a == INT64_MIN)

/* Shifts by the width or more give 0, or the sign. */
#define RAPHE_SHIFTS(bits)                                                                                                             \
  RAPHE_INLINE uint##bits##_t raphe_shl_##bits(uint##bits##_t a, uint32_t n) { return n >= bits ? 0 : (uint##bits##_t)(a << n); }      \
  RAPHE_INLINE uint##bits##_t raphe_shr_u##bits(uint##bits##_t a, uint32_t n) { return n >= bits ? 0 : (uint##bits##_t)(a >> n); }     \
  RAPHE_INLINE int##bits##_t raphe_shr_s##bits(int##bits##_t a, uint32_t n) { return (int##bits##_t)(a >> (n >= bits ? bits - 1 : n)); }
RAPHE_SHIFTS(16)
RAPHE_SHIFTS(32)
RAPHE_SHIFTS(64)

RAPHE_INLINE uint32_t raphe_funnel_left(uint32_t low, uint32_t high, uint32_t n) {
  return (uint32_t)((((uint64_t)high << 32 | low) << n) >> 32);
}
RAPHE_INLINE uint32_t raphe_funnel_right(uint32_t low, uint32_t high, uint32_t n) {
  return (uint32_t)(((uint64_t)high << 32 | low) >> n);
}
/* A clamped shift is at most 32, where the 64-bit shift above is still defined. */
RAPHE_INLINE uint32_t raphe_clamp32(uint32_t n) { return n > 32 ? 32 : n; }

RAPHE_INLINE uint32_t raphe_clz_32(uint32_t a) { return a ? (uint32_t)__builtin_clz(a) : 32; }
RAPHE_INLINE uint32_t raphe_clz_64(uint64_t a) { return a ? (uint32_t)__builtin_clzll(a) : 64; }
RAPHE_INLINE uint32_t raphe_bfind_u32(uint32_t a) { return a ? 31u - (uint32_t)__builtin_clz(a) : 0xffffffffu; }
RAPHE_INLINE uint32_t raphe_bfind_u64(uint64_t a) { return a ? 63u - (uint32_t)__builtin_clzll(a) : 0xffffffffu; }
RAPHE_INLINE uint32_t raphe_bfind_s32(int32_t a) { return raphe_bfind_u32((uint32_t)(a < 0 ? ~a : a)); }
RAPHE_INLINE uint32_t raphe_bfind_s64(int64_t a) { return raphe_bfind_u64((uint64_t)(a < 0 ? ~a : a)); }

RAPHE_INLINE uint32_t raphe_brev_32(uint32_t a) {
  a = (a >> 1 & 0x55555555u) | (a & 0x55555555u) << 1;
  a = (a >> 2 & 0x33333333u) | (a & 0x33333333u) << 2;
  a = (a >> 4 & 0x0f0f0f0fu) | (a & 0x0f0f0f0fu) << 4;
  return __builtin_bswap32(a);
}
RAPHE_INLINE uint64_t raphe_brev_64(uint64_t a) {
  return (uint64_t)raphe_brev_32((uint32_t)a) << 32 | raphe_brev_32((uint32_t)(a >> 32));
}

/* PTX bfe: position and length are bytes; what lies above the top is the sign, for signed types, or 0. */
RAPHE_INLINE uint64_t raphe_bfe(uint64_t a, uint32_t b, uint32_t c, uint32_t bits, bool is_signed) {
  const uint32_t position = b & 255, length = c & 255, top = bits - 1;
  if (length == 0) return 0;
  const uint32_t last = position + length - 1 < top ? position + length - 1 : top;
  const uint64_t sign = is_signed ? a >> last & 1 : 0;
  uint64_t d = sign ? ~0ull : 0;
  for (uint32_t i = 0; i <= top && i < length && position + i <= top; i++) d = (d & ~(1ull << i)) | (a >> (position + i) & 1) << i;
  return d;
}

RAPHE_INLINE uint64_t raphe_bfi(uint64_t a, uint64_t b, uint32_t c, uint32_t d, uint32_t bits) {
  const uint32_t position = c & 255, length = d & 255;
  if (length == 0 || position >= bits) return b;
  const uint64_t ones = length >= 64 ? ~0ull : (1ull << length) - 1;
  return (b & ~(ones << position)) | (a & ones) << position;
}

RAPHE_INLINE uint32_t raphe_prmt(uint32_t a, uint32_t b, uint32_t selector) {
  const uint64_t bytes = (uint64_t)b << 32 | a;
  uint32_t d = 0;
  for (int i = 0; i < 4; i++) {
    const uint32_t pick = selector >> 4 * i & 15;
    uint32_t byte = (uint32_t)(bytes >> 8 * (pick & 7)) & 255;
    if (pick & 8) byte = byte & 128 ? 255 : 0;
    d |= byte << 8 * i;
  }
  return d;
}

RAPHE_INLINE uint32_t raphe_lop3(uint32_t a, uint32_t b, uint32_t c, uint32_t table) {
  uint32_t d = 0;
  if (table & 0x80) d |= a & b & c;
  if (table & 0x40) d |= a & b & ~c;
  if (table & 0x20) d |= a & ~b & c;
  if (table & 0x10) d |= a & ~b & ~c;
  if (table & 0x08) d |= ~a & b & c;
  if (table & 0x04) d |= ~a & b & ~c;
  if (table & 0x02) d |= ~a & ~b & c;
  if (table & 0x01) d |= ~a & ~b & ~c;
  return d;
}

/* ---- atomics: blocks may run on several cores ---- */

#define RAPHE_ATOMICS(type, name)                                                                                       \
  RAPHE_INLINE type raphe_atom_add_##name(void *p, type b) { return __atomic_fetch_add((type *)p, b, __ATOMIC_SEQ_CST); }     \
  RAPHE_INLINE type raphe_atom_and_##name(void *p, type b) { return __atomic_fetch_and((type *)p, b, __ATOMIC_SEQ_CST); }     \
  RAPHE_INLINE type raphe_atom_or_##name(void *p, type b) { return __atomic_fetch_or((type *)p, b, __ATOMIC_SEQ_CST); }       \
  RAPHE_INLINE type raphe_atom_xor_##name(void *p, type b) { return __atomic_fetch_xor((type *)p, b, __ATOMIC_SEQ_CST); }     \
  RAPHE_INLINE type raphe_atom_exch_##name(void *p, type b) { return __atomic_exchange_n((type *)p, b, __ATOMIC_SEQ_CST); }   \
  RAPHE_INLINE type raphe_atom_cas_##name(void *p, type b, type c) {                                                    \
    __atomic_compare_exchange_n((type *)p, &b, c, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);                           \
    return b;                                                                                                           \
  }                                                                                                                     \
  RAPHE_INLINE type raphe_atom_min_##name(void *p, type b) {                                                            \
    type old = __atomic_load_n((type *)p, __ATOMIC_SEQ_CST);                                                            \
    while (!__atomic_compare_exchange_n((type *)p, &old, old < b ? old : b, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) \
      ;                                                                                                                 \
    return old;                                                                                                         \
  }                                                                                                                     \
  RAPHE_INLINE type raphe_atom_max_##name(void *p, type b) {                                                            \
    type old = __atomic_load_n((type *)p, __ATOMIC_SEQ_CST);                                                            \
    while (!__atomic_compare_exchange_n((type *)p, &old, old > b ? old : b, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) \
      ;                                                                                                                 \
    return old;                                                                                                         \
  }
RAPHE_ATOMICS(uint32_t, u32)
RAPHE_ATOMICS(int32_t, s32)
RAPHE_ATOMICS(uint64_t, u64)
RAPHE_ATOMICS(int64_t, s64)

#define RAPHE_LOAD(type, pointer, element) (((const type __attribute__((may_alias)) *)(pointer))[element])
#define RAPHE_LOAD_VOLATILE(type, pointer, element) (((const volatile type __attribute__((may_alias)) *)(pointer))[element])
#define RAPHE_STORE(type, pointer, element, value) (((type __attribute__((may_alias)) *)(pointer))[element] = (value))
#define RAPHE_STORE_VOLATILE(type, pointer, element, value) (((volatile type __attribute__((may_alias)) *)(pointer))[element] = (value))

#endif
#endif
