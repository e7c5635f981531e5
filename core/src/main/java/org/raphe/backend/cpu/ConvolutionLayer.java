package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Convolution;
import org.raphe.network.InputShape;
import org.raphe.rule.Signal;

/**
 * A convolution on the CPU (docs/NUMERICS.md, section 19). Its channels stand at the sites of a
 * map, row by row; each site is a small dense layer whose inputs are those of its window.
 */
abstract class ConvolutionLayer extends CpuLayer {
  /** Chains of a gradient: that of a sample is its number in the batch modulo this. */
  static final int STRIPES = 16;

  /** What each unit of a pool adds to the average. */
  static final float SHARE = 0.25f;

  final Convolution form;
  final InputShape input;
  final InputShape map;
  final InputShape output;

  private final GradientTerms[] terms;

  ConvolutionLayer(CpuNetwork owner, int number, Convolution form) {
    super(owner, number);
    this.form = form;
    input = form.input();
    map = form.map();
    output = form.outputShape();
    terms = new GradientTerms[owner.workers.count()];
    Arrays.setAll(terms, k -> new GradientTerms());
  }

  /** The first row or column of a kernel that meets its input at place {@code site} of a side. */
  final int firstTap(int site) {
    return Math.max(0, form.padding() - site * form.stride());
  }

  /** After the last such row or column; {@code size} is the input's side. */
  final int endTap(int site, int size) {
    return Math.min(form.kernel(), size + form.padding() - site * form.stride());
  }

  /** The number of an input in a window: channel, row and column of the kernel ascending. */
  final int inWindow(int channel, int tapRow, int tapColumn) {
    return (channel * form.kernel() + tapRow) * form.kernel() + tapColumn;
  }

  /** The number of an input in its map. */
  final int inMap(int row, int column, int channel) {
    return (row * input.columns() + column) * input.channels() + channel;
  }

  /** The input's row or column that a kernel's row or column {@code tap} meets. */
  final int met(int site, int tap) {
    return site * form.stride() + tap - form.padding();
  }

  @Override
  final int outputStride() {
    return output.size();
  }

  /** Whether what the layer hands on is judged, not what its units emit. */
  final boolean isJudged() {
    return owner.signal instanceof Signal.OfOutputs answering && answering.judgesOutputs();
  }

  /** The number of the average that a unit at a site of a pooled map goes into; -1 for none. */
  final int pool(int row, int column, int channel) {
    int pooledRow = row / Convolution.POOL;
    int pooledColumn = column / Convolution.POOL;
    return pooledRow < output.rows() && pooledColumn < output.columns()
        ? (pooledRow * output.columns() + pooledColumn) * output.channels() + channel
        : -1;
  }

  @Override
  final void answer(int sample, float[] answered) {
    boolean averaged = form.pooled() && isJudged();
    float[] lanes = new float[weights.paddedUnits];
    for (int site = 0; site < sites; site++) {
      for (int channel = 0; channel < weights.units; channel++) {
        int pooled = averaged ? pool(site / map.columns(), site % map.columns(), channel) : 0;
        float signal = averaged ? 0f : answered[site * weights.units + channel];
        lanes[channel] = averaged && pooled >= 0 ? SHARE * answered[pooled] : signal;
      }
      for (int tile = 0; tile < weights.tiles; tile++) {
        credit.answer(tile, sample * sites + site, lanes, tile * weights.width);
      }
    }
  }

  final GradientTerms terms(int worker) {
    return terms[worker];
  }

  final float gain(int sample) {
    float[] gains = owner.gain(number);
    return gains == null ? 1f : gains[sample];
  }

  /** Gradient and step of the biases; {@code listed} is scratch. */
  final void learnBiases(GradientTerms listed, OptimizerStep step) {
    int[] ends = new int[STRIPES];
    listed.count = 0;
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      for (int sample = stripe; sample < owner.count; sample += STRIPES) {
        float gain = gain(sample);
        for (int site = 0; site < sites; site++) {
          addSteps(sample * sites + site, gain, listed);
        }
      }
      ends[stripe] = listed.count;
    }
    for (int tile = 0; tile < weights.tiles; tile++) {
      OptimizerUpdate.apply(
          step,
          gradient(tile, listed, ends),
          weights.biases,
          weights.biasFirstMoments,
          weights.biasSecondMoments,
          tile * weights.width);
    }
  }

  private void addSteps(int place, float gain, GradientTerms listed) {
    for (int word = 0; word < credit.words; word++) {
      int bits = credit.alive[credit.aliveAt(0, place) + word];
      for (; bits != 0; bits &= bits - 1) {
        int t = word * 32 + Integer.numberOfTrailingZeros(bits);
        listed.add(credit.at(0, place) + t * credit.width, gain);
      }
    }
  }

  /** The biases' gradient of a tile from the terms of each stripe, which end at {@code ends}. */
  private float[] gradient(int tile, GradientTerms listed, int[] ends) {
    int width = weights.width;
    float[] own = new float[STRIPES * width];
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      owner.kernels.addTerms(
          listed,
          stripe == 0 ? 0 : ends[stripe - 1],
          ends[stripe],
          credit.values,
          tile * credit.tileStride(),
          width,
          own,
          stripe * width);
    }
    return join(own, width);
  }

  /** The stripes' chains, [stripe][width], joined: 8, 4, 2, 1. */
  static float[] join(float[] stripes, int width) {
    for (int half = STRIPES / 2; half > 0; half /= 2) {
      for (int k = 0; k < half * width; k++) {
        stripes[k] += stripes[k + half * width];
      }
    }
    return Arrays.copyOf(stripes, width);
  }
}
