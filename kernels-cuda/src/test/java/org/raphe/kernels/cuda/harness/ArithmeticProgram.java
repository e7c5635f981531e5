package org.raphe.kernels.cuda.harness;

import java.util.Random;
import java.util.function.IntToLongFunction;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;

/**
 * Runs every arithmetic instruction on awkward operands and compares all bits with Java's own
 * arithmetic.
 */
final class ArithmeticProgram {
  private static final int N = 4096;
  private static final float[] AWKWARD = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    1.5f,
    2.5f,
    -2.5f,
    1e-45f,
    -1e-45f,
    1.17549435e-38f,
    1.1754942e-38f,
    3e-39f,
    3.4028235e38f,
    -3.4028235e38f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    1e-20f,
    1e20f,
    8388609f,
    16777217f,
    2147483520f,
    2147483648f,
    -2147483648f,
    -2147483904f,
    4294967040f,
    4294967296f,
    9.223372e18f,
    -9.223372e18f,
    1.8446744e19f,
    0.99999994f,
    1.0000001f
  };

  private ArithmeticProgram() {}

  public static void main(String[] arguments) {
    Random random = new Random(7);
    boolean agree;
    try (Gpu gpu = new Gpu("arithmetic")) {
      agree = singles(gpu, random);
      agree &= doubles(gpu, random);
      agree &= ints(gpu, random);
      agree &= longs(gpu, random);
      agree &= conversions(gpu, random);
    }
    if (!agree) System.exit(1);
  }

  private static float[] floats(Random random, int stride) {
    float[] values = new float[N];
    for (int i = 0; i < N; i++)
      values[i] =
          i < 2048 ? AWKWARD[i / stride % AWKWARD.length] : Float.intBitsToFloat(random.nextInt());
    return values;
  }

  private static double[] doubles(Random random, int stride) {
    double[] values = new double[N];
    for (int i = 0; i < N; i++)
      values[i] =
          i < 2048
              ? AWKWARD[i / stride % AWKWARD.length] * (i % 3 == 0 ? 1 : 1.0000000001)
              : random.nextGaussian() * Math.pow(10, random.nextInt(80) - 40);
    return values;
  }

  private static int[] ints(Random random, int stride) {
    int[] awkward = {
      0,
      1,
      -1,
      2,
      31,
      32,
      33,
      Integer.MAX_VALUE,
      Integer.MIN_VALUE,
      0x80,
      0xff80,
      0x7fff8000,
      12345,
      -12345
    };
    int[] values = new int[N];
    for (int i = 0; i < N; i++)
      values[i] = i < 1024 ? awkward[i / stride % awkward.length] : random.nextInt();
    return values;
  }

  private static long[] longs(Random random, int stride) {
    long[] awkward = {
      0,
      1,
      -1,
      2,
      63,
      64,
      65,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      1L << 32,
      (1L << 53) + 1,
      (1L << 24) + 1,
      -12345,
      0xffffffffL
    };
    long[] values = new long[N];
    for (int i = 0; i < N; i++)
      values[i] =
          i < 1024 ? awkward[i / stride % awkward.length] : random.nextLong() >> random.nextInt(60);
    return values;
  }

  private static void launch(
      Gpu gpu, String kernel, CUdeviceptr a, CUdeviceptr b, CUdeviceptr c, CUdeviceptr out) {
    gpu.launch(kernel, N / 128, 128, a, b, c, out, Gpu.value(N));
  }

  /** Bits of a single-precision result: every NaN that arithmetic gives is the same. */
  private static long bits(float value) {
    return Float.isNaN(value) ? 0x7fffffffL : Float.floatToRawIntBits(value) & 0xffffffffL;
  }

  private static long raw(float value) {
    return Float.floatToRawIntBits(value) & 0xffffffffL;
  }

  private static float least(float x, float y) {
    return Float.isNaN(x) ? y : Float.isNaN(y) ? x : Math.min(x, y);
  }

  private static float most(float x, float y) {
    return Float.isNaN(x) ? y : Float.isNaN(y) ? x : Math.max(x, y);
  }

  private static float truncated(float x) {
    return x < 0 || raw(x) >>> 31 != 0 ? (float) Math.ceil(x) : (float) Math.floor(x);
  }

  private static boolean singles(Gpu gpu, Random random) {
    float[] a = floats(random, 1), b = floats(random, 33), c = floats(random, 7);
    CUdeviceptr out = gpu.allocate(4L * 20 * N);
    launch(gpu, "singles", gpu.copyOf(a), gpu.copyOf(b), gpu.copyOf(c), out);
    int[] got = gpu.ints(out, 20 * N);
    Rows rows =
        new Rows("singles", N, i -> got[i] & 0xffffffffL, i -> a[i] + ", " + b[i] + ", " + c[i]);
    rows.row(i -> bits(a[i] + b[i]))
        .row(i -> bits(a[i] - b[i]))
        .row(i -> bits(a[i] * b[i]))
        .row(i -> bits(Math.fma(a[i], b[i], c[i])));
    rows.row(i -> bits(a[i] / b[i]))
        .row(i -> bits(1 / a[i]))
        .row(i -> bits((float) Math.sqrt(a[i])));
    rows.row(i -> raw(a[i]) ^ 0x80000000L).row(i -> raw(a[i]) & 0x7fffffffL);
    rows.row(i -> bits(least(a[i], b[i]))).row(i -> bits(most(a[i], b[i])));
    rows.row(i -> bits((float) Math.rint(a[i])))
        .row(i -> bits(truncated(a[i])))
        .row(i -> bits((float) Math.floor(a[i])))
        .row(i -> bits((float) Math.ceil(a[i])));
    rows.row(i -> raw(a[i] < b[i] ? a[i] : c[i]))
        .row(i -> raw(a[i] != b[i] ? a[i] : c[i]))
        .row(i -> raw(!(a[i] >= b[i]) ? b[i] : c[i]));
    rows.row(i -> raw(a[i]) & 0x7fffffffL | raw(b[i]) & 0x80000000L)
        .row(i -> bits(a[i] > 0 ? Math.min(a[i], 1f) : 0f));
    return rows.agree();
  }

  private static boolean doubles(Gpu gpu, Random random) {
    double[] a = doubles(random, 1), b = doubles(random, 33), c = doubles(random, 7);
    CUdeviceptr out = gpu.allocate(8L * 11 * N);
    launch(
        gpu,
        "doubles",
        gpu.copyOf(Pointer.to(a), 8L * N),
        gpu.copyOf(Pointer.to(b), 8L * N),
        gpu.copyOf(Pointer.to(c), 8L * N),
        out);
    long[] got = gpu.longs(out, 11 * N);
    Rows rows =
        new Rows("doubles", N, i -> canonical(got[i]), i -> a[i] + ", " + b[i] + ", " + c[i]);
    rows.row(i -> bits(a[i] + b[i]))
        .row(i -> bits(a[i] - b[i]))
        .row(i -> bits(a[i] * b[i]))
        .row(i -> bits(Math.fma(a[i], b[i], c[i])));
    rows.row(i -> bits(a[i] / b[i]))
        .row(i -> bits(Math.sqrt(a[i])))
        .row(i -> bits(-a[i]))
        .row(i -> bits(Math.abs(a[i])));
    rows.row(i -> bits(Math.rint(a[i])))
        .row(i -> bits(Math.floor(a[i])))
        .row(i -> bits((double) (float) a[i]));
    return rows.agree();
  }

  /** Bits with one NaN for all: PTX leaves the NaN of a double-precision result open. */
  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }

  private static long canonical(long bits) {
    return Double.doubleToLongBits(Double.longBitsToDouble(bits));
  }

  private static int field(int x, int position, int length, boolean signed) {
    if (length == 0) return 0;
    int last = Math.min(position + length - 1, 31);
    long wide = signed ? x : x & 0xffffffffL;
    if (position > 31) return signed ? x >> 31 : 0;
    return (int)
        (signed
            ? (wide << (63 - last)) >> (63 - last + position)
            : (wide << (63 - last)) >>> (63 - last + position));
  }

  private static int inserted(int x, int into, int position, int length) {
    if (position > 31) return into;
    int mask = (int) (((1L << length) - 1) << position);
    return into & ~mask | x << position & mask;
  }

  private static int permuted(int x, int y, int selector) {
    int result = 0;
    for (int k = 0; k < 4; k++) {
      int pick = selector >>> 4 * k & 15, from = (pick & 4) == 0 ? x : y;
      int selected = from >>> 8 * (pick & 3) & 255;
      if ((pick & 8) != 0) selected = selected > 127 ? 255 : 0;
      result |= selected << 8 * k;
    }
    return result;
  }

  private static long low(long value) {
    return value & 0xffffffffL;
  }

  private static boolean ints(Gpu gpu, Random random) {
    int[] a = ints(random, 1), b = ints(random, 14), c = ints(random, 5);
    CUdeviceptr out = gpu.allocate(4L * 41 * N);
    launch(gpu, "ints", gpu.copyOf(a), gpu.copyOf(b), gpu.copyOf(c), out);
    int[] got = gpu.ints(out, 41 * N);
    Rows rows = new Rows("ints", N, i -> low(got[i]), i -> a[i] + ", " + b[i] + ", " + c[i]);
    intArithmetic(rows, a, b, c);
    intShifts(rows, a, b, c);
    intBits(rows, a, b, c);
    return rows.agree();
  }

  private static void intArithmetic(Rows rows, int[] a, int[] b, int[] c) {
    rows.row(i -> low(a[i] + b[i])).row(i -> low(a[i] - b[i])).row(i -> low(a[i] * b[i]));
    rows.row(i -> low(((long) a[i] * b[i]) >> 32))
        .row(i -> low(a[i]) * low(b[i]) >>> 32)
        .row(i -> low(a[i] * b[i] + c[i]));
    rows.row(i -> low(b[i] == 0 ? 0 : a[i] / (b[i] | 1))).row(i -> low(a[i] % (b[i] | 1)));
    rows.row(i -> low(Integer.divideUnsigned(a[i], b[i] | 1)))
        .row(i -> low(Integer.remainderUnsigned(a[i], b[i] | 1)));
    rows.row(i -> low(a[i] & b[i]))
        .row(i -> low(a[i] | b[i]))
        .row(i -> low(a[i] ^ b[i]))
        .row(i -> low(~a[i]));
  }

  private static void intShifts(Rows rows, int[] a, int[] b, int[] c) {
    rows.row(i -> (b[i] & 63) > 31 ? 0 : low(a[i] << b[i]))
        .row(i -> low(a[i] >> Math.min(b[i] & 63, 31)));
    rows.row(i -> (b[i] & 63) > 31 ? 0 : low(a[i] >>> b[i]));
    IntToLongFunction both = i -> (long) b[i] << 32 | low(a[i]);
    rows.row(i -> both.applyAsLong(i) << (c[i] & 31) >>> 32)
        .row(i -> low(both.applyAsLong(i) >>> (c[i] & 31)));
    rows.row(i -> both.applyAsLong(i) << Math.min(c[i] & 63, 32) >>> 32)
        .row(i -> low(both.applyAsLong(i) >>> Math.min(c[i] & 63, 32)));
  }

  private static void intBits(Rows rows, int[] a, int[] b, int[] c) {
    rows.row(i -> Integer.bitCount(a[i]))
        .row(i -> Integer.numberOfLeadingZeros(a[i]))
        .row(i -> low(Integer.reverse(a[i])));
    rows.row(i -> a[i] == 0 ? 0 : Integer.numberOfTrailingZeros(a[i]) + 1);
    rows.row(i -> low(31 - Integer.numberOfLeadingZeros(a[i])))
        .row(i -> low(31 - Integer.numberOfLeadingZeros(a[i] < 0 ? ~a[i] : a[i])));
    rows.row(i -> low(field(a[i], b[i] & 63, c[i] & 63, false)))
        .row(i -> low(field(a[i], b[i] & 63, c[i] & 63, true)));
    rows.row(i -> low(inserted(a[i], b[i], c[i] & 63, 9)));
    rows.row(i -> low(a[i] & b[i] | ~a[i] & c[i])).row(i -> low(~(a[i] & b[i] | ~a[i] & c[i])));
    rows.row(i -> low(permuted(a[i], b[i], c[i] & 0x7777)))
        .row(i -> low(permuted(a[i], b[i], 0xba98)));
    rows.row(i -> low(Math.min(a[i], b[i])))
        .row(i -> Math.max(low(a[i]), low(b[i])))
        .row(i -> low(Math.abs(a[i])));
    rows.row(i -> low(a[i] < b[i] ? a[i] : c[i]))
        .row(i -> low(low(a[i]) < low(b[i]) ? a[i] : c[i]));
    rows.row(i -> low((byte) a[i])).row(i -> a[i] & 0xffff);
  }

  private static boolean longs(Gpu gpu, Random random) {
    long[] a = longs(random, 1), b = longs(random, 14), c = longs(random, 5);
    CUdeviceptr out = gpu.allocate(8L * 24 * N);
    launch(
        gpu,
        "longs",
        gpu.copyOf(Pointer.to(a), 8L * N),
        gpu.copyOf(Pointer.to(b), 8L * N),
        gpu.copyOf(Pointer.to(c), 8L * N),
        out);
    long[] got = gpu.longs(out, 24 * N);
    Rows rows = new Rows("longs", N, i -> got[i], i -> a[i] + ", " + b[i] + ", " + c[i]);
    rows.row(i -> a[i] + b[i])
        .row(i -> a[i] - b[i])
        .row(i -> a[i] * b[i])
        .row(i -> Math.multiplyHigh(a[i], b[i]));
    rows.row(i -> Math.multiplyHigh(a[i], b[i]) + (a[i] >> 63 & b[i]) + (b[i] >> 63 & a[i]))
        .row(i -> a[i] * b[i] + c[i]);
    rows.row(i -> a[i] / (b[i] | 1))
        .row(i -> a[i] % (b[i] | 1))
        .row(i -> Long.divideUnsigned(a[i], b[i] | 1));
    rows.row(i -> a[i] & b[i]).row(i -> a[i] | b[i]).row(i -> a[i] ^ b[i]).row(i -> ~a[i]);
    rows.row(i -> (b[i] & 127) > 63 ? 0 : a[i] << b[i])
        .row(i -> a[i] >> Math.min(b[i] & 127, 63))
        .row(i -> (b[i] & 127) > 63 ? 0 : a[i] >>> b[i]);
    rows.row(i -> Long.bitCount(a[i]))
        .row(i -> Long.numberOfLeadingZeros(a[i]))
        .row(i -> Long.reverse(a[i]))
        .row(i -> Math.min(a[i], b[i]));
    rows.row(i -> (long) (int) a[i] * (int) b[i])
        .row(i -> low(a[i]) * low(b[i]))
        .row(i -> (long) (int) a[i] * (int) b[i] + c[i]);
    rows.row(i -> a[i] < b[i] ? a[i] : c[i]);
    return rows.agree();
  }

  private static boolean conversions(Gpu gpu, Random random) {
    float[] a = floats(random, 1);
    double[] b = doubles(random, 1);
    int[] c = ints(random, 1);
    long[] d = longs(random, 1);
    CUdeviceptr out = gpu.allocate(8L * 18 * N);
    gpu.launch(
        "conversions",
        N / 128,
        128,
        gpu.copyOf(a),
        gpu.copyOf(Pointer.to(b), 8L * N),
        gpu.copyOf(c),
        gpu.copyOf(Pointer.to(d), 8L * N),
        out,
        Gpu.value(N));
    long[] got = gpu.longs(out, 18 * N);
    Rows rows =
        new Rows(
            "conversions", N, i -> got[i], i -> a[i] + ", " + b[i] + ", " + c[i] + ", " + d[i]);
    fromFloats(rows, a, b);
    fromIntegers(rows, c, d);
    return rows.agree();
  }

  private static long unsigned(double x, double limit, long most) {
    return x <= 0
        ? 0
        : x >= limit ? most : x < 0x1p63 ? (long) x : (long) (x - 0x1p63) + Long.MIN_VALUE;
  }

  private static void fromFloats(Rows rows, float[] a, double[] b) {
    rows.row(i -> (int) a[i])
        .row(i -> (int) Math.rint(a[i]))
        .row(i -> (int) Math.floor(a[i]))
        .row(i -> (int) Math.ceil(a[i]));
    rows.row(i -> Float.isNaN(a[i]) ? 0 : unsigned(a[i], 0x1p32, 0xffffffffL));
    rows.row(i -> Float.isNaN(a[i]) ? Long.MIN_VALUE : (long) a[i]);
    rows.row(i -> Float.isNaN(a[i]) ? Long.MIN_VALUE : unsigned(a[i], 0x1p64, -1L));
    rows.row(i -> Double.isNaN(b[i]) ? Integer.MIN_VALUE : (int) b[i])
        .row(i -> Double.isNaN(b[i]) ? Long.MIN_VALUE : (long) Math.rint(b[i]));
    rows.row(i -> (int) bits((float) b[i])).row(i -> Double.doubleToRawLongBits(a[i]));
  }

  private static float unsignedToFloat(long x) {
    return new java.math.BigDecimal(Long.toUnsignedString(x)).floatValue();
  }

  private static void fromIntegers(Rows rows, int[] c, long[] d) {
    rows.row(i -> Float.floatToRawIntBits((float) c[i]))
        .row(i -> Float.floatToRawIntBits((float) low(c[i])))
        .row(i -> Float.floatToRawIntBits((float) d[i]));
    rows.row(i -> Float.floatToRawIntBits(unsignedToFloat(d[i])));
    rows.row(i -> bits((double) c[i]))
        .row(i -> bits((double) d[i]))
        .row(i -> bits(new java.math.BigDecimal(Long.toUnsignedString(d[i])).doubleValue()));
  }
}
