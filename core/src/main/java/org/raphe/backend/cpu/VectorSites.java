package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;
import static org.raphe.backend.cpu.VectorShape.MANY_REGISTERS;

import jdk.incubator.vector.FloatVector;

/**
 * {@link TileKernels#integrateSites}: neighbouring sites of a row, whose sums stay in registers
 * while all their inputs pass, each weight loaded once for all of them. Where sites are left that
 * fill no group, some are computed twice.
 */
final class VectorSites {
  /** Sites of a group where there are 32 vector registers, 28 of them for sums. */
  private static final int MANY = 14;

  private VectorSites() {}

  static void integrate(
      InputPlanes planes, int sample, int row, TiledLayer layer, int tile, float[] z) {
    int at = planes.at(sample, row);
    int[] inside = planes.inside(row);
    for (int lane = 0; lane < layer.width; ) {
      boolean pair = lane + 2 * LANES <= layer.width;
      for (int site = 0; site < planes.columns; ) {
        int left = planes.columns - site;
        boolean many = pair && MANY_REGISTERS && planes.columns >= MANY && left > MANY - 4;
        int size = many ? MANY : TileKernels.COLUMNS;
        int first = Math.min(site, Math.max(0, planes.columns - size));
        int zAt = first * layer.width + lane;
        if (many) {
          fourteenPairs(planes, at + first, inside, layer, tile, lane, z, zAt);
        } else if (pair) {
          fivePairs(planes, at + first, inside, layer, tile, lane, z, zAt);
        } else {
          five(planes, at + first, inside, layer, tile, lane, z, zAt);
        }
        site = first + size;
      }
      lane += pair ? 2 * LANES : LANES;
    }
  }

