package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.backend.StripedSum;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Activation;
import org.raphe.network.LifDynamics;
import org.raphe.random.Philox;

/**
 * The inner loops in plain Java: the specification that every tuned loop is compared with, and the
 * fallback where there is no Vector API.
 */
class PlainKernels extends TileKernels {

  @Override
  String description() {
    return "plain Java loops";
  }

  @Override
  void drawSpikes(
      long seed, int stream, int id, int[] thresholds, int inputs, SpikeTrains trains, int sample) {
    int[] words = new int[4];
    for (int word = 0; word < trains.words; word++) {
      Arrays.fill(
          trains.trains, trains.at(sample, word), trains.at(sample, word) + trains.stride, 0);
    }
    for (int quad = 0; quad * 4 < inputs; quad++) {
      int end = Math.min(inputs, quad * 4 + 4);
      if (allZero(thresholds, quad * 4, end)) {
        continue;
      }
      for (int t = 0; t < trains.steps; t++) {
        Philox.draw(seed, stream, id, t, quad, words);
        int at = trains.at(sample, t / 32);
        for (int input = quad * 4; input < end; input++) {
          int spike = (words[input & 3] >>> 8) < thresholds[input] ? 1 : 0;
          trains.trains[at + input] |= spike << (t & 31);
        }
      }
    }
  }

  static boolean allZero(int[] thresholds, int from, int to) {
    int any = 0;
    for (int k = from; k < to; k++) {
      any |= thresholds[k];
    }
    return any == 0;
  }

  @Override
  void countSpikes(SpikeTrains trains, int sample) {
    int at = sample * trains.steps;
    Arrays.fill(trains.spikes, at, at + trains.steps, 0);
    for (int k = 0; k < trains.activeCount[sample]; k++) {
      int unit = trains.active[sample * trains.stride + k];
      for (int word = 0; word < trains.words; word++) {
        int bits = trains.trains[trains.at(sample, word) + unit];
        for (; bits != 0; bits &= bits - 1) {
          trains.spikes[at + word * 32 + Integer.numberOfTrailingZeros(bits)]++;
        }
      }
    }
  }

