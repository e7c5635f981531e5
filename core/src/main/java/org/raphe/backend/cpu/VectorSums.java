package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.raphe.backend.StripedSum;

/** Striped sums, several lanes of a sum in a vector. */
final class VectorSums {

  private VectorSums() {}

  /** {@link StripedSum#dot}. */
  static float dot(float[] a, int aAt, float[] b, int bAt, int count, float[] lanes) {
    int whole = count / StripedSum.LANES * StripedSum.LANES;
    for (int lane = 0; lane < StripedSum.LANES; lane += 2 * LANES) {
      FloatVector low = FloatVector.zero(FLOATS);
      FloatVector high = low;
      for (int i = lane; i < whole; i += StripedSum.LANES) {
        low = product(a, aAt + i, b, bAt + i, low);
        high = product(a, aAt + i + LANES, b, bAt + i + LANES, high);
      }
      low.intoArray(lanes, lane);
      high.intoArray(lanes, lane + LANES);
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] = Math.fma(a[aAt + i], b[bAt + i], lanes[i - whole]);
    }
    return StripedSum.fold(lanes);
  }

  private static FloatVector product(float[] a, int aAt, float[] b, int bAt, FloatVector sum) {
    return FloatVector.fromArray(FLOATS, a, aAt).fma(FloatVector.fromArray(FLOATS, b, bAt), sum);
  }

  /** {@link TileKernels#countNotZero}. NaN is not 0. */
  static int countNotZero(float[] values, int at, int count) {
    int found = 0;
    int k = 0;
    for (; k + LANES <= count; k += LANES) {
      FloatVector given = FloatVector.fromArray(FLOATS, values, at + k);
      found += given.compare(VectorOperators.NE, 0f).trueCount();
    }
    for (; k < count; k++) {
      found += values[at + k] != 0f ? 1 : 0;
    }
    return found;
  }
}
