package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.raphe.backend.ElementaryFunctions;

/** tanh and the rectifier with their slopes, lane by lane the operations of the plain loops. */
final class VectorElementary {
  private static final float[] TERMS = ElementaryFunctions.terms();

  private VectorElementary() {}

  /** Hidden tanh units; see {@link TileKernels#rateUnits}. */
  static void tanhUnits(
      float[] z, int zAt, int width, float[] signal, int signalAt, float[] c, int cAt) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int lane = 0; lane < width; lane += LANES) {
      FloatVector h = tanh(FloatVector.fromArray(FLOATS, z, zAt + lane));
      h.intoArray(z, zAt + lane);
      if (signal != null) {
        FloatVector.fromArray(FLOATS, signal, signalAt + lane)
            .mul(one.sub(h.mul(h)))
            .intoArray(c, cAt + lane);
      }
    }
  }

  /** Hidden ReLU units; see {@link TileKernels#rateUnits}. A compare with NaN is false. */
  static void rectifiedUnits(
      float[] z, int zAt, int width, float[] signal, int signalAt, float[] c, int cAt) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int lane = 0; lane < width; lane += LANES) {
      FloatVector current = FloatVector.fromArray(FLOATS, z, zAt + lane);
      VectorMask<Float> open = current.compare(VectorOperators.GT, 0f);
      zero.blend(current, open).intoArray(z, zAt + lane);
      if (signal != null) {
        FloatVector credit = FloatVector.fromArray(FLOATS, signal, signalAt + lane);
        zero.blend(credit, open).intoArray(c, cAt + lane);
      }
    }
  }

  /** {@link ElementaryFunctions#tanh}, lane by lane. */
  private static FloatVector tanh(FloatVector x) {
    FloatVector doubled = x.abs().min(ElementaryFunctions.TANH_HIGH).mul(2f);
    FloatVector e = expMinusOne(doubled);
    FloatVector t = e.div(e.add(2f));
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return t.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  /** {@link ElementaryFunctions#expMinusOne}, lane by lane. */
  private static FloatVector expMinusOne(FloatVector x) {
    FloatVector rounder = FloatVector.broadcast(FLOATS, ElementaryFunctions.ROUNDER);
    FloatVector rounded = x.fma(FloatVector.broadcast(FLOATS, ElementaryFunctions.LOG2_E), rounder);
    FloatVector scale =
        rounded
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, 23)
            .add(0x3F800000)
            .reinterpretAsFloats();
    FloatVector k = rounded.sub(rounder).neg();
    FloatVector r = k.fma(FloatVector.broadcast(FLOATS, ElementaryFunctions.LN2_HIGH), x);
    r = k.fma(FloatVector.broadcast(FLOATS, ElementaryFunctions.LN2_LOW), r);
    FloatVector q = FloatVector.broadcast(FLOATS, TERMS[0]);
    for (int degree = 1; degree < TERMS.length; degree++) {
      q = q.fma(r, FloatVector.broadcast(FLOATS, TERMS[degree]));
    }
    FloatVector p = q.fma(r.mul(r), r);
    return p.fma(scale, scale.sub(1f));
  }
}
