/*
 * What the numeric contract asks of a device (docs/NUMERICS.md, section 14), computed from arguments, so that no compiler knows the answer.
 *
 *   passed[0] a denormal product survives       passed[1] 1 / 3 is rounded to nearest     passed[2] so is the root of 2
 *   passed[3] a b + c is not contracted         passed[4] fma is rounded once
 */
#include "language.cuh"

extern "C" __global__ void self_test(
    const launch_settings settings,
    const float least_normal, const float one_half, const float one, const float three, const float two, const float a, const float c,
    uint *passed) {
  passed[0] = __float_as_uint(least_normal * one_half) == 0x00400000u;
  passed[1] = __float_as_uint(one / three) == 0x3EAAAAABu;
  passed[2] = __float_as_uint(sqrtf(two)) == 0x3FB504F3u;
  passed[3] = a * a + c == 0.0f;
  passed[4] = fmaf(a, a, c) == 0x1.0p-46f;
}
