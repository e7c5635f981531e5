package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;
import static org.raphe.backend.cpu.VectorShape.MANY_REGISTERS;

import jdk.incubator.vector.FloatVector;

/** Gradients of convolutions: chains that are continued, in registers meanwhile. */
final class VectorProducts {
  /** Sites whose credits are passed again and again for all inputs: they fit the nearest cache. */
  private static final int BLOCK = 112;

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

  /** {@link TileKernels#addSites}: block by block of sites, whose credits stay near. */
  static void addSites(
      InputPlanes planes,
      LearningSites sites,
      int first,
      int end,
      Credit credit,
      int tile,
      float[] sums,
      int sumsAt,
      int apart) {
    int offset = tile * credit.tileStride();
    int blocks = (sites.count + BLOCK - 1) / BLOCK;
    for (int block = 0; block < blocks; block++) {
      int from = (int) ((long) sites.count * block / blocks);
      int to = (int) ((long) sites.count * (block + 1) / blocks);
      for (int f = first; f < end; ) {
        int inputs = together(credit.width, end - f);
        int at = sumsAt + (f - first) * apart;
        int begin = Math.max(from, sites.first(planes, f, inputs));
        int stop = Math.min(to, sites.end(planes, f, inputs));
        addInputs(planes, sites, begin, stop, f, inputs, credit, offset, sums, at, apart);
        f += inputs;
      }
    }
  }

  /** How many inputs of those left learn together: as many as registers hold. */
  private static int together(int width, int left) {
    int most = MANY_REGISTERS && width == 4 * LANES ? 5 : 4;
    return left >= most ? most : left >= 4 ? 4 : 1;
  }

  private static void addInputs(
      InputPlanes planes,
      LearningSites sites,
      int from,
      int to,
      int f,
      int inputs,
      Credit credit,
      int offset,
      float[] sums,
      int at,
      int apart) {
    float[] values = credit.values;
    if (inputs == 5) {
      five(planes, sites, from, to, f, values, offset, sums, at, apart);
      return;
    }
    int lane = 0;
    for (; inputs == 4 && lane + 2 * LANES <= credit.width; lane += 2 * LANES) {
      four(planes, sites, from, to, f, values, offset + lane, sums, at + lane, apart);
    }
    for (; lane < credit.width; lane += LANES) {
      for (int input = 0; input < inputs; input++) {
        int sum = at + input * apart + lane;
        one(planes, sites, from, to, f + input, values, offset + lane, sums, sum);
      }
    }
  }

