package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;
import static org.raphe.backend.cpu.VectorShape.MANY_REGISTERS;

import jdk.incubator.vector.FloatVector;

/**
 * Currents: a small dense product whose sums stay in registers, each weight loaded once for all of
 * them.
 */
final class VectorCurrents {
  private VectorCurrents() {}

  static void integrate(
      float[] x,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      float[] z) {
    int width = layer.width;
    for (int lane = 0; lane < width; ) {
      boolean pair = lane + 2 * LANES <= width;
      for (int column = 0; column < columns; ) {
        if (pair && MANY_REGISTERS && column + 2 * TileKernels.COLUMNS <= columns) {
          integrateTen(x, column, ids, idsAt, count, columns, layer, tile, lane, z);
          column += 2 * TileKernels.COLUMNS;
          continue;
        }
        if (pair) {
          integratePair(x, column, ids, idsAt, count, columns, layer, tile, lane, z);
        } else {
          integrateOne(x, column, ids, idsAt, count, columns, layer, tile, lane, z);
        }
        column += TileKernels.COLUMNS;
      }
      lane += pair ? 2 * LANES : LANES;
    }
  }

  /**
   * Ten columns of two vectors: twenty sums, for machines with 32 vector registers. Long, since
   * each sum is a local of its own: in an array or across a call it would leave its register.
   */
  private static void integrateTen(
      float[] x,
      int column,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z) {
    float[] weights = layer.weights;
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    FloatVector bias0 = FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane).add(0f);
    FloatVector bias1 =
        FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane + LANES).add(0f);
    FloatVector a0 = bias0;
    FloatVector a1 = bias0;
    FloatVector a2 = bias0;
    FloatVector a3 = bias0;
    FloatVector a4 = bias0;
    FloatVector a5 = bias0;
    FloatVector a6 = bias0;
    FloatVector a7 = bias0;
    FloatVector a8 = bias0;
    FloatVector a9 = bias0;
    FloatVector b0 = bias1;
    FloatVector b1 = bias1;
    FloatVector b2 = bias1;
    FloatVector b3 = bias1;
    FloatVector b4 = bias1;
    FloatVector b5 = bias1;
    FloatVector b6 = bias1;
    FloatVector b7 = bias1;
    FloatVector b8 = bias1;
    FloatVector b9 = bias1;
    for (int k = 0; k < count; k++) {
      int row = base + ids[idsAt + k] * width;
      int at = k * columns + column;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, row);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, row + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      a0 = x0.fma(w0, a0);
      b0 = x0.fma(w1, b0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + 1]);
      a1 = x1.fma(w0, a1);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2]);
      a2 = x2.fma(w0, a2);
      b2 = x2.fma(w1, b2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3]);
      a3 = x3.fma(w0, a3);
      b3 = x3.fma(w1, b3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[at + 4]);
      a4 = x4.fma(w0, a4);
      b4 = x4.fma(w1, b4);
      FloatVector x5 = FloatVector.broadcast(FLOATS, x[at + 5]);
      a5 = x5.fma(w0, a5);
      b5 = x5.fma(w1, b5);
      FloatVector x6 = FloatVector.broadcast(FLOATS, x[at + 6]);
      a6 = x6.fma(w0, a6);
      b6 = x6.fma(w1, b6);
      FloatVector x7 = FloatVector.broadcast(FLOATS, x[at + 7]);
      a7 = x7.fma(w0, a7);
      b7 = x7.fma(w1, b7);
      FloatVector x8 = FloatVector.broadcast(FLOATS, x[at + 8]);
      a8 = x8.fma(w0, a8);
      b8 = x8.fma(w1, b8);
      FloatVector x9 = FloatVector.broadcast(FLOATS, x[at + 9]);
      a9 = x9.fma(w0, a9);
      b9 = x9.fma(w1, b9);
    }
    int to = column * width + lane;
    a0.intoArray(z, to);
    b0.intoArray(z, to + LANES);
    a1.intoArray(z, to + 1 * width);
    b1.intoArray(z, to + 1 * width + LANES);
    a2.intoArray(z, to + 2 * width);
    b2.intoArray(z, to + 2 * width + LANES);
    a3.intoArray(z, to + 3 * width);
    b3.intoArray(z, to + 3 * width + LANES);
    a4.intoArray(z, to + 4 * width);
    b4.intoArray(z, to + 4 * width + LANES);
    a5.intoArray(z, to + 5 * width);
    b5.intoArray(z, to + 5 * width + LANES);
    a6.intoArray(z, to + 6 * width);
    b6.intoArray(z, to + 6 * width + LANES);
    a7.intoArray(z, to + 7 * width);
    b7.intoArray(z, to + 7 * width + LANES);
    a8.intoArray(z, to + 8 * width);
    b8.intoArray(z, to + 8 * width + LANES);
    a9.intoArray(z, to + 9 * width);
    b9.intoArray(z, to + 9 * width + LANES);
  }

  /**
   * Five columns of two vectors: ten sums in registers, each weight loaded once for all of them.
   * Long for the same reason as {@link #integrateTen}.
   */
  private static void integratePair(
      float[] x,
      int column,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z) {
    float[] weights = layer.weights;
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    FloatVector bias0 = FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane).add(0f);
    FloatVector bias1 =
        FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane + LANES).add(0f);
    FloatVector a0 = bias0;
    FloatVector a1 = bias0;
    FloatVector a2 = bias0;
    FloatVector a3 = bias0;
    FloatVector a4 = bias0;
    FloatVector b0 = bias1;
    FloatVector b1 = bias1;
    FloatVector b2 = bias1;
    FloatVector b3 = bias1;
    FloatVector b4 = bias1;
    for (int k = 0; k < count; k++) {
      int row = base + ids[idsAt + k] * width;
      int at = k * columns + column;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, row);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, row + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + 1]);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2]);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3]);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[at + 4]);
      a0 = x0.fma(w0, a0);
      b0 = x0.fma(w1, b0);
      a1 = x1.fma(w0, a1);
      b1 = x1.fma(w1, b1);
      a2 = x2.fma(w0, a2);
      b2 = x2.fma(w1, b2);
      a3 = x3.fma(w0, a3);
      b3 = x3.fma(w1, b3);
      a4 = x4.fma(w0, a4);
      b4 = x4.fma(w1, b4);
    }
    int to = column * width + lane;
    a0.intoArray(z, to);
    b0.intoArray(z, to + LANES);
    a1.intoArray(z, to + width);
    b1.intoArray(z, to + width + LANES);
    a2.intoArray(z, to + 2 * width);
    b2.intoArray(z, to + 2 * width + LANES);
    a3.intoArray(z, to + 3 * width);
    b3.intoArray(z, to + 3 * width + LANES);
    a4.intoArray(z, to + 4 * width);
    b4.intoArray(z, to + 4 * width + LANES);
  }

  /** Five columns of one vector. */
  private static void integrateOne(
      float[] x,
      int column,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z) {
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    FloatVector bias = FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane).add(0f);
    FloatVector a0 = bias;
    FloatVector a1 = bias;
    FloatVector a2 = bias;
    FloatVector a3 = bias;
    FloatVector a4 = bias;
    for (int k = 0; k < count; k++) {
      FloatVector w = FloatVector.fromArray(FLOATS, layer.weights, base + ids[idsAt + k] * width);
      int at = k * columns + column;
      a0 = FloatVector.broadcast(FLOATS, x[at]).fma(w, a0);
      a1 = FloatVector.broadcast(FLOATS, x[at + 1]).fma(w, a1);
      a2 = FloatVector.broadcast(FLOATS, x[at + 2]).fma(w, a2);
      a3 = FloatVector.broadcast(FLOATS, x[at + 3]).fma(w, a3);
      a4 = FloatVector.broadcast(FLOATS, x[at + 4]).fma(w, a4);
    }
    int to = column * width + lane;
    a0.intoArray(z, to);
    a1.intoArray(z, to + width);
    a2.intoArray(z, to + 2 * width);
    a3.intoArray(z, to + 3 * width);
    a4.intoArray(z, to + 4 * width);
  }
}