  /**
   * Fourteen sites of two vectors. Long, since each sum is a local of its own, as in
   * VectorCurrents.
   */
  private static void fourteenPairs(
      InputPlanes planes,
      int at,
      int[] inside,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z,
      int zAt) {
    float[] x = planes.values;
    int[] taps = planes.taps;
    float[] weights = layer.weights;
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    int bias = tile * width + lane;
    FloatVector a = FloatVector.fromArray(FLOATS, layer.biases, bias).add(0f);
    FloatVector b = FloatVector.fromArray(FLOATS, layer.biases, bias + LANES).add(0f);
    FloatVector a0 = a;
    FloatVector a1 = a;
    FloatVector a2 = a;
    FloatVector a3 = a;
    FloatVector a4 = a;
    FloatVector a5 = a;
    FloatVector a6 = a;
    FloatVector a7 = a;
    FloatVector a8 = a;
    FloatVector a9 = a;
    FloatVector a10 = a;
    FloatVector a11 = a;
    FloatVector a12 = a;
    FloatVector a13 = a;
    FloatVector b0 = b;
    FloatVector b1 = b;
    FloatVector b2 = b;
    FloatVector b3 = b;
    FloatVector b4 = b;
    FloatVector b5 = b;
    FloatVector b6 = b;
    FloatVector b7 = b;
    FloatVector b8 = b;
    FloatVector b9 = b;
    FloatVector b10 = b;
    FloatVector b11 = b;
    FloatVector b12 = b;
    FloatVector b13 = b;
    for (int f : inside) {
      int k = at + taps[f];
      int row = base + f * width;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, row);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, row + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[k]);
      a0 = x0.fma(w0, a0);
      b0 = x0.fma(w1, b0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[k + 1]);
      a1 = x1.fma(w0, a1);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[k + 2]);
      a2 = x2.fma(w0, a2);
      b2 = x2.fma(w1, b2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[k + 3]);
      a3 = x3.fma(w0, a3);
      b3 = x3.fma(w1, b3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[k + 4]);
      a4 = x4.fma(w0, a4);
      b4 = x4.fma(w1, b4);
      FloatVector x5 = FloatVector.broadcast(FLOATS, x[k + 5]);
      a5 = x5.fma(w0, a5);
      b5 = x5.fma(w1, b5);
      FloatVector x6 = FloatVector.broadcast(FLOATS, x[k + 6]);
      a6 = x6.fma(w0, a6);
      b6 = x6.fma(w1, b6);
      FloatVector x7 = FloatVector.broadcast(FLOATS, x[k + 7]);
      a7 = x7.fma(w0, a7);
      b7 = x7.fma(w1, b7);
      FloatVector x8 = FloatVector.broadcast(FLOATS, x[k + 8]);
      a8 = x8.fma(w0, a8);
      b8 = x8.fma(w1, b8);
      FloatVector x9 = FloatVector.broadcast(FLOATS, x[k + 9]);
      a9 = x9.fma(w0, a9);
      b9 = x9.fma(w1, b9);
      FloatVector x10 = FloatVector.broadcast(FLOATS, x[k + 10]);
      a10 = x10.fma(w0, a10);
      b10 = x10.fma(w1, b10);
      FloatVector x11 = FloatVector.broadcast(FLOATS, x[k + 11]);
      a11 = x11.fma(w0, a11);
      b11 = x11.fma(w1, b11);
      FloatVector x12 = FloatVector.broadcast(FLOATS, x[k + 12]);
      a12 = x12.fma(w0, a12);
      b12 = x12.fma(w1, b12);
      FloatVector x13 = FloatVector.broadcast(FLOATS, x[k + 13]);
      a13 = x13.fma(w0, a13);
      b13 = x13.fma(w1, b13);
    }
    a0.intoArray(z, zAt);
    b0.intoArray(z, zAt + LANES);
    a1.intoArray(z, zAt + width);
    b1.intoArray(z, zAt + width + LANES);
    a2.intoArray(z, zAt + 2 * width);
    b2.intoArray(z, zAt + 2 * width + LANES);
    a3.intoArray(z, zAt + 3 * width);
    b3.intoArray(z, zAt + 3 * width + LANES);
    a4.intoArray(z, zAt + 4 * width);
    b4.intoArray(z, zAt + 4 * width + LANES);
    a5.intoArray(z, zAt + 5 * width);
    b5.intoArray(z, zAt + 5 * width + LANES);
    a6.intoArray(z, zAt + 6 * width);
    b6.intoArray(z, zAt + 6 * width + LANES);
    a7.intoArray(z, zAt + 7 * width);
    b7.intoArray(z, zAt + 7 * width + LANES);
    a8.intoArray(z, zAt + 8 * width);
    b8.intoArray(z, zAt + 8 * width + LANES);
    a9.intoArray(z, zAt + 9 * width);
    b9.intoArray(z, zAt + 9 * width + LANES);
    a10.intoArray(z, zAt + 10 * width);
    b10.intoArray(z, zAt + 10 * width + LANES);
    a11.intoArray(z, zAt + 11 * width);
    b11.intoArray(z, zAt + 11 * width + LANES);
    a12.intoArray(z, zAt + 12 * width);
    b12.intoArray(z, zAt + 12 * width + LANES);
    a13.intoArray(z, zAt + 13 * width);
    b13.intoArray(z, zAt + 13 * width + LANES);
  }

  /** Five sites of two vectors. Long for the same reason. */
  private static void fivePairs(
      InputPlanes planes,
      int at,
      int[] inside,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z,
      int zAt) {
    float[] x = planes.values;
    int[] taps = planes.taps;
    float[] weights = layer.weights;
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    int bias = tile * width + lane;
    FloatVector a = FloatVector.fromArray(FLOATS, layer.biases, bias).add(0f);
    FloatVector b = FloatVector.fromArray(FLOATS, layer.biases, bias + LANES).add(0f);
    FloatVector a0 = a;
    FloatVector a1 = a;
    FloatVector a2 = a;
    FloatVector a3 = a;
    FloatVector a4 = a;
    FloatVector b0 = b;
    FloatVector b1 = b;
    FloatVector b2 = b;
    FloatVector b3 = b;
    FloatVector b4 = b;
    for (int f : inside) {
      int k = at + taps[f];
      int row = base + f * width;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, row);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, row + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[k]);
      a0 = x0.fma(w0, a0);
      b0 = x0.fma(w1, b0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[k + 1]);
      a1 = x1.fma(w0, a1);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[k + 2]);
      a2 = x2.fma(w0, a2);
      b2 = x2.fma(w1, b2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[k + 3]);
      a3 = x3.fma(w0, a3);
      b3 = x3.fma(w1, b3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[k + 4]);
      a4 = x4.fma(w0, a4);
      b4 = x4.fma(w1, b4);
    }
    a0.intoArray(z, zAt);
    b0.intoArray(z, zAt + LANES);
    a1.intoArray(z, zAt + width);
    b1.intoArray(z, zAt + width + LANES);
    a2.intoArray(z, zAt + 2 * width);
    b2.intoArray(z, zAt + 2 * width + LANES);
    a3.intoArray(z, zAt + 3 * width);
    b3.intoArray(z, zAt + 3 * width + LANES);
    a4.intoArray(z, zAt + 4 * width);
    b4.intoArray(z, zAt + 4 * width + LANES);
  }

  /** Five sites of one vector. Long for the same reason. */
  private static void five(
      InputPlanes planes,
      int at,
      int[] inside,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z,
      int zAt) {
    float[] x = planes.values;
    int[] taps = planes.taps;
    float[] weights = layer.weights;
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    int bias = tile * width + lane;
    FloatVector a = FloatVector.fromArray(FLOATS, layer.biases, bias).add(0f);
    FloatVector a0 = a;
    FloatVector a1 = a;
    FloatVector a2 = a;
    FloatVector a3 = a;
    FloatVector a4 = a;
    for (int f : inside) {
      int k = at + taps[f];
      int row = base + f * width;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, row);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[k]);
      a0 = x0.fma(w0, a0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[k + 1]);
      a1 = x1.fma(w0, a1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[k + 2]);
      a2 = x2.fma(w0, a2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[k + 3]);
      a3 = x3.fma(w0, a3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[k + 4]);
      a4 = x4.fma(w0, a4);
    }
    a0.intoArray(z, zAt);
    a1.intoArray(z, zAt + width);
    a2.intoArray(z, zAt + 2 * width);
    a3.intoArray(z, zAt + 3 * width);
    a4.intoArray(z, zAt + 4 * width);
  }
}