  @Override
  void expand(SpikeTrains trains, int sample, float[] gate, float[] x) {
    int columns = padded(trains.steps);
    for (int k = 0; k < trains.activeCount[sample]; k++) {
      int unit = trains.active[sample * trains.stride + k];
      float value = gate == null ? 1f : gate[unit];
      for (int t = 0; t < trains.steps; t++) {
        int bit = trains.trains[trains.at(sample, t / 32) + unit] >>> (t & 31) & 1;
        x[k * columns + t] = bit == 0 ? 0f : value;
      }
      Arrays.fill(x, k * columns + trains.steps, (k + 1) * columns, 0f);
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
    PlainProducts.integrate(x, ids, idsAt, count, columns, layer, tile, z);
  }

  @Override
  void integrateSamples(
      SampleGroup group, int from, int to, TiledLayer layer, int tile, float[] z, int zAt) {
    PlainProducts.integrateSamples(group, from, to, layer, tile, z, zAt);
  }

  @Override
  void integrateEvents(WindowEvents events, TiledLayer layer, int tile, float[] z) {
    PlainProducts.integrate(events, layer, tile, z);
  }

  /** sum += value * terms, lane by lane. */
  static void accumulate(
      float value, float[] terms, int termsAt, int width, float[] sum, int sumAt) {
    for (int lane = 0; lane < width; lane++) {
      sum[sumAt + lane] = Math.fma(value, terms[termsAt + lane], sum[sumAt + lane]);
    }
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
    int width = layer.width;
    for (int lane = 0; lane < width; lane++) {
      int unit = tile * width + lane;
      float opening = gate == null ? 1f : gate[unit];
      float u = 0f;
      float o = 0f;
      int bits = 0;
      for (int t = 0; t < out.steps; t++) {
        float z = trace[t * width + lane];
        if (lif.logisticCurrent()) {
          float current = ElementaryFunctions.logistic(z);
          slope[t * width + lane] = current * (1f - current);
          z = current;
        }
        u = lif.decay() * u * (1f - o) + z;
        boolean spike = u > lif.threshold();
        o = spike ? opening : 0f;
        trace[t * width + lane] = u;
        bits |= (spike && unit < layer.units ? 1 : 0) << (t & 31);
        if ((t & 31) == 31 || t == out.steps - 1) {
          out.trains[out.at(sample, t / 32) + unit] = bits;
          bits = 0;
        }
      }
    }
  }

  // Long: one loop that carries d, its floor and the counts from step to step.
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
    int width = layer.width;
    int steps = credit.steps;
    int at = credit.at(tile, sample);
    int aliveAt = credit.aliveAt(tile, sample);
    Arrays.fill(credit.alive, aliveAt, aliveAt + credit.words, 0);
    Arrays.fill(credit.values, at, at + steps * width, 0f);
    long updates = 0;
    for (int lane = 0; lane < Math.min(width, layer.units - tile * width); lane++) {
      float opening = gate == null ? 1f : gate[tile * width + lane];
      float floor = everyStep ? 0f : Math.abs(signal[signalAt + lane]) * CREDIT_FLOOR;
      float d = 0f;
      for (int t = steps - 1; t >= 0; t--) {
        float u = trace[t * width + lane];
        float o = u > lif.threshold() ? opening : 0f;
        float before = t > 0 && trace[(t - 1) * width + lane] > lif.threshold() ? opening : 0f;
        float g = everyStep || t == steps - 1 ? signal[signalAt + lane] : 0f;
        float pseudo = (u > lif.lowerThreshold() ? 1f : 0f) - before;
        float through = lif.membraneCredit() ? d * lif.decay() * (1f - o) : 0f;
        d = (g + d * (-lif.decay() * u)) * opening * pseudo + through;
        d = Math.abs(d) < floor ? 0f : d;
        float c = lif.logisticCurrent() ? d * slope[t * width + lane] : d;
        credit.values[at + t * width + lane] = c;
        if (c != 0f) {
          credit.alive[aliveAt + t / 32] |= 1 << (t & 31);
          updates += inputSpikes[inputSpikesAt + t];
        }
      }
    }
    return updates;
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
    float[] gradient = new float[layer.width];
    for (int tile = firstTile; tile < endTile; tile++) {
      for (int input = rows.from; input < rows.to; input++) {
        if (layer.learns(input, hasEntries(rows, input), step)) {
          sumSpikes(rows, input, gate == null ? 1f : gate[input], gain, credit, tile, gradient);
          applyRow(layer, tile, input, gradient, step);
        }
      }
    }
  }

  private static void sumSpikes(
      InputRows rows,
      int input,
      float value,
      float[] gain,
      Credit credit,
      int tile,
      float[] gradient) {
    Arrays.fill(gradient, 0f);
    for (int k = rows.start[input - rows.from]; k < rows.start[input - rows.from + 1]; k++) {
      int sample = rows.position[k] / credit.words;
      int word = rows.position[k] % credit.words;
      int bits = rows.word[k] & credit.alive[credit.aliveAt(tile, sample) + word];
      for (; bits != 0; bits &= bits - 1) {
        int t = word * 32 + Integer.numberOfTrailingZeros(bits);
        int at = credit.at(tile, sample) + t * credit.width;
        float x = rows.trains.isCounted() ? rows.trains.value(sample, input, t) : value;
        float factor = gain == null ? x : x * gain[sample];
        accumulate(factor, credit.values, at, credit.width, gradient, 0);
      }
    }
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
    float[] gradient = new float[layer.width];
    for (int tile = firstTile; tile < endTile; tile++) {
      for (int input = rows.from; input < rows.to; input++) {
        if (layer.learns(input, hasEntries(rows, input), step)) {
          sumValues(rows, input, gain, credit, tile, gradient);
          applyRow(layer, tile, input, gradient, step);
        }
      }
    }
  }

