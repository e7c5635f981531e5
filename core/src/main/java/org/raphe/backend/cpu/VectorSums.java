package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.INTS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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

  /**
   * {@link TileKernels#countNotZero}. Without its sign a float that is not 0, NaN among them, is an
   * integer above 0: with the largest one added it has the highest bit.
   */
  static int countNotZero(float[] values, int at, int count) {
    IntVector found = IntVector.zero(INTS);
    int k = 0;
    for (; k + LANES <= count; k += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, values, at + k).reinterpretAsInts();
      IntVector carried = bits.and(Integer.MAX_VALUE).add(Integer.MAX_VALUE);
      found = found.add(carried.lanewise(VectorOperators.LSHR, 31));
    }
    int total = k == 0 ? 0 : found.reduceLanes(VectorOperators.ADD);
    for (; k < count; k++) {
      total += values[at + k] != 0f ? 1 : 0;
    }
    return total;
  }
}
