package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.FLOATS;
import static org.raphe.backend.cpu.VectorShape.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.raphe.learning.OptimizerStep;

/** Gradients in registers, and the optimizer step that follows at once. */
final class VectorLearning {
  private VectorLearning() {}

  static void learnSpikes(
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
      int listed = count;
      count = listSpikes(rows, input, x, gain, credit, firstTile, listed);
      if (rows.trains.isCounted()) {
        weighByCounts(rows, input, gain, credit, firstTile, listed, count);
      }
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

  /** Makes the factors of an input's terms those of pooled spikes. */
  private static void weighByCounts(
      InputRows rows, int input, float[] gain, Credit credit, int firstTile, int from, int to) {
    int sampleSize = credit.steps * credit.width;
    int first = credit.at(firstTile, 0);
    for (int k = from; k < to; k++) {
      int sample = (rows.place[k] - first) / sampleSize;
      int t = (rows.place[k] - first) % sampleSize / credit.width;
      float x = rows.trains.value(sample, input, t);
      rows.factor[k] = gain == null ? x : x * gain[sample];
    }
  }

  static void learnValues(
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
}
