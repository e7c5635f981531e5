package org.raphe.backend.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.LifDynamics;
import org.raphe.random.Philox;

/**
 * The inner loops on the Vector API: the same operations in the same order as {@link PlainKernels},
 * many units at a time. Gated and logistic units (class-continual mode) run the plain loops.
 */
final class VectorKernels extends PlainKernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int LONG_LANES = LONGS.length();

  /** AVX-512 has 32 vector registers, where narrower x86 vectors have 16. */
  private static final boolean MANY_REGISTERS = LANES == 16;

  private static final long LOW_32 = 0xFFFFFFFFL;

  /** Lanes 0, 1, 2, ... */
  private static final IntVector INT_INDEX = IntVector.zero(INTS).addIndex(1);

  private static final LongVector LONG_INDEX = LongVector.zero(LONGS).addIndex(1);

  private static final float[] TERMS = ElementaryFunctions.terms();

  /** Called by name, only where the Vector API's module is present. */
  VectorKernels() {
    if (LANES < 4 || LANES > 16) {
      throw new UnsupportedOperationException(
          "loops are written for 4 to 16 floats a vector, and this machine prefers " + LANES);
    }
  }

  @Override
  String description() {
    return "Vector API, " + LANES + " floats a vector";
  }

  @Override
  void drawSpikes(
      long seed, int stream, int id, int[] thresholds, int inputs, SpikeTrains trains, int sample) {
    for (int word = 0; word < trains.words; word++) {
      int at = trains.at(sample, word);
      Arrays.fill(trains.trains, at, at + trains.stride, 0);
      int steps = Math.min(32, trains.steps - 32 * word);
      for (int quad = 0; quad * 4 < inputs; quad++) {
        int end = Math.min(inputs, quad * 4 + 4);
        if (!allZero(thresholds, quad * 4, end)) {
          drawQuad(seed, stream, id, quad, 32 * word, steps, thresholds, end, trains.trains, at);
        }
      }
    }
  }

  /** Trains of up to four inputs over up to 32 steps: a lane a step. */
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

  @Override
  void countSpikes(SpikeTrains trains, int sample) {
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

  @Override
  void expand(SpikeTrains trains, int sample, float[] gate, float[] x) {
    int columns = padded(trains.steps);
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

  @Override
  void integrate(
      float[] x,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      float[] z) {
    int width = layer.width;
    for (int lane = 0; lane < width; ) {
      boolean pair = lane + 2 * LANES <= width;
      for (int column = 0; column < columns; ) {
        if (pair && MANY_REGISTERS && column + 2 * COLUMNS <= columns) {
          integrateTen(x, column, ids, idsAt, count, columns, layer, tile, lane, z);
          column += 2 * COLUMNS;
          continue;
        }
        if (pair) {
          integratePair(x, column, ids, idsAt, count, columns, layer, tile, lane, z);
        } else {
          integrateOne(x, column, ids, idsAt, count, columns, layer, tile, lane, z);
        }
        column += COLUMNS;
      }
      lane += pair ? 2 * LANES : LANES;
    }
  }

  /** Ten columns of two vectors: twenty sums, for machines with 32 vector registers. */
  private static void integrateTen(
      float[] x,
      int column,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z) {
    float[] weights = layer.weights;
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    FloatVector bias0 = FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane).add(0f);
    FloatVector bias1 =
        FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane + LANES).add(0f);
    FloatVector a0 = bias0;
    FloatVector a1 = bias0;
    FloatVector a2 = bias0;
    FloatVector a3 = bias0;
    FloatVector a4 = bias0;
    FloatVector a5 = bias0;
    FloatVector a6 = bias0;
    FloatVector a7 = bias0;
    FloatVector a8 = bias0;
    FloatVector a9 = bias0;
    FloatVector b0 = bias1;
    FloatVector b1 = bias1;
    FloatVector b2 = bias1;
    FloatVector b3 = bias1;
    FloatVector b4 = bias1;
    FloatVector b5 = bias1;
    FloatVector b6 = bias1;
    FloatVector b7 = bias1;
    FloatVector b8 = bias1;
    FloatVector b9 = bias1;
    for (int k = 0; k < count; k++) {
      int row = base + ids[idsAt + k] * width;
      int at = k * columns + column;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, row);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, row + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      a0 = x0.fma(w0, a0);
      b0 = x0.fma(w1, b0);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + 1]);
      a1 = x1.fma(w0, a1);
      b1 = x1.fma(w1, b1);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2]);
      a2 = x2.fma(w0, a2);
      b2 = x2.fma(w1, b2);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3]);
      a3 = x3.fma(w0, a3);
      b3 = x3.fma(w1, b3);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[at + 4]);
      a4 = x4.fma(w0, a4);
      b4 = x4.fma(w1, b4);
      FloatVector x5 = FloatVector.broadcast(FLOATS, x[at + 5]);
      a5 = x5.fma(w0, a5);
      b5 = x5.fma(w1, b5);
      FloatVector x6 = FloatVector.broadcast(FLOATS, x[at + 6]);
      a6 = x6.fma(w0, a6);
      b6 = x6.fma(w1, b6);
      FloatVector x7 = FloatVector.broadcast(FLOATS, x[at + 7]);
      a7 = x7.fma(w0, a7);
      b7 = x7.fma(w1, b7);
      FloatVector x8 = FloatVector.broadcast(FLOATS, x[at + 8]);
      a8 = x8.fma(w0, a8);
      b8 = x8.fma(w1, b8);
      FloatVector x9 = FloatVector.broadcast(FLOATS, x[at + 9]);
      a9 = x9.fma(w0, a9);
      b9 = x9.fma(w1, b9);
    }
    int to = column * width + lane;
    a0.intoArray(z, to);
    b0.intoArray(z, to + LANES);
    a1.intoArray(z, to + 1 * width);
    b1.intoArray(z, to + 1 * width + LANES);
    a2.intoArray(z, to + 2 * width);
    b2.intoArray(z, to + 2 * width + LANES);
    a3.intoArray(z, to + 3 * width);
    b3.intoArray(z, to + 3 * width + LANES);
    a4.intoArray(z, to + 4 * width);
    b4.intoArray(z, to + 4 * width + LANES);
    a5.intoArray(z, to + 5 * width);
    b5.intoArray(z, to + 5 * width + LANES);
    a6.intoArray(z, to + 6 * width);
    b6.intoArray(z, to + 6 * width + LANES);
    a7.intoArray(z, to + 7 * width);
    b7.intoArray(z, to + 7 * width + LANES);
    a8.intoArray(z, to + 8 * width);
    b8.intoArray(z, to + 8 * width + LANES);
    a9.intoArray(z, to + 9 * width);
    b9.intoArray(z, to + 9 * width + LANES);
  }

  /**
   * Five columns of two vectors: ten sums in registers, each weight loaded once for all of them.
   */
  private static void integratePair(
      float[] x,
      int column,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z) {
    float[] weights = layer.weights;
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    FloatVector bias0 = FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane).add(0f);
    FloatVector bias1 =
        FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane + LANES).add(0f);
    FloatVector a0 = bias0;
    FloatVector a1 = bias0;
    FloatVector a2 = bias0;
    FloatVector a3 = bias0;
    FloatVector a4 = bias0;
    FloatVector b0 = bias1;
    FloatVector b1 = bias1;
    FloatVector b2 = bias1;
    FloatVector b3 = bias1;
    FloatVector b4 = bias1;
    for (int k = 0; k < count; k++) {
      int row = base + ids[idsAt + k] * width;
      int at = k * columns + column;
      FloatVector w0 = FloatVector.fromArray(FLOATS, weights, row);
      FloatVector w1 = FloatVector.fromArray(FLOATS, weights, row + LANES);
      FloatVector x0 = FloatVector.broadcast(FLOATS, x[at]);
      FloatVector x1 = FloatVector.broadcast(FLOATS, x[at + 1]);
      FloatVector x2 = FloatVector.broadcast(FLOATS, x[at + 2]);
      FloatVector x3 = FloatVector.broadcast(FLOATS, x[at + 3]);
      FloatVector x4 = FloatVector.broadcast(FLOATS, x[at + 4]);
      a0 = x0.fma(w0, a0);
      b0 = x0.fma(w1, b0);
      a1 = x1.fma(w0, a1);
      b1 = x1.fma(w1, b1);
      a2 = x2.fma(w0, a2);
      b2 = x2.fma(w1, b2);
      a3 = x3.fma(w0, a3);
      b3 = x3.fma(w1, b3);
      a4 = x4.fma(w0, a4);
      b4 = x4.fma(w1, b4);
    }
    int to = column * width + lane;
    a0.intoArray(z, to);
    b0.intoArray(z, to + LANES);
    a1.intoArray(z, to + width);
    b1.intoArray(z, to + width + LANES);
    a2.intoArray(z, to + 2 * width);
    b2.intoArray(z, to + 2 * width + LANES);
    a3.intoArray(z, to + 3 * width);
    b3.intoArray(z, to + 3 * width + LANES);
    a4.intoArray(z, to + 4 * width);
    b4.intoArray(z, to + 4 * width + LANES);
  }

  /** Five columns of one vector. */
  private static void integrateOne(
      float[] x,
      int column,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      int lane,
      float[] z) {
    int width = layer.width;
    int base = layer.row(tile, 0) + lane;
    FloatVector bias = FloatVector.fromArray(FLOATS, layer.biases, tile * width + lane).add(0f);
    FloatVector a0 = bias;
    FloatVector a1 = bias;
    FloatVector a2 = bias;
    FloatVector a3 = bias;
    FloatVector a4 = bias;
    for (int k = 0; k < count; k++) {
      FloatVector w = FloatVector.fromArray(FLOATS, layer.weights, base + ids[idsAt + k] * width);
      int at = k * columns + column;
      a0 = FloatVector.broadcast(FLOATS, x[at]).fma(w, a0);
      a1 = FloatVector.broadcast(FLOATS, x[at + 1]).fma(w, a1);
      a2 = FloatVector.broadcast(FLOATS, x[at + 2]).fma(w, a2);
      a3 = FloatVector.broadcast(FLOATS, x[at + 3]).fma(w, a3);
      a4 = FloatVector.broadcast(FLOATS, x[at + 4]).fma(w, a4);
    }
    int to = column * width + lane;
    a0.intoArray(z, to);
    a1.intoArray(z, to + width);
    a2.intoArray(z, to + 2 * width);
    a3.intoArray(z, to + 3 * width);
    a4.intoArray(z, to + 4 * width);
  }

  @Override
  void membrane(
      LifDynamics lif,
      float[] trace,
      float[] slope,
      TiledLayer layer,
      int tile,
      float[] gate,
      SpikeTrains out,
      int sample) {
    if (gate != null || lif.logisticCurrent()) {
      super.membrane(lif, trace, slope, layer, tile, gate, out, sample);
      return;
    }
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

  @Override
  long credit(
      LifDynamics lif,
      float[] trace,
      float[] slope,
      float[] gate,
      TiledLayer layer,
      int tile,
      float[] signal,
      int signalAt,
      boolean everyStep,
      Credit credit,
      int sample,
      int[] inputSpikes,
      int inputSpikesAt) {
    if (gate != null || lif.logisticCurrent() || lif.membraneCredit()) {
      return super.credit(
          lif,
          trace,
          slope,
          gate,
          layer,
          tile,
          signal,
          signalAt,
          everyStep,
          credit,
          sample,
          inputSpikes,
          inputSpikesAt);
    }
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

  /** D_t of one tile from D_{t+1}, which stands in the row above; returns how many are not 0. */
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
            FloatVector.fromArray(FLOATS, signal, signalAt + lane).abs().mul(CREDIT_FLOOR);
        d = d.blend(0f, d.abs().compare(VectorOperators.LT, floor));
      }
      d.intoArray(credit.values, creditAt + t * width + lane);
      notZero += d.compare(VectorOperators.NE, 0f).trueCount();
    }
    return notZero;
  }

  @Override
  void learnSpikes(
      InputRows rows,
      float[] gate,
      float[] gain,
      Credit credit,
      TiledLayer layer,
      int firstTile,
      int endTile,
      OptimizerStep step) {
    int count = 0;
    for (int input = rows.from; input < rows.to; input++) {
      float x = gate == null ? 1f : gate[input];
      count = listSpikes(rows, input, x, gain, credit, firstTile, count);
      rows.termStart[input - rows.from + 1] = count;
    }
    learnRows(rows, credit, layer, firstTile, endTile, step);
  }

  /**
   * Lists the terms of one input's gradient after the first {@code listed}: where in the first tile
   * the credits stand that its spikes meet, samples ascending, then steps, and their factors.
   */
  private static int listSpikes(
      InputRows rows, int input, float x, float[] gain, Credit credit, int firstTile, int listed) {
    int from = rows.start[input - rows.from];
    int to = rows.start[input - rows.from + 1];
    rows.roomForTerms(listed, 32 * (to - from));
    int[] place = rows.place;
    float[] factor = rows.factor;
    int count = listed;
    for (int k = from; k < to; k++) {
      int sample = rows.position[k] / credit.words;
      int word = rows.position[k] - sample * credit.words;
      int bits = rows.word[k] & credit.alive[credit.aliveAt(firstTile, sample) + word];
      int at = credit.at(firstTile, sample) + word * 32 * credit.width;
      float value = gain == null ? x : x * gain[sample];
      for (; bits != 0; bits &= bits - 1) {
        place[count] = at + Integer.numberOfTrailingZeros(bits) * credit.width;
        factor[count++] = value;
      }
    }
    return count;
  }

  @Override
  void learnValues(
      InputRows rows,
      float[] gain,
      Credit credit,
      TiledLayer layer,
      int firstTile,
      int endTile,
      OptimizerStep step) {
    int entries = rows.start[rows.to - rows.from];
    rows.roomForTerms(0, entries);
    System.arraycopy(rows.start, 0, rows.termStart, 0, rows.to - rows.from + 1);
    for (int k = 0; k < entries; k++) {
      int sample = rows.position[k];
      rows.place[k] = credit.at(firstTile, sample);
      rows.factor[k] = gain == null ? rows.value[k] : rows.value[k] * gain[sample];
    }
    learnRows(rows, credit, layer, firstTile, endTile, step);
  }

  /**
   * Gradients and optimizer step from the terms listed in {@code rows}: tile by tile, so that a
   * tile's credits stay near.
   */
  private static void learnRows(
      InputRows rows,
      Credit credit,
      TiledLayer layer,
      int firstTile,
      int endTile,
      OptimizerStep step) {
    for (int tile = firstTile; tile < endTile; tile++) {
      int at = (tile - firstTile) * credit.tileStride();
      for (int input = rows.from; input < rows.to; input++) {
        int k = input - rows.from;
        if (layer.learns(input, rows.start[k] < rows.start[k + 1], step)) {
          learnRow(rows, k, at, credit.values, layer, layer.row(tile, input), step);
        }
      }
    }
  }

  /** One input's weights in one tile. */
  private static void learnRow(
      InputRows rows,
      int k,
      int at,
      float[] credits,
      TiledLayer layer,
      int row,
      OptimizerStep step) {
    int from = rows.termStart[k];
    int to = rows.termStart[k + 1];
    for (int lane = 0; lane < layer.width; ) {
      if (lane + 4 * LANES <= layer.width) {
        learnFour(rows.place, rows.factor, from, to, credits, at + lane, layer, row + lane, step);
        lane += 4 * LANES;
      } else {
        learnOne(rows.place, rows.factor, from, to, credits, at + lane, layer, row + lane, step);
        lane += LANES;
      }
    }
  }

  private static void learnFour(
      int[] places,
      float[] factors,
      int from,
      int to,
      float[] credits,
      int lane,
      TiledLayer layer,
      int row,
      OptimizerStep step) {
    FloatVector g0 = FloatVector.zero(FLOATS);
    FloatVector g1 = FloatVector.zero(FLOATS);
    FloatVector g2 = FloatVector.zero(FLOATS);
    FloatVector g3 = FloatVector.zero(FLOATS);
    for (int k = from; k < to; k++) {
      FloatVector factor = FloatVector.broadcast(FLOATS, factors[k]);
      int c = places[k] + lane;
      g0 = factor.fma(FloatVector.fromArray(FLOATS, credits, c), g0);
      g1 = factor.fma(FloatVector.fromArray(FLOATS, credits, c + LANES), g1);
      g2 = factor.fma(FloatVector.fromArray(FLOATS, credits, c + 2 * LANES), g2);
      g3 = factor.fma(FloatVector.fromArray(FLOATS, credits, c + 3 * LANES), g3);
    }
    applyWeights(step, g0, layer, row);
    applyWeights(step, g1, layer, row + LANES);
    applyWeights(step, g2, layer, row + 2 * LANES);
    applyWeights(step, g3, layer, row + 3 * LANES);
  }

  private static void learnOne(
      int[] places,
      float[] factors,
      int from,
      int to,
      float[] credits,
      int lane,
      TiledLayer layer,
      int row,
      OptimizerStep step) {
    FloatVector g = FloatVector.zero(FLOATS);
    for (int k = from; k < to; k++) {
      FloatVector factor = FloatVector.broadcast(FLOATS, factors[k]);
      g = factor.fma(FloatVector.fromArray(FLOATS, credits, places[k] + lane), g);
    }
    applyWeights(step, g, layer, row);
  }

  private static void applyWeights(
      OptimizerStep step, FloatVector gradient, TiledLayer layer, int at) {
    FloatVector g = gradient.add(0f);
    float[] w = layer.weights;
    float[] m = layer.firstMoments;
    float[] v = layer.secondMoments;
    if (step.kind() == OptimizerStep.Kind.PROBE) {
      g.intoArray(m, at);
      return;
    }
    FloatVector weight = FloatVector.fromArray(FLOATS, w, at);
    if (step.kind() == OptimizerStep.Kind.SGD) {
      g.lanewise(VectorOperators.FMA, -step.stepSize(), weight).intoArray(w, at);
      return;
    }
    FloatVector first = FloatVector.fromArray(FLOATS, m, at);
    FloatVector second = FloatVector.fromArray(FLOATS, v, at);
    first = FloatVector.broadcast(FLOATS, step.complement1()).fma(g.sub(first), first);
    second =
        FloatVector.broadcast(FLOATS, step.complement2()).fma(g.mul(g), second.mul(step.beta2()));
    FloatVector denominator =
        second
            .sqrt()
            .fma(
                FloatVector.broadcast(FLOATS, step.inverseRoot()),
                FloatVector.broadcast(FLOATS, step.epsilon()));
    weight = first.div(denominator).fma(FloatVector.broadcast(FLOATS, -step.stepSize()), weight);
    first.intoArray(m, at);
    second.intoArray(v, at);
    weight.intoArray(w, at);
  }

  @Override
  void rateUnits(
      float[] z,
      int zAt,
      int width,
      float[] gate,
      int gateAt,
      float[] signal,
      int signalAt,
      float[] c,
      int cAt) {
    if (gate != null) {
      super.rateUnits(z, zAt, width, gate, gateAt, signal, signalAt, c, cAt);
      return;
    }
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
