package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;
import static org.raphe.backend.cpu.VectorShape.MANY_REGISTERS;

import jdk.incubator.vector.FloatVector;

/** {@link TileKernels#integrateSamples}: a group's sums in registers while its inputs pass. */
final class VectorSamples {
  private VectorSamples() {}

  static void integrate(
      SampleGroup group, int from, int to, TiledLayer layer, int tile, float[] z, int zAt) {
    int width = layer.width;
    int row = layer.row(tile, 0);
    int lane = 0;
    // Eight samples by two vectors of units take 19 registers.
    for (; MANY_REGISTERS && lane + 2 * LANES <= width; lane += 2 * LANES) {
      pairs(group, from, to, layer.weights, row + lane, width, z, zAt + lane);
    }
    for (; lane < width; lane += LANES) {
      ones(group, from, to, layer.weights, row + lane, width, z, zAt + lane);
    }
  }

  /** Two vectors of units. Long, since each sum is a local of its own, as in VectorCurrents. */
  private static void pairs(
      SampleGroup group, int from, int to, float[] weights, int row, int width, float[] z, int at) {
    float[] x = group.x;
    int[] ids = group.ids;
    FloatVector a0 = FloatVector.fromArray(FLOATS, z, at);
    FloatVector a1 = FloatVector.fromArray(FLOATS, z, at + width);
    FloatVector a2 = FloatVector.fromArray(FLOATS, z, at + 2 * width);
    FloatVector a3 = FloatVector.fromArray(FLOATS, z, at + 3 * width);
    FloatVector a4 = FloatVector.fromArray(FLOATS, z, at + 4 * width);
    FloatVector a5 = FloatVector.fromArray(FLOATS, z, at + 5 * width);
    FloatVector a6 = FloatVector.fromArray(FLOATS, z, at + 6 * width);
    FloatVector a7 = FloatVector.fromArray(FLOATS, z, at + 7 * width);
    FloatVector b0 = FloatVector.fromArray(FLOATS, z, at + LANES);
    FloatVector b1 = FloatVector.fromArray(FLOATS, z, at + width + LANES);
    FloatVector b2 = FloatVector.fromArray(FLOATS, z, at + 2 * width + LANES);
    FloatVector b3 = FloatVector.fromArray(FLOATS, z, at + 3 * width + LANES);
    FloatVector b4 = FloatVector.fromArray(FLOATS, z, at + 4 * width + LANES);
    FloatVector b5 = FloatVector.fromArray(FLOATS, z, at + 5 * width + LANES);
    FloatVector b6 = FloatVector.fromArray(FLOATS, z, at + 6 * width + LANES);
    FloatVector b7 = FloatVector.fromArray(FLOATS, z, at + 7 * width + LANES);
    for (int k = from; k < to; k++) {
      int w = row + ids[k] * width;
      int first = k * SampleGroup.SIZE;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, w);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, w + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[first]);
      a0 = x0.fma(w0, a0);
      b0 = x0.fma(w1, b0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[first + 1]);
      a1 = x1.fma(w0, a1);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[first + 2]);
      a2 = x2.fma(w0, a2);
      b2 = x2.fma(w1, b2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[first + 3]);
      a3 = x3.fma(w0, a3);
      b3 = x3.fma(w1, b3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[first + 4]);
      a4 = x4.fma(w0, a4);
      b4 = x4.fma(w1, b4);
      FloatVector x5 = FloatVector.broadcast(FLOATS, x[first + 5]);
      a5 = x5.fma(w0, a5);
      b5 = x5.fma(w1, b5);
      FloatVector x6 = FloatVector.broadcast(FLOATS, x[first + 6]);
      a6 = x6.fma(w0, a6);
      b6 = x6.fma(w1, b6);
      FloatVector x7 = FloatVector.broadcast(FLOATS, x[first + 7]);
      a7 = x7.fma(w0, a7);
      b7 = x7.fma(w1, b7);
    }
    a0.intoArray(z, at);
    b0.intoArray(z, at + LANES);
    a1.intoArray(z, at + width);
    b1.intoArray(z, at + width + LANES);
    a2.intoArray(z, at + 2 * width);
    b2.intoArray(z, at + 2 * width + LANES);
    a3.intoArray(z, at + 3 * width);
    b3.intoArray(z, at + 3 * width + LANES);
    a4.intoArray(z, at + 4 * width);
    b4.intoArray(z, at + 4 * width + LANES);
    a5.intoArray(z, at + 5 * width);
    b5.intoArray(z, at + 5 * width + LANES);
    a6.intoArray(z, at + 6 * width);
    b6.intoArray(z, at + 6 * width + LANES);
    a7.intoArray(z, at + 7 * width);
    b7.intoArray(z, at + 7 * width + LANES);
  }

  /** One vector of units. Long for the same reason. */
  private static void ones(
      SampleGroup group, int from, int to, float[] weights, int row, int width, float[] z, int at) {
    float[] x = group.x;
    int[] ids = group.ids;
    FloatVector a0 = FloatVector.fromArray(FLOATS, z, at);
    FloatVector a1 = FloatVector.fromArray(FLOATS, z, at + width);
    FloatVector a2 = FloatVector.fromArray(FLOATS, z, at + 2 * width);
    FloatVector a3 = FloatVector.fromArray(FLOATS, z, at + 3 * width);
    FloatVector a4 = FloatVector.fromArray(FLOATS, z, at + 4 * width);
    FloatVector a5 = FloatVector.fromArray(FLOATS, z, at + 5 * width);
    FloatVector a6 = FloatVector.fromArray(FLOATS, z, at + 6 * width);
    FloatVector a7 = FloatVector.fromArray(FLOATS, z, at + 7 * width);
    for (int k = from; k < to; k++) {
      int w = row + ids[k] * width;
      int first = k * SampleGroup.SIZE;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, w);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[first]);
      a0 = x0.fma(w0, a0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[first + 1]);
      a1 = x1.fma(w0, a1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[first + 2]);
      a2 = x2.fma(w0, a2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[first + 3]);
      a3 = x3.fma(w0, a3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[first + 4]);
      a4 = x4.fma(w0, a4);
      FloatVector x5 = FloatVector.broadcast(FLOATS, x[first + 5]);
      a5 = x5.fma(w0, a5);
      FloatVector x6 = FloatVector.broadcast(FLOATS, x[first + 6]);
      a6 = x6.fma(w0, a6);
      FloatVector x7 = FloatVector.broadcast(FLOATS, x[first + 7]);
      a7 = x7.fma(w0, a7);
    }
    a0.intoArray(z, at);
    a1.intoArray(z, at + width);
    a2.intoArray(z, at + 2 * width);
    a3.intoArray(z, at + 3 * width);
    a4.intoArray(z, at + 4 * width);
    a5.intoArray(z, at + 5 * width);
    a6.intoArray(z, at + 6 * width);
    a7.intoArray(z, at + 7 * width);
  }
}
