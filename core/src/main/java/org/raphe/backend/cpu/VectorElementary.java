package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.raphe.backend.ElementaryFunctions;

/** tanh and its slope, lane by lane the operations of ElementaryFunctions. */
final class VectorElementary {
  private static final float[] TERMS = ElementaryFunctions.terms();

  private VectorElementary() {}

  /** Hidden rate units without a gate; see {@link TileKernels#rateUnits}. */
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
