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

  private final Terms[] terms;

  /**
   * Terms of a gradient: where a site's credits of a step stand in tile 0, and x times the gain.
   */
  static final class Terms {
    int[] place = new int[1024];
    float[] factor = new float[1024];
    int count;

    void add(int at, float value) {
      if (count == place.length) {
        place = Arrays.copyOf(place, 2 * count);
        factor = Arrays.copyOf(factor, 2 * count);
      }
      place[count] = at;
      factor[count++] = value;
    }
  }

  ConvolutionLayer(CpuNetwork owner, int number, Convolution form) {
    super(owner, number);
    this.form = form;
    input = form.input();
    map = form.map();
    output = form.outputShape();
    terms = new Terms[owner.workers.count()];
    Arrays.setAll(terms, k -> new Terms());
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

  /**
   * Lists the terms of a sample at a site of which {@code inputAt} is the input, steps ascending.
   */
  abstract void addTerms(int sample, int site, int inputAt, float gain, Terms listed);

  @Override
  final void learnWeights(OptimizerStep step) {
    owner.workers.run(
        weights.inputs + 1,
        (item, worker) -> {
          if (item == weights.inputs) {
            learnBiases(terms[worker], step);
          } else {
            learnInput(item, terms[worker], step);
          }
        });
  }

  /** The weights from one input of a window. */
  private void learnInput(int number, Terms listed, OptimizerStep step) {
    int tapColumn = number % form.kernel();
    int tapRow = number / form.kernel() % form.kernel();
    int channel = number / (form.kernel() * form.kernel());
    int[] ends = new int[STRIPES];
    listed.count = 0;
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      for (int sample = stripe; sample < owner.count; sample += STRIPES) {
        addTerms(sample, tapRow, tapColumn, channel, listed);
      }
      ends[stripe] = listed.count;
    }
    if (weights.learns(number, listed.count > 0, step)) {
      for (int tile = 0; tile < weights.tiles; tile++) {
        PlainKernels.apply(
            step,
            gradient(tile, listed, ends),
            weights.weights,
            weights.firstMoments,
            weights.secondMoments,
            weights.row(tile, number));
      }
    }
  }

  private void addTerms(int sample, int tapRow, int tapColumn, int channel, Terms listed) {
    float gain = gain(sample);
    for (int row = 0; row < map.rows(); row++) {
      int inputRow = met(row, tapRow);
      if (inputRow < 0 || inputRow >= input.rows()) {
        continue;
      }
      for (int column = 0; column < map.columns(); column++) {
        int inputColumn = met(column, tapColumn);
        if (inputColumn >= 0 && inputColumn < input.columns()) {
          int inputAt = inMap(inputRow, inputColumn, channel);
          addTerms(sample, row * map.columns() + column, inputAt, gain, listed);
        }
      }
    }
  }

  private float gain(int sample) {
    float[] gains = owner.gain(number);
    return gains == null ? 1f : gains[sample];
  }

  private void learnBiases(Terms listed, OptimizerStep step) {
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
      PlainKernels.apply(
          step,
          gradient(tile, listed, ends),
          weights.biases,
          weights.biasFirstMoments,
          weights.biasSecondMoments,
          tile * weights.width);
    }
  }

  private void addSteps(int place, float gain, Terms listed) {
    for (int word = 0; word < credit.words; word++) {
      int bits = credit.alive[credit.aliveAt(0, place) + word];
      for (; bits != 0; bits &= bits - 1) {
        int t = word * 32 + Integer.numberOfTrailingZeros(bits);
        listed.add(credit.at(0, place) + t * credit.width, gain);
      }
    }
  }

  /** The stripes' chains, joined: 8, 4, 2, 1. */
  private float[] gradient(int tile, Terms listed, int[] ends) {
    int width = weights.width;
    float[] stripes = new float[STRIPES * width];
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      owner.kernels.sumTerms(
          listed.place,
          listed.factor,
          stripe == 0 ? 0 : ends[stripe - 1],
          ends[stripe],
          credit.values,
          tile * credit.tileStride(),
          width,
          stripes,
          stripe * width);
    }
    for (int half = STRIPES / 2; half > 0; half /= 2) {
      for (int k = 0; k < half * width; k++) {
        stripes[k] += stripes[k + half * width];
      }
    }
    return Arrays.copyOf(stripes, width);
  }
}
