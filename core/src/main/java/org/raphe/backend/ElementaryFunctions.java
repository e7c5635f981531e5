package org.raphe.backend;

/**
 * exp, logistic, tanh and log of the numeric contract: polynomials in fma arithmetic, the same bits
 * on every backend. docs/NUMERICS.md holds the derivation and the measured error.
 *
 * <pre>
 *   q = x log2(e) + 1.5 2^23 (rounded to nearest even), k = q - 1.5 2^23, r = x - k ln2 (ln2 in two parts)
 *   p(r) = e^r - 1 to degree 7;   exp = fma(p, 2^k, 2^k);   expm1 = fma(p, 2^k, 2^k - 1)
 *   log: x = 2^k m, m in [sqrt(1/2), sqrt(2)), s = (m - 1) / (m + 1)
 *        log m = 2 (s + s^3/3 + s^5/5 + s^7/7 + s^9/9)
 * </pre>
 */
public final class ElementaryFunctions {
  /** Arguments of exp are clamped to [-87, 88], where 2^k is a normal number. */
  public static final float EXP_LOW = -87f;

  public static final float EXP_HIGH = 88f;

  /** Arguments of tanh are clamped to [-10, 10], where it is 1 to the last bit. */
  public static final float TANH_HIGH = 10f;

  public static final float LOG2_E = 0x1.715476p0f;

  /** 1.5 2^23: adding it rounds to an integer, held in the low bits. */
  public static final float ROUNDER = 0x1.8p23f;

  /** ln 2, upper part: few enough bits that k LN2_HIGH is exact. */
  public static final float LN2_HIGH = 0x1.63p-1f;

  /** ln 2 - LN2_HIGH. */
  public static final float LN2_LOW = -0x1.bd0106p-13f;

  /** 1/7!, 1/6!, ..., 1/2!: the polynomial p(r) = r + r^2 q(r), highest degree first. */
  private static final float[] TERMS = {1f / 5040f, 1f / 720f, 1f / 120f, 1f / 24f, 1f / 6f, 0.5f};

  /** Bits of sqrt(1/2), rounded down: the least m of a logarithm. */
  private static final int ROOT_HALF_BITS = 0x3F3504F3;

  private ElementaryFunctions() {}

  /** e^x; x is clamped to [-87, 88]. */
  public static float exp(float x) {
    float rounded = rounded(clamp(x));
    float scale = powerOfTwo(rounded);
    return Math.fma(polynomial(remainder(clamp(x), rounded)), scale, scale);
  }

  /** e^x - 1 for x in [-87, 88]. */
  static float expMinusOne(float x) {
    float rounded = rounded(x);
    float scale = powerOfTwo(rounded);
    return Math.fma(polynomial(remainder(x, rounded)), scale, scale - 1f);
  }

  /** 1 / (1 + e^-x). */
  public static float logistic(float x) {
    return 1f / (1f + exp(-x));
  }

  /** tanh x = e / (e + 2) with e = expm1(2 |x|), and the sign of x. */
  public static float tanh(float x) {
    float e = expMinusOne(2f * Math.min(Math.abs(x), TANH_HIGH));
    return Math.copySign(e / (e + 2f), x);
  }

  /** Natural logarithm of a normal number above 0. */
  public static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits - ROOT_HALF_BITS) >> 23;
    float m = Float.intBitsToFloat(bits - (exponent << 23));
    float k = exponent;
    float s = (m - 1f) / (m + 1f);
    float z = s * s;
    float h = 1f / 9f;
    h = Math.fma(h, z, 1f / 7f);
    h = Math.fma(h, z, 1f / 5f);
    h = Math.fma(h, z, 1f / 3f);
    float twice = s + s;
    float mantissa = Math.fma(h, twice * z, twice);
    return Math.fma(k, LN2_HIGH, Math.fma(k, LN2_LOW, mantissa));
  }

  private static float clamp(float x) {
    return Math.min(Math.max(x, EXP_LOW), EXP_HIGH);
  }

  private static float rounded(float x) {
    return Math.fma(x, LOG2_E, ROUNDER);
  }

  /** 2^k: k stands in the low bits of {@code rounded}, and is moved to the exponent. */
  private static float powerOfTwo(float rounded) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(rounded) << 23) + 0x3F800000);
  }

  private static float remainder(float x, float rounded) {
    float k = rounded - ROUNDER;
    return Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x));
  }

  private static float polynomial(float r) {
    float q = TERMS[0];
    for (int k = 1; k < TERMS.length; k++) {
      q = Math.fma(q, r, TERMS[k]);
    }
    return Math.fma(q, r * r, r);
  }

  /** The coefficients of the polynomial, highest degree first. */
  public static float[] terms() {
    return TERMS.clone();
  }
}
