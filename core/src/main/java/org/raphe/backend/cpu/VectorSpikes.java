package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.INTS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.raphe.random.Philox;

/** Drawing, counting and expanding spikes, a lane a step. */
final class VectorSpikes {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LONG_LANES = LONGS.length();
  private static final long LOW_32 = 0xFFFFFFFFL;

  /** Lanes 0, 1, 2, ... */
  private static final IntVector INT_INDEX = IntVector.zero(INTS).addIndex(1);

  private static final LongVector LONG_INDEX = LongVector.zero(LONGS).addIndex(1);

  private VectorSpikes() {}

  static void drawSpikes(
      long seed, int stream, int id, int[] thresholds, int inputs, SpikeTrains trains, int sample) {
    for (int word = 0; word < trains.words; word++) {
      int at = trains.at(sample, word);
      Arrays.fill(trains.trains, at, at + trains.stride, 0);
      int steps = Math.min(32, trains.steps - 32 * word);
      for (int quad = 0; quad * 4 < inputs; quad++) {
        int end = Math.min(inputs, quad * 4 + 4);
        if (!PlainKernels.allZero(thresholds, quad * 4, end)) {
          drawQuad(seed, stream, id, quad, 32 * word, steps, thresholds, end, trains.trains, at);
        }
      }
    }
  }

  /**
   * Trains of up to four inputs over up to 32 steps: a lane a step. Long, since the four counters
   * of Philox and the four trains stay in registers only as locals of one method.
   */
  private static void drawQuad(
      long seed,
      int stream,
      int id,
      int quad,
      int firstStep,
      int steps,
      int[] thresholds,
      int end,
      int[] trains,
      int at) {
    int input = quad * 4;
    LongVector bits0 = LongVector.zero(LONGS);
    LongVector bits1 = bits0;
    LongVector bits2 = bits0;
    LongVector bits3 = bits0;
    for (int step = 0; step < steps; step += LONG_LANES) {
      LongVector c0 = LongVector.broadcast(LONGS, stream & LOW_32);
      LongVector c1 = LongVector.broadcast(LONGS, id & LOW_32);
      LongVector c2 = LONG_INDEX.add(firstStep + step);
      LongVector c3 = LongVector.broadcast(LONGS, quad);
      int k0 = (int) seed;
      int k1 = (int) (seed >>> 32);
      for (int round = 0; round < Philox.ROUNDS; round++) {
        LongVector product0 = c0.mul(Philox.MULTIPLIER_0 & LOW_32);
        LongVector product1 = c2.mul(Philox.MULTIPLIER_1 & LOW_32);
        c0 = product1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c1);
        c2 = product0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c3);
        c0 = c0.lanewise(VectorOperators.XOR, k0 & LOW_32);
        c2 = c2.lanewise(VectorOperators.XOR, k1 & LOW_32);
        c1 = product1.and(LOW_32);
        c3 = product0.and(LOW_32);
        k0 += Philox.WEYL_0;
        k1 += Philox.WEYL_1;
      }
      LongVector shift = LONG_INDEX.add(step);
      bits0 = bits0.or(spikes(c0, thresholds[input], shift));
      bits1 = bits1.or(spikes(c1, threshold(thresholds, input + 1, end), shift));
      bits2 = bits2.or(spikes(c2, threshold(thresholds, input + 2, end), shift));
      bits3 = bits3.or(spikes(c3, threshold(thresholds, input + 3, end), shift));
    }
    int window = steps == 32 ? -1 : (1 << steps) - 1;
    store(bits0, window, trains, at + input, at + end);
    store(bits1, window, trains, at + input + 1, at + end);
    store(bits2, window, trains, at + input + 2, at + end);
    store(bits3, window, trains, at + input + 3, at + end);
  }

  private static int threshold(int[] thresholds, int input, int end) {
    return input < end ? thresholds[input] : 0;
  }

  /**
   * Bit {@code shift} of each lane is set iff the word's top 24 bits are below the threshold: the
   * sign of the difference.
   */
  private static LongVector spikes(LongVector word, int threshold, LongVector shift) {
    return word.lanewise(VectorOperators.LSHR, 8)
        .sub(threshold)
        .lanewise(VectorOperators.LSHR, 63)
        .lanewise(VectorOperators.LSHL, shift);
  }

  private static void store(LongVector bits, int window, int[] trains, int at, int end) {
    if (at < end) {
      trains[at] = (int) bits.reduceLanes(VectorOperators.OR) & window;
    }
  }

  static void countSpikes(SpikeTrains trains, int sample) {
    int[] counts = new int[trains.words * 32];
    int count = trains.activeCount[sample];
    int listed = sample * trains.stride;
    for (int word = 0; word < trains.words; word++) {
      int at = trains.at(sample, word);
      for (int first = 0; first < 32; first += LANES) {
        IntVector shift = INT_INDEX.add(first);
        IntVector sum = IntVector.zero(INTS);
        for (int k = 0; k < count; k++) {
          int bits = trains.trains[at + trains.active[listed + k]];
          sum =
              sum.add(IntVector.broadcast(INTS, bits).lanewise(VectorOperators.LSHR, shift).and(1));
        }
        sum.intoArray(counts, word * 32 + first);
      }
    }
    System.arraycopy(counts, 0, trains.spikes, sample * trains.steps, trains.steps);
  }

  static void expand(SpikeTrains trains, int sample, float[] gate, float[] x) {
    int columns = TileKernels.padded(trains.steps);
    int count = trains.activeCount[sample];
    int listed = sample * trains.stride;
    for (int k = 0; k < count; k++) {
      int unit = trains.active[listed + k];
      int value = Float.floatToRawIntBits(gate == null ? 1f : gate[unit]);
      for (int step = 0; step < columns; step += LANES) {
        // A store may reach into the next unit's row, which is written after this one.
        int word = step / 32;
        int bits = word < trains.words ? trains.trains[trains.at(sample, word) + unit] : 0;
        IntVector spiked =
            IntVector.broadcast(INTS, bits)
                .lanewise(VectorOperators.LSHR, INT_INDEX.add(step & 31))
                .and(1);
        spiked.neg().and(value).reinterpretAsFloats().intoArray(x, k * columns + step);
      }
    }
  }
}
