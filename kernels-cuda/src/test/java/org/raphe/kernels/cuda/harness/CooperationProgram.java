package org.raphe.kernels.cuda.harness;

import static jcuda.driver.JCudaDriver.*;

import java.util.Arrays;
import java.util.Random;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction_attribute;

/** Kernels whose threads work together, against plain loops in Java. */
final class CooperationProgram {
  private static final Random RANDOM = new Random(11);
  private static boolean agree = true;

  private CooperationProgram() {}

  public static void main(String[] arguments) {
    try (Gpu gpu = new Gpu("cooperation")) {
      sums(gpu);
      warpReverse(gpu);
      halfWarpSums(gpu);
      warpOperations(gpu);
      histogram(gpu);
      spaces(gpu);
      widths(gpu);
    }
    try (Gpu gpu = new Gpu("branches")) {
      branches(gpu);
    }
    if (!agree) System.exit(1);
    System.out.println("all agree");
  }

  private static void check(String what, Object expected, Object actual) {
    if (Arrays.deepEquals(new Object[] {expected}, new Object[] {actual})) return;
    agree = false;
    System.out.println(
        what
            + " differs: expected "
            + Arrays.deepToString(new Object[] {expected})
            + ", got "
            + Arrays.deepToString(new Object[] {actual}));
  }