  private static void sumValues(
      InputRows rows, int input, float[] gain, Credit credit, int tile, float[] gradient) {
    Arrays.fill(gradient, 0f);
    for (int k = rows.start[input - rows.from]; k < rows.start[input - rows.from + 1]; k++) {
      int sample = rows.position[k];
      float factor = gain == null ? rows.value[k] : rows.value[k] * gain[sample];
      accumulate(factor, credit.values, credit.at(tile, sample), credit.width, gradient, 0);
    }
  }

  @Override
  void addTerms(
      GradientTerms terms,
      int from,
      int to,
      float[] values,
      int offset,
      int width,
      float[] sum,
      int sumAt) {
    PlainProducts.addTerms(terms, from, to, values, offset, width, sum, sumAt);
  }

  @Override
  void integrateSites(
      InputPlanes planes, int sample, int row, TiledLayer layer, int tile, float[] z) {
    PlainProducts.integrateSites(planes, sample, row, layer, tile, z);
  }

  @Override
  void addSites(
      InputPlanes planes,
      LearningSites sites,
      int first,
      int end,
      Credit credit,
      int tile,
      float[] sums,
      int sumsAt,
      int apart) {
    PlainProducts.addSites(planes, sites, first, end, credit, tile, sums, sumsAt, apart);
  }

  @Override
  int countNotZero(float[] values, int at, int count) {
    return PlainProducts.countNotZero(values, at, count);
  }

  @Override
  void learnBiases(
      Credit credit, float[] gain, int samples, TiledLayer layer, int tile, OptimizerStep step) {
    float[] gradient = new float[layer.width];
    for (int sample = 0; sample < samples; sample++) {
      for (int t = 0; t < credit.steps; t++) {
        if ((credit.alive[credit.aliveAt(tile, sample) + t / 32] >>> (t & 31) & 1) != 0) {
          int at = credit.at(tile, sample) + t * credit.width;
          float factor = gain == null ? 1f : gain[sample];
          accumulate(factor, credit.values, at, credit.width, gradient, 0);
        }
      }
    }
    OptimizerUpdate.apply(
        step,
        gradient,
        layer.biases,
        layer.biasFirstMoments,
        layer.biasSecondMoments,
        tile * layer.width);
  }

  private static boolean hasEntries(InputRows rows, int input) {
    return rows.start[input - rows.from] < rows.start[input - rows.from + 1];
  }

  private static void applyRow(
      TiledLayer layer, int tile, int input, float[] gradient, OptimizerStep step) {
    OptimizerUpdate.apply(
        step,
        gradient,
        layer.weights,
        layer.firstMoments,
        layer.secondMoments,
        layer.row(tile, input));
  }

  @Override
  float dot(float[] a, int aAt, float[] b, int bAt, int count, float[] lanes) {
    return StripedSum.dot(a, aAt, b, bAt, count, lanes);
  }

  @Override
  void rateUnits(
      Activation activation,
      float[] z,
      int zAt,
      int width,
      float[] gate,
      int gateAt,
      float[] signal,
      int signalAt,
      float[] c,
      int cAt) {
    for (int lane = 0; lane < width; lane++) {
      float current = z[zAt + lane];
      float g = signal == null ? 0f : signal[signalAt + lane];
      float credit;
      switch (activation) {
        case TANH -> {
          float h = ElementaryFunctions.tanh(current);
          z[zAt + lane] = h;
          credit = g * (1f - h * h);
        }
        case RELU -> {
          z[zAt + lane] = current > 0f ? current : 0f;
          credit = current > 0f ? g : 0f;
        }
        case LOGISTIC -> {
          float h0 = ElementaryFunctions.logistic(current);
          z[zAt + lane] = gate[gateAt + lane] * h0;
          credit = g * gate[gateAt + lane] * (h0 * (1f - h0));
        }
        default -> throw new IllegalStateException("no loop for activation " + activation);
      }
      if (signal != null) {
        c[cAt + lane] = credit;
      }
    }
  }
}
