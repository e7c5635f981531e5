package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import jdk.incubator.vector.FloatVector;

/** {@link TileKernels#integrateEvents}: a step's currents in registers while its events pass. */
final class VectorEvents {
  private VectorEvents() {}

  static void integrate(WindowEvents events, TiledLayer layer, int tile, float[] z) {
    int width = layer.width;
    for (int t = 0; t + 1 < events.starts.length; t++) {
      int lane = 0;
      for (; lane + 4 * LANES <= width; lane += 4 * LANES) {
        four(events, events.starts[t], events.starts[t + 1], layer, tile, lane, z, t * width);
      }
      for (; lane < width; lane += LANES) {
        one(events, events.starts[t], events.starts[t + 1], layer, tile, lane, z, t * width);
      }
    }
  }

  private static void four(
      WindowEvents events,
      int from,
      int to,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z,
      int zAt) {
    int width = layer.width;
    float[] weights = layer.weights;
    int[] ids = events.ids;
    float[] x = events.x;
    int bias = tile * width + lane;
    int row = layer.row(tile, 0) + lane;
    FloatVector z0 = FloatVector.fromArray(FLOATS, layer.biases, bias).add(0f);
    FloatVector z1 = FloatVector.fromArray(FLOATS, layer.biases, bias + LANES).add(0f);
    FloatVector z2 = FloatVector.fromArray(FLOATS, layer.biases, bias + 2 * LANES).add(0f);
    FloatVector z3 = FloatVector.fromArray(FLOATS, layer.biases, bias + 3 * LANES).add(0f);
    for (int k = from; k < to; k++) {
      int at = row + ids[k] * width;
      FloatVector value = FloatVector.broadcast(FLOATS, x[k]);
      z0 = value.fma(FloatVector.fromArray(FLOATS, weights, at), z0);
      z1 = value.fma(FloatVector.fromArray(FLOATS, weights, at + LANES), z1);
      z2 = value.fma(FloatVector.fromArray(FLOATS, weights, at + 2 * LANES), z2);
      z3 = value.fma(FloatVector.fromArray(FLOATS, weights, at + 3 * LANES), z3);
    }
    z0.intoArray(z, zAt + lane);
    z1.intoArray(z, zAt + lane + LANES);
    z2.intoArray(z, zAt + lane + 2 * LANES);
    z3.intoArray(z, zAt + lane + 3 * LANES);
  }

  private static void one(
      WindowEvents events,
      int from,
      int to,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z,
      int zAt) {
    int row = layer.row(tile, 0) + lane;
    FloatVector sum =
        FloatVector.fromArray(FLOATS, layer.biases, tile * layer.width + lane).add(0f);
    for (int k = from; k < to; k++) {
      sum =
          FloatVector.broadcast(FLOATS, events.x[k])
              .fma(
                  FloatVector.fromArray(FLOATS, layer.weights, row + events.ids[k] * layer.width),
                  sum);
    }
    sum.intoArray(z, zAt + lane);
  }
}