  /** Five inputs by four vectors of units: 20 sums. Long, since each is a local of its own. */
  private static void five(
      InputPlanes planes,
      LearningSites sites,
      int from,
      int to,
      int f,
      float[] values,
      int offset,
      float[] sums,
      int at,
      int apart) {
    float[] x = planes.values;
    int[] inputAt = sites.inputAt;
    int[] place = sites.place;
    int t0 = planes.taps[f];
    int t1 = planes.taps[f + 1];
    int t2 = planes.taps[f + 2];
    int t3 = planes.taps[f + 3];
    int t4 = planes.taps[f + 4];
    FloatVector g00 = FloatVector.fromArray(FLOATS, sums, at);
    FloatVector g01 = FloatVector.fromArray(FLOATS, sums, at + LANES);
    FloatVector g02 = FloatVector.fromArray(FLOATS, sums, at + 2 * LANES);
    FloatVector g03 = FloatVector.fromArray(FLOATS, sums, at + 3 * LANES);
    FloatVector g10 = FloatVector.fromArray(FLOATS, sums, at + apart);
    FloatVector g11 = FloatVector.fromArray(FLOATS, sums, at + apart + LANES);
    FloatVector g12 = FloatVector.fromArray(FLOATS, sums, at + apart + 2 * LANES);
    FloatVector g13 = FloatVector.fromArray(FLOATS, sums, at + apart + 3 * LANES);
    FloatVector g20 = FloatVector.fromArray(FLOATS, sums, at + 2 * apart);
    FloatVector g21 = FloatVector.fromArray(FLOATS, sums, at + 2 * apart + LANES);
    FloatVector g22 = FloatVector.fromArray(FLOATS, sums, at + 2 * apart + 2 * LANES);
    FloatVector g23 = FloatVector.fromArray(FLOATS, sums, at + 2 * apart + 3 * LANES);
    FloatVector g30 = FloatVector.fromArray(FLOATS, sums, at + 3 * apart);
    FloatVector g31 = FloatVector.fromArray(FLOATS, sums, at + 3 * apart + LANES);
    FloatVector g32 = FloatVector.fromArray(FLOATS, sums, at + 3 * apart + 2 * LANES);
    FloatVector g33 = FloatVector.fromArray(FLOATS, sums, at + 3 * apart + 3 * LANES);
    FloatVector g40 = FloatVector.fromArray(FLOATS, sums, at + 4 * apart);
    FloatVector g41 = FloatVector.fromArray(FLOATS, sums, at + 4 * apart + LANES);
    FloatVector g42 = FloatVector.fromArray(FLOATS, sums, at + 4 * apart + 2 * LANES);
    FloatVector g43 = FloatVector.fromArray(FLOATS, sums, at + 4 * apart + 3 * LANES);
    for (int k = from; k < to; k++) {
      int c = offset + place[k];
      int first = inputAt[k];
      FloatVector c0 = FloatVector.fromArray(FLOATS, values, c);
      FloatVector c1 = FloatVector.fromArray(FLOATS, values, c + LANES);
      FloatVector c2 = FloatVector.fromArray(FLOATS, values, c + 2 * LANES);
      FloatVector c3 = FloatVector.fromArray(FLOATS, values, c + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[first + t0]);
      g00 = x0.fma(c0, g00);
      g01 = x0.fma(c1, g01);
      g02 = x0.fma(c2, g02);
      g03 = x0.fma(c3, g03);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[first + t1]);
      g10 = x1.fma(c0, g10);
      g11 = x1.fma(c1, g11);
      g12 = x1.fma(c2, g12);
      g13 = x1.fma(c3, g13);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[first + t2]);
      g20 = x2.fma(c0, g20);
      g21 = x2.fma(c1, g21);
      g22 = x2.fma(c2, g22);
      g23 = x2.fma(c3, g23);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[first + t3]);
      g30 = x3.fma(c0, g30);
      g31 = x3.fma(c1, g31);
      g32 = x3.fma(c2, g32);
      g33 = x3.fma(c3, g33);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[first + t4]);
      g40 = x4.fma(c0, g40);
      g41 = x4.fma(c1, g41);
      g42 = x4.fma(c2, g42);
      g43 = x4.fma(c3, g43);
    }
    g00.intoArray(sums, at);
    g01.intoArray(sums, at + LANES);
    g02.intoArray(sums, at + 2 * LANES);
    g03.intoArray(sums, at + 3 * LANES);
    g10.intoArray(sums, at + apart);
    g11.intoArray(sums, at + apart + LANES);
    g12.intoArray(sums, at + apart + 2 * LANES);
    g13.intoArray(sums, at + apart + 3 * LANES);
    g20.intoArray(sums, at + 2 * apart);
    g21.intoArray(sums, at + 2 * apart + LANES);
    g22.intoArray(sums, at + 2 * apart + 2 * LANES);
    g23.intoArray(sums, at + 2 * apart + 3 * LANES);
    g30.intoArray(sums, at + 3 * apart);
    g31.intoArray(sums, at + 3 * apart + LANES);
    g32.intoArray(sums, at + 3 * apart + 2 * LANES);
    g33.intoArray(sums, at + 3 * apart + 3 * LANES);
    g40.intoArray(sums, at + 4 * apart);
    g41.intoArray(sums, at + 4 * apart + LANES);
    g42.intoArray(sums, at + 4 * apart + 2 * LANES);
    g43.intoArray(sums, at + 4 * apart + 3 * LANES);
  }

  /** Four inputs by two vectors of units. Long for the same reason. */
  private static void four(
      InputPlanes planes,
      LearningSites sites,
      int from,
      int to,
      int f,
      float[] values,
      int offset,
      float[] sums,
      int at,
      int apart) {
    float[] x = planes.values;
    int[] inputAt = sites.inputAt;
    int[] place = sites.place;
    int t0 = planes.taps[f];
    int t1 = planes.taps[f + 1];
    int t2 = planes.taps[f + 2];
    int t3 = planes.taps[f + 3];
    FloatVector g00 = FloatVector.fromArray(FLOATS, sums, at);
    FloatVector g01 = FloatVector.fromArray(FLOATS, sums, at + LANES);
    FloatVector g10 = FloatVector.fromArray(FLOATS, sums, at + apart);
    FloatVector g11 = FloatVector.fromArray(FLOATS, sums, at + apart + LANES);
    FloatVector g20 = FloatVector.fromArray(FLOATS, sums, at + 2 * apart);
    FloatVector g21 = FloatVector.fromArray(FLOATS, sums, at + 2 * apart + LANES);
    FloatVector g30 = FloatVector.fromArray(FLOATS, sums, at + 3 * apart);
    FloatVector g31 = FloatVector.fromArray(FLOATS, sums, at + 3 * apart + LANES);
    for (int k = from; k < to; k++) {
      int c = offset + place[k];
      int first = inputAt[k];
      FloatVector c0 = FloatVector.fromArray(FLOATS, values, c);
      FloatVector c1 = FloatVector.fromArray(FLOATS, values, c + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[first + t0]);
      g00 = x0.fma(c0, g00);
      g01 = x0.fma(c1, g01);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[first + t1]);
      g10 = x1.fma(c0, g10);
      g11 = x1.fma(c1, g11);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[first + t2]);
      g20 = x2.fma(c0, g20);
      g21 = x2.fma(c1, g21);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[first + t3]);
      g30 = x3.fma(c0, g30);
      g31 = x3.fma(c1, g31);
    }
    g00.intoArray(sums, at);
    g01.intoArray(sums, at + LANES);
    g10.intoArray(sums, at + apart);
    g11.intoArray(sums, at + apart + LANES);
    g20.intoArray(sums, at + 2 * apart);
    g21.intoArray(sums, at + 2 * apart + LANES);
    g30.intoArray(sums, at + 3 * apart);
    g31.intoArray(sums, at + 3 * apart + LANES);
  }

  /** One input by one vector of units. */
  private static void one(
      InputPlanes planes,
      LearningSites sites,
      int from,
      int to,
      int f,
      float[] values,
      int offset,
      float[] sums,
      int at) {
    FloatVector g = FloatVector.fromArray(FLOATS, sums, at);
    for (int k = from; k < to; k++) {
      FloatVector x =
          FloatVector.broadcast(FLOATS, planes.values[sites.inputAt[k] + planes.taps[f]]);
      g = x.fma(FloatVector.fromArray(FLOATS, values, offset + sites.place[k]), g);
    }
    g.intoArray(sums, at);
  }
}
