package org.raphe.backend.cpu;

import org.raphe.learning.OptimizerStep;
import org.raphe.network.Activation;
import org.raphe.network.LifDynamics;

/**
 * The inner loops of the CPU backend, over one tile of a layer. {@link PlainKernels} is the
 * readable specification; another implementation must give the same bits.
 */
abstract class TileKernels {

  /**
   * Columns (steps of a sample, or samples of a rate network) that {@link #integrate} takes at a
   * time.
   */
  static final int COLUMNS = 5;

  /**
   * Where a signal comes at the last step only, a credit below this share of it is 0: it is under
   * float32's resolution beside the credit it is summed with. Chains shrink by gamma u, a tenth or
   * less a step, so they end after about seven steps instead of running to denormal numbers.
   */
  static final float CREDIT_FLOOR = 0x1p-24f;

  /** Floats past the end of an expanded input that a kernel may overwrite: a vector's width. */
  static final int SLACK = 64;

  /** Columns rounded up to whole groups. */
  static int padded(int columns) {
    return (columns + COLUMNS - 1) / COLUMNS * COLUMNS;
  }

  /** What it is called in provenance. */
  abstract String description();

  /**
   * Draws the trains of one sample: unit i spikes at step t iff {@code (word >>> 8) <
   * thresholds[i]}.
   *
   * @param thresholds floor(p 2^24), one an input
   * @param id the sample's number in its data set
   */
  abstract void drawSpikes(
      long seed, int stream, int id, int[] thresholds, int inputs, SpikeTrains trains, int sample);

  /** Counts the spikes of {@code sample} by step; its active units are listed. */
  abstract void countSpikes(SpikeTrains trains, int sample);

  /**
   * Expands the active units' trains to numbers, x[k][column] = gate of the k-th active unit if it
   * spiked, else 0.
   *
   * @param gate by unit; null for 1
   */
  abstract void expand(SpikeTrains trains, int sample, float[] gate, float[] x);

  /**
   * Currents: {@code z[column][lane] = bias + sum over k ascending of x[k][column]
   * W[ids[k]][lane]}, each term one fma, the bias first made +0 if it is -0. With x in {0, 1} an
   * fma is an add, and adding 0 changes nothing.
   *
   * @param x [count][columns]
   * @param columns a multiple of {@link #COLUMNS}
   * @param z receives [columns][width]
   */
  abstract void integrate(
      float[] x,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      float[] z);

  /**
   * Continues the currents of a group of samples: {@code z[zAt + sample width + lane] += sum over k
   * from..to-1 of x[k][sample] W[ids[k]][lane]}, each term one fma.
   */
  abstract void integrateSamples(
      SampleGroup group, int from, int to, TiledLayer layer, int tile, float[] z, int zAt);

  /**
   * Currents of a site, event by event: {@code z[t][lane] = bias + sum over the events of step t of
   * x W[id][lane]}, each term one fma, the bias first made +0 if it is -0.
   *
   * @param z receives [steps][width]
   */
  abstract void integrateEvents(WindowEvents events, TiledLayer layer, int tile, float[] z);

  /**
   * Membranes of one tile and sample over the window, z to u in place, and the spikes.
   *
   * @param trace [steps][width]: z in, u out
   * @param slope [steps][width]: receives phi'(z) of logistic currents; else unused
   * @param gate [paddedUnits], or null for 1
   */
  abstract void membrane(
      LifDynamics lif,
      float[] trace,
      float[] slope,
      TiledLayer layer,
      int tile,
      float[] gate,
      SpikeTrains out,
      int sample);

  /**
   * The credit chain of one tile and sample, last step first.
   *
   * @param trace [steps][width]: u
   * @param signal G, [signalAt + lane]
   * @param everyStep whether G comes at every step; else at the last one only
   * @param inputSpikes [inputSpikesAt + t]: spikes of the layer's inputs at step t
   * @return sum over t of units with a credit times inputSpikes
   */
  abstract long credit(
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
      int inputSpikesAt);

  /**
   * Gradient and optimizer step of the weights of {@code rows} in tiles {@code
   * firstTile..endTile-1}, whose credits are united: {@code g = sum over samples ascending, steps
   * ascending of fma(x a, c, g)} with x the input's gate and a the sample's gain.
   *
   * @param gate by input; null for 1
   * @param gain by sample; null for 1
   */
  abstract void learnSpikes(
      InputRows rows,
      float[] gate,
      float[] gain,
      Credit credit,
      TiledLayer layer,
      int firstTile,
      int endTile,
      OptimizerStep step);

  /** The same for inputs with values: {@code g = sum over samples ascending of fma(x a, c, g)}. */
  abstract void learnValues(
      InputRows rows,
      float[] gain,
      Credit credit,
      TiledLayer layer,
      int firstTile,
      int endTile,
      OptimizerStep step);

  /**
   * Continues one chain of fma: {@code sum[sumAt + lane] = fma(factor[k], values[offset + place[k]
   * + lane], sum[sumAt + lane])} for k from..to-1.
   */
  abstract void addTerms(
      GradientTerms terms,
      int from,
      int to,
      float[] values,
      int offset,
      int width,
      float[] sum,
      int sumAt);

  /**
   * Currents of a row of sites: {@code z[site][lane] = bias + sum over f ascending of x[f][site]
   * W[f][lane]}, each term one fma, the bias first made +0 if it is -0. Adding 0 changes nothing.
   *
   * @param z receives [site][width]; room for at least {@link #COLUMNS} sites
   */
  abstract void integrateSites(
      InputPlanes planes, int sample, int row, TiledLayer layer, int tile, float[] z);

  /**
   * Continues a chain of fma for each of the inputs {@code first..end-1} of a window: {@code s =
   * fma(x[f][k], c[k][lane], s)} for the listed sites k ascending, s standing at {@code sums[sumsAt
   * + (f - first) apart + lane]}.
   */
  abstract void addSites(
      InputPlanes planes,
      LearningSites sites,
      int first,
      int end,
      Credit credit,
      int tile,
      float[] sums,
      int sumsAt,
      int apart);

  /**
   * Gradient and optimizer step of one tile's biases: an input that is 1 at every step of every
   * sample.
   */
  abstract void learnBiases(
      Credit credit, float[] gain, int samples, TiledLayer layer, int tile, OptimizerStep step);

  /**
   * Sum of {@code a[aAt + i] b[bAt + i]} in the order of {@link org.raphe.backend.StripedSum#dot}.
   *
   * @param lanes scratch of {@link org.raphe.backend.StripedSum#LANES}
   */
  abstract float dot(float[] a, int aAt, float[] b, int bAt, int count, float[] lanes);

  /**
   * Hidden rate units of one tile, h in place of z; with signals also {@code c = G dh/dz}. ReLU
   * chooses: {@code h = z > 0 ? z : +0}, {@code c = z > 0 ? G : +0}.
   *
   * @param z [width], at {@code zAt}
   * @param gate of logistic units, [gateAt + lane]; others have none
   * @param signal null without credit
   * @param c receives [width] at {@code cAt}
   */
  abstract void rateUnits(
      Activation activation,
      float[] z,
      int zAt,
      int width,
      float[] gate,
      int gateAt,
      float[] signal,
      int signalAt,
      float[] c,
      int cAt);

  /** How many of {@code values[at..at+count-1]} are not 0. */
  abstract int countNotZero(float[] values, int at, int count);
}
