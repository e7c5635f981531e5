package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import jdk.incubator.vector.FloatVector;

/** Gradients of convolutions: chains that are continued, in registers meanwhile. */
final class VectorProducts {
  private VectorProducts() {}

  /** {@link TileKernels#addTerms}. */
  static void addTerms(
      GradientTerms terms,
      int from,
      int to,
      float[] values,
      int offset,
      int width,
      float[] sum,
      int sumAt) {
    int lane = 0;
    for (; lane + 4 * LANES <= width; lane += 4 * LANES) {
      addFour(terms.place, terms.factor, from, to, values, offset + lane, sum, sumAt + lane);
    }
    for (; lane < width; lane += LANES) {
      FloatVector g = FloatVector.fromArray(FLOATS, sum, sumAt + lane);
      for (int k = from; k < to; k++) {
        FloatVector x = FloatVector.broadcast(FLOATS, terms.factor[k]);
        g = x.fma(FloatVector.fromArray(FLOATS, values, offset + lane + terms.place[k]), g);
      }
      g.intoArray(sum, sumAt + lane);
    }
  }

  private static void addFour(
      int[] place,
      float[] factor,
      int from,
      int to,
      float[] values,
      int offset,
      float[] sum,
      int sumAt) {
    FloatVector g0 = FloatVector.fromArray(FLOATS, sum, sumAt);
    FloatVector g1 = FloatVector.fromArray(FLOATS, sum, sumAt + LANES);
    FloatVector g2 = FloatVector.fromArray(FLOATS, sum, sumAt + 2 * LANES);
    FloatVector g3 = FloatVector.fromArray(FLOATS, sum, sumAt + 3 * LANES);
    for (int k = from; k < to; k++) {
      FloatVector x = FloatVector.broadcast(FLOATS, factor[k]);
      int c = place[k] + offset;
      g0 = x.fma(FloatVector.fromArray(FLOATS, values, c), g0);
      g1 = x.fma(FloatVector.fromArray(FLOATS, values, c + LANES), g1);
      g2 = x.fma(FloatVector.fromArray(FLOATS, values, c + 2 * LANES), g2);
      g3 = x.fma(FloatVector.fromArray(FLOATS, values, c + 3 * LANES), g3);
    }
    g0.intoArray(sum, sumAt);
    g1.intoArray(sum, sumAt + LANES);
    g2.intoArray(sum, sumAt + 2 * LANES);
    g3.intoArray(sum, sumAt + 3 * LANES);
  }

  /** {@link TileKernels#addProducts}. */
  static void add(
      int inputs,
      int[] xAt,
      int first,
      int[] place,
      int count,
      float[] x,
      float[] values,
      int offset,
      int width,
      float[] sums,
      int sumAt,
      int apart) {
    int lane = 0;
    if (inputs == TileKernels.INPUTS) {
      for (; lane + 2 * LANES <= width; lane += 2 * LANES) {
        addInputs(xAt, first, place, count, x, values, offset + lane, sums, sumAt + lane, apart);
      }
    }
    for (; lane < width; lane += LANES) {
      for (int input = 0; input < inputs; input++) {
        int at = sumAt + input * apart + lane;
        FloatVector g = FloatVector.fromArray(FLOATS, sums, at);
        for (int k = 0; k < count; k++) {
          FloatVector factor = FloatVector.broadcast(FLOATS, x[xAt[k] + first + input]);
          g = factor.fma(FloatVector.fromArray(FLOATS, values, offset + place[k] + lane), g);
        }
        g.intoArray(sums, at);
      }
    }
  }

  /** Four inputs by two vectors of units. Long, since eight chains stay in registers as locals. */
  private static void addInputs(
      int[] xAt,
      int first,
      int[] place,
      int count,
      float[] x,
      float[] values,
      int offset,
      float[] sums,
      int sumAt,
      int apart) {
    FloatVector g00 = FloatVector.fromArray(FLOATS, sums, sumAt);
    FloatVector g01 = FloatVector.fromArray(FLOATS, sums, sumAt + LANES);
    FloatVector g10 = FloatVector.fromArray(FLOATS, sums, sumAt + apart);
    FloatVector g11 = FloatVector.fromArray(FLOATS, sums, sumAt + apart + LANES);
    FloatVector g20 = FloatVector.fromArray(FLOATS, sums, sumAt + 2 * apart);
    FloatVector g21 = FloatVector.fromArray(FLOATS, sums, sumAt + 2 * apart + LANES);
    FloatVector g30 = FloatVector.fromArray(FLOATS, sums, sumAt + 3 * apart);
    FloatVector g31 = FloatVector.fromArray(FLOATS, sums, sumAt + 3 * apart + LANES);
    for (int k = 0; k < count; k++) {
      int c = offset + place[k];
      int at = xAt[k] + first;
      FloatVector c0 = FloatVector.fromArray(FLOATS, values, c);
      FloatVector c1 = FloatVector.fromArray(FLOATS, values, c + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + 1]);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2]);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3]);
      g00 = x0.fma(c0, g00);
      g01 = x0.fma(c1, g01);
      g10 = x1.fma(c0, g10);
      g11 = x1.fma(c1, g11);
      g20 = x2.fma(c0, g20);
      g21 = x2.fma(c1, g21);
      g30 = x3.fma(c0, g30);
      g31 = x3.fma(c1, g31);
    }
    g00.intoArray(sums, sumAt);
    g01.intoArray(sums, sumAt + LANES);
    g10.intoArray(sums, sumAt + apart);
    g11.intoArray(sums, sumAt + apart + LANES);
    g20.intoArray(sums, sumAt + 2 * apart);
    g21.intoArray(sums, sumAt + 2 * apart + LANES);
    g30.intoArray(sums, sumAt + 3 * apart);
    g31.intoArray(sums, sumAt + 3 * apart + LANES);
  }
}