  private static float[] random(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) values[i] = RANDOM.nextFloat() - 0.5f;
    return values;
  }

  private static float halves(float[] values, int from, int count) {
    float[] tile = Arrays.copyOfRange(values, from, from + count);
    for (int half = count / 2; half > 0; half /= 2)
      for (int t = 0; t < half; t++) tile[t] += tile[t + half];
    return tile[0];
  }

  private static void sums(Gpu gpu) {
    int blocks = 9;
    float[] in = random(256 * blocks), tree = new float[blocks], shuffled = new float[blocks];
    CUdeviceptr device = gpu.copyOf(in), out = gpu.allocate(4L * blocks);
    for (int b = 0; b < blocks; b++) {
      float[] warps = new float[32];
      for (int w = 0; w < 8; w++) warps[w] = halves(in, b * 256 + w * 32, 32);
      tree[b] = halves(in, b * 256, 256);
      shuffled[b] = halves(warps, 0, 32);
    }
    gpu.launch("treeSum", blocks, 256, device, out);
    check("treeSum", tree, gpu.floats(out, blocks));
    gpu.launch(null, "shuffleSum", blocks, 256, 8 * 4, device, out);
    check("shuffleSum", shuffled, gpu.floats(out, blocks));
  }

  private static void warpReverse(Gpu gpu) {
    int[] in = new int[1024], expected = new int[1024];
    for (int i = 0; i < in.length; i++) in[i] = i;
    for (int i = 0; i < in.length; i++) expected[i] = 2 * (i / 32 * 32 + 31 - i % 32);
    CUdeviceptr data = gpu.copyOf(in);
    int wanted = 60 * 1024;
    cuFuncSetAttribute(
        gpu.function("warpReverse"),
        CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
        wanted);
    gpu.launch(null, "warpReverse", 1, 1024, wanted, data);
    check("warpReverse", expected, gpu.ints(data, 1024));
  }

  private static void halfWarpSums(Gpu gpu) {
    int[] in = new int[64], expected = new int[64];
    for (int i = 0; i < 64; i++) in[i] = i * i;
    for (int i = 0; i < 64; i++) for (int k = 0; k < 16; k++) expected[i] += in[i / 16 * 16 + k];
    CUdeviceptr data = gpu.copyOf(in);
    gpu.launch("halfWarpSums", 1, 64, data);
    check("halfWarpSums", expected, gpu.ints(data, 64));
  }

  private static void warpOperations(Gpu gpu) {
    int[] in = new int[64], expected = new int[64 * 12];
    for (int t = 0; t < 64; t++) in[t] = (t * 7 + 3) % 32;
    for (int t = 0; t < 64; t++) {
      int base = t & ~31, lane = t & 31, odd = 0;
      for (int u = 0; u < 64; u++) odd += in[u] & 1;
      int[] row = {
        mask(in, base, 3),
        1,
        1,
        in[lane < 3 ? t : t - 3],
        in[lane % 8 + 5 > 7 ? t : t + 5],
        in[base + (lane ^ 6)],
        in[base + (lane & 16 | in[t] & 15)],
        same(in, base, in[t] % 4),
        odd,
        0,
        1,
        lane < 8 ? in[t ^ 1] : thirds(in, base)
      };
      if (Arrays.stream(in, base, base + 32).noneMatch(v -> v > 30)) row[1] = 0;
      System.arraycopy(row, 0, expected, t * 12, 12);
    }
    CUdeviceptr out = gpu.allocate(4L * expected.length);
    gpu.launch("warpOperations", 1, 64, gpu.copyOf(in), out);
    check("warpOperations", expected, gpu.ints(out, expected.length));
  }

  private static int mask(int[] in, int base, int above) {
    int mask = 0;
    for (int k = 0; k < 32; k++) if (in[base + k] > above) mask |= 1 << k;
    return mask;
  }

  private static int same(int[] in, int base, int remainder) {
    int mask = 0;
    for (int k = 0; k < 32; k++) if (in[base + k] % 4 == remainder) mask |= 1 << k;
    return mask;
  }

  private static int thirds(int[] in, int base) {
    int count = 0;
    for (int k = 8; k < 32; k++) if (in[base + k] % 3 == 0) count++;
    return count;
  }

  private static void histogram(Gpu gpu) {
    int n = 5000;
    int[] in = new int[n],
        counts = new int[16],
        extremes = {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 0, 5, 6};
    long sum = 0;
    for (int i = 0; i < n; i++) in[i] = RANDOM.nextInt(1 << 20);
    in[17] = 77;
    in[3000] = 78;
    CUdeviceptr deviceCounts = gpu.copyOf(counts),
        deviceExtremes = gpu.copyOf(extremes),
        deviceSum = gpu.copyOf(0, 0);
    for (int v : in) {
      counts[v & 15]++;
      sum += (long) v << 20;
      extremes =
          new int[] {
            Math.max(extremes[0], v),
            Math.min(extremes[1], v),
            extremes[2] | v,
            extremes[3] & v,
            extremes[4] ^ v,
            55,
            66
          };
    }
    gpu.launch(
        "histogram",
        40,
        128,
        gpu.copyOf(in),
        deviceCounts,
        deviceExtremes,
        deviceSum,
        Gpu.value(n));
    check("counts", counts, gpu.ints(deviceCounts, 16));
    check("extremes", extremes, gpu.ints(deviceExtremes, 7));
    check("sum", new long[] {sum}, gpu.longs(deviceSum, 1));
  }

  private static float polynomial(float x, float[] coefficients, int degree) {
    float y = 0;
    for (int k = degree; k >= 0; k--) y = Math.fma(y, x, coefficients[k]);
    return y;
  }

  private static void spaces(Gpu gpu) {
    float[] weights = {0.5f, 1.5f, -2.0f, 4.0f}, in = random(96), expected = new float[96];
    int[] ramp = new int[9];
    for (int k = 0; k < 8; k++) ramp[k] = Float.floatToRawIntBits(k * 0.25f + 1);
    ramp[8] = 7;
    for (int t = 0; t < 96; t++) {
      float v = (t * 5 % 7 * 0.25f + 1) * in[t] + (t % 7 * 0.25f + 1);
      v =
          switch (t % 7) {
            case 0 -> v + 1;
            case 1 -> v * 3;
            case 2 -> v - weights[t % 4];
            case 3 -> -v;
            case 4 -> v / 3;
            case 5 -> (float) Math.sqrt(Math.abs(v));
            default -> polynomial(v, weights, t % 4);
          };
      expected[t] = v + 3;
    }
    CUdeviceptr out = gpu.allocate(4 * 96);
    cuLaunchKernel(
        gpu.function("spaces"),
        1,
        1,
        1,
        8,
        12,
        1,
        0,
        null,
        Gpu.parameters(Gpu.value(ramp), gpu.copyOf(in), out),
        null);
    check("spaces", expected, gpu.floats(out, 96));
  }

  private static void branches(Gpu gpu) {
    int[] expected = new int[48];
    for (int t = 0; t < 48; t++) {
      boolean low = t < 2, first = t == 5 || low, second = t != 5 || low;
      int v = t % 3 == 0 ? 100 : t % 3 == 1 ? 201 : 15;
      expected[t] = 2 * (v + (first ? 1000 : 0) + (second ? 0 : 5000));
    }
    CUdeviceptr out = gpu.allocate(4 * 48);
    gpu.launch("branches", 1, 48, out);
    check("branches", expected, gpu.ints(out, 48));
  }

  private static void widths(Gpu gpu) {
    float[] in = random(64), expected = new float[64];
    byte[] bytes = new byte[16];
    short[] halves = new short[16], got = new short[16];
    for (int t = 0; t < 16; t++) {
      for (int k = 0; k < 4; k++) expected[4 * t + k] = in[4 * t + 3 - k];
      bytes[t] = (byte) (t * 17);
      halves[t] = (short) ((bytes[t] & 255) * -3);
    }
    CUdeviceptr out = gpu.allocate(256), deviceHalves = gpu.allocate(32);
    gpu.launch(
        "widths", 1, 16, gpu.copyOf(in), out, gpu.copyOf(Pointer.to(bytes), 16), deviceHalves);
    check("widths", expected, gpu.floats(out, 64));
    cuMemcpyDtoH(Pointer.to(got), deviceHalves, 32);
    check("halves", halves, got);
  }
}
