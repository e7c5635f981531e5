package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.INTS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.raphe.network.LifDynamics;

/** Membranes and credit chains of units without gate and with identity currents. */
final class VectorMembranes {
  private VectorMembranes() {}

  static void membrane(
      LifDynamics lif, float[] trace, TiledLayer layer, int tile, SpikeTrains out, int sample) {
    for (int lane = 0; lane < layer.width; ) {
      boolean pair = lane + 2 * LANES <= layer.width;
      if (pair) {
        membranePair(lif, trace, layer, tile, lane, out, sample);
      } else {
        membraneOne(lif, trace, layer, tile, lane, out, sample);
      }
      lane += pair ? 2 * LANES : LANES;
    }
  }

  /**
   * Two vectors of membranes side by side: each step waits for the one before it, so one vector
   * alone would leave the machine idle.
   */
  private static void membranePair(
      LifDynamics lif,
      float[] trace,
      TiledLayer layer,
      int tile,
      int lane,
      SpikeTrains out,
      int sample) {
    FloatVector threshold = FloatVector.broadcast(FLOATS, lif.threshold());
    FloatVector kept0 = FloatVector.zero(FLOATS);
    FloatVector kept1 = FloatVector.zero(FLOATS);
    for (int word = 0; word < out.words; word++) {
      int end = Math.min(32, out.steps - word * 32);
      IntVector bits0 = IntVector.zero(INTS);
      IntVector bits1 = IntVector.zero(INTS);
      for (int t = 0; t < end; t++) {
        int at = (word * 32 + t) * layer.width + lane;
        FloatVector u0 = kept0.add(FloatVector.fromArray(FLOATS, trace, at));
        FloatVector u1 = kept1.add(FloatVector.fromArray(FLOATS, trace, at + LANES));
        u0.intoArray(trace, at);
        u1.intoArray(trace, at + LANES);
        IntVector spiked0 = above(u0, threshold);
        IntVector spiked1 = above(u1, threshold);
        bits0 = bits0.or(spiked0.and(1 << t));
        bits1 = bits1.or(spiked1.and(1 << t));
        kept0 = unless(spiked0, u0.mul(lif.decay()));
        kept1 = unless(spiked1, u1.mul(lif.decay()));
      }
      int to = out.at(sample, word) + tile * layer.width + lane;
      bits0.intoArray(out.trains, to);
      bits1.intoArray(out.trains, to + LANES);
    }
  }

  private static void membraneOne(
      LifDynamics lif,
      float[] trace,
      TiledLayer layer,
      int tile,
      int lane,
      SpikeTrains out,
      int sample) {
    FloatVector threshold = FloatVector.broadcast(FLOATS, lif.threshold());
    FloatVector kept = FloatVector.zero(FLOATS);
    for (int word = 0; word < out.words; word++) {
      int end = Math.min(32, out.steps - word * 32);
      IntVector bits = IntVector.zero(INTS);
      for (int t = 0; t < end; t++) {
        int at = (word * 32 + t) * layer.width + lane;
        FloatVector u = kept.add(FloatVector.fromArray(FLOATS, trace, at));
        u.intoArray(trace, at);
        IntVector spiked = above(u, threshold);
        bits = bits.or(spiked.and(1 << t));
        kept = unless(spiked, u.mul(lif.decay()));
      }
      bits.intoArray(out.trains, out.at(sample, word) + tile * layer.width + lane);
    }
  }

  /**
   * All ones where u is above the threshold, else zeros: the sign of the difference, which for
   * finite numbers is exact. Masks of the Vector API are not used here, since JDK 17 turns one into
   * another kind through an array.
   */
  private static IntVector above(FloatVector u, FloatVector threshold) {
    return threshold.sub(u).reinterpretAsInts().lanewise(VectorOperators.ASHR, 31);
  }

  /** {@code value} where {@code ones} is zeros, else +0. */
  private static FloatVector unless(IntVector ones, FloatVector value) {
    return value.reinterpretAsInts().and(ones.not()).reinterpretAsFloats();
  }

  /** The credit chain of one tile and sample, last step first; see {@link TileKernels#credit}. */
  static long credit(
      LifDynamics lif,
      float[] trace,
      int tile,
      float[] signal,
      int signalAt,
      boolean everyStep,
      Credit credit,
      int sample,
      int[] inputSpikes,
      int inputSpikesAt) {
    int aliveAt = credit.aliveAt(tile, sample);
    Arrays.fill(credit.alive, aliveAt, aliveAt + credit.words, 0);
    long updates = 0;
    for (int t = credit.steps - 1; t >= 0; t--) {
      boolean last = t == credit.steps - 1;
      int notZero =
          creditStep(
              lif, trace, t, last, signal, signalAt, everyStep, credit, credit.at(tile, sample));
      if (notZero > 0) {
        credit.alive[aliveAt + t / 32] |= 1 << (t & 31);
        updates += (long) notZero * inputSpikes[inputSpikesAt + t];
      } else if (!everyStep) {
        // Without a new signal a chain that is 0 stays 0.
        return updates;
      }
    }
    return updates;
  }

  /**
   * D_t of one tile from D_{t+1}, which stands in the row above; returns how many are not 0. Long,
   * since a vector that crosses a call which is not inlined is an object on the heap.
   */
  private static int creditStep(
      LifDynamics lif,
      float[] trace,
      int t,
      boolean last,
      float[] signal,
      int signalAt,
      boolean hasSignalEveryStep,
      Credit credit,
      int creditAt) {
    int width = credit.width;
    FloatVector zero = FloatVector.zero(FLOATS);
    int notZero = 0;
    for (int lane = 0; lane < width; lane += LANES) {
      FloatVector u = FloatVector.fromArray(FLOATS, trace, t * width + lane);
      FloatVector pseudo = zero.blend(1f, u.compare(VectorOperators.GT, lif.lowerThreshold()));
      if (t > 0) {
        FloatVector before = FloatVector.fromArray(FLOATS, trace, (t - 1) * width + lane);
        pseudo = pseudo.sub(zero.blend(1f, before.compare(VectorOperators.GT, lif.threshold())));
      }
      FloatVector d =
          hasSignalEveryStep || last
              ? FloatVector.fromArray(FLOATS, signal, signalAt + lane)
              : zero;
      if (!last) {
        FloatVector next =
            FloatVector.fromArray(FLOATS, credit.values, creditAt + (t + 1) * width + lane);
        d = d.add(next.mul(u.mul(-lif.decay())));
      }
      d = d.mul(pseudo);
      if (!hasSignalEveryStep) {
        FloatVector floor =
            FloatVector.fromArray(FLOATS, signal, signalAt + lane)
                .abs()
                .mul(TileKernels.CREDIT_FLOOR);
        d = d.blend(0f, d.abs().compare(VectorOperators.LT, floor));
      }
      d.intoArray(credit.values, creditAt + t * width + lane);
      notZero += d.compare(VectorOperators.NE, 0f).trueCount();
    }
    return notZero;
  }
}
