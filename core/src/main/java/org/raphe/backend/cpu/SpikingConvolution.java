package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Convolution;
import org.raphe.rule.Trace;

/** A convolution of LIF units on the CPU. */
final class SpikingConvolution extends ConvolutionLayer implements SpikingLayer {
  /** Items that a sample's sites are shared out in. */
  private static final int BLOCKS = 4;

  /** Input channels that learn in one item. */
  private static final int CHANNEL_BLOCK = 16;

  /** [stripe][input of a window][unit of all tiles]: gradients of the batch. */
  private final float[] stripes;

  private final CpuSpikingNetwork network;
  private final int steps;

  /** What the units emit, before pooling: a sample here is a site of a sample. */
  private final SpikeTrains emitted;

  private final WindowEvents[] windows;

  /** The input's spikes, channel by channel, for learning. */
  private final MapEvents events;

  /** [row or column of the kernel][row or column of the input]: the site's, or -1. */
  private final int[][] siteRows;

  private final int[][] siteColumns;

  /** [sample][site][step]: inputs in a site's window that spiked. */
  private final int[] seen;

  SpikingConvolution(CpuSpikingNetwork network, int number, Convolution form) {
    super(network, number, form);
    int gradients = Math.multiplyExact(weights.inputs, weights.paddedUnits);
    stripes = credit == null ? null : new float[Math.multiplyExact(STRIPES, gradients)];
    this.network = network;
    steps = network.placement.steps();
    int places = Math.multiplyExact(network.placement.batch(), sites);
    emitted = new SpikeTrains(places, weights.units, weights.paddedUnits, steps);
    windows = new WindowEvents[network.workers.count()];
    Arrays.setAll(windows, k -> new WindowEvents(steps));
    siteRows = new int[form.kernel()][];
    siteColumns = new int[form.kernel()][];
    Arrays.setAll(siteRows, tap -> met(map.rows(), input.rows(), tap));
    Arrays.setAll(siteColumns, tap -> met(map.columns(), input.columns(), tap));
    events = new MapEvents(network.placement.batch(), input, steps);
    seen = new int[Math.multiplyExact(places, steps)];
  }

  private SpikeTrains given() {
    return network.trains[number];
  }

  @Override
  public int train(int sample, int word, int unit) {
    int place = sample * sites + unit / weights.units;
    return emitted.trains[emitted.at(place, word) + unit % weights.units];
  }

  @Override
  public long activeInputs(int sample) {
    int[] spiked = countPlaces(sample);
    long total = 0;
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        int at = (sample * sites + row * map.columns() + column) * steps;
        countSeen(spiked, row, column, at);
        for (int t = 0; t < steps; t++) {
          total += seen[at + t];
        }
      }
    }
    return total;
  }

  /** [place of the input][step]: channels that spiked there. */
  private int[] countPlaces(int sample) {
    int[] spiked = new int[input.rows() * input.columns() * steps];
    for (int word = 0; word < given().words; word++) {
      int from = given().at(sample, word);
      for (int unit = 0; unit < input.size(); unit++) {
        int at = unit / input.channels() * steps + word * 32;
        int bits = given().trains[from + unit];
        for (; bits != 0; bits &= bits - 1) {
          spiked[at + Integer.numberOfTrailingZeros(bits)]++;
        }
      }
    }
    return spiked;
  }

  /** Sums what spiked over a site's window, from {@code seen[at]} on. */
  private void countSeen(int[] spiked, int row, int column, int at) {
    Arrays.fill(seen, at, at + steps, 0);
    for (int tapRow = firstTap(row); tapRow < endTap(row, input.rows()); tapRow++) {
      for (int tap = firstTap(column); tap < endTap(column, input.columns()); tap++) {
        int from = (met(row, tapRow) * input.columns() + met(column, tap)) * steps;
        for (int t = 0; t < steps; t++) {
          seen[at + t] += spiked[from + t];
        }
      }
    }
  }

  @Override
  void forward(boolean credited) {
    int block = (sites + BLOCKS - 1) / BLOCKS;
    network.workers.run(
        network.count * BLOCKS,
        (item, worker) -> {
          int end = Math.min(sites, (item % BLOCKS + 1) * block);
          for (int site = item % BLOCKS * block; site < end; site++) {
            window(item / BLOCKS, site, credited, worker);
          }
        });
    network.workers.run(
        network.count,
        (sample, worker) -> {
          handOn(sample);
          network.list(number + 1, sample, worker);
        });
  }

  private void window(int sample, int site, boolean credited, int worker) {
    CpuSpikingNetwork.Scratch own = network.scratch[worker];
    int place = sample * sites + site;
    list(sample, site, windows[worker]);
    for (int tile = 0; tile < weights.tiles; tile++) {
      network.kernels.integrateEvents(windows[worker], weights, tile, own.traces[0]);
      network.kernels.membrane(
          network.lif, own.traces[0], own.slope, weights, tile, null, emitted, place);
      if (credited) {
        network.synapseUpdates[worker][number] += tileCredit(sample, site, tile, own);
      }
    }
    if (credited) {
      credit.unite(0, weights.tiles, place);
    }
  }

  private long tileCredit(int sample, int site, int tile, CpuSpikingNetwork.Scratch own) {
    int place = sample * sites + site;
    if (network.placement.learning().rule().trace() == Trace.MEMBRANE) {
      return EligibilityTrace.credit(
          network.lif,
          own.traces[0],
          own.slope,
          null,
          weights,
          tile,
          credit,
          place,
          seen,
          place * steps);
    }
    return network.kernels.credit(
        network.lif,
        own.traces[0],
        own.slope,
        null,
        weights,
        tile,
        signals(),
        signalAt(network.labels[sample], site, tile),
        false,
        credit,
        place,
        seen,
        place * steps);
  }

  /** Lists the inputs of a window that spiked: channels ascending, in each rows, then columns. */
  private void list(int sample, int site, WindowEvents listed) {
    int row = site / map.columns();
    int column = site % map.columns();
    int endRow = endTap(row, input.rows());
    int endColumn = endTap(column, input.columns());
    listed.begin(seen, (sample * sites + site) * steps);
    for (int channel = 0; channel < input.channels(); channel++) {
      for (int tapRow = firstTap(row); tapRow < endRow; tapRow++) {
        int unit = inMap(met(row, tapRow), met(column, firstTap(column)), channel);
        for (int tapColumn = firstTap(column); tapColumn < endColumn; tapColumn++) {
          add(sample, unit, inWindow(channel, tapRow, tapColumn), listed);
          unit += input.channels();
        }
      }
    }
  }

  private void add(int sample, int unit, int id, WindowEvents listed) {
    SpikeTrains given = given();
    for (int word = 0; word < given.words; word++) {
      int bits = given.trains[given.at(sample, word) + unit];
      for (; bits != 0; bits &= bits - 1) {
        int t = word * 32 + Integer.numberOfTrailingZeros(bits);
        listed.add(t, id, given.value(sample, unit, t));
      }
    }
  }

  /** The sample's spikes, or their counts in each pool, as the next layer is given them. */
  private void handOn(int sample) {
    SpikeTrains handed = network.trains[number + 1];
    if (form.pooled()) {
      handed.clear(sample);
    }
    for (int site = 0; site < sites; site++) {
      int row = site / map.columns();
      int column = site % map.columns();
      for (int channel = 0; channel < weights.units; channel++) {
        for (int word = 0; word < handed.words; word++) {
          int bits = emitted.trains[emitted.at(sample * sites + site, word) + channel];
          if (!form.pooled()) {
            handed.trains[handed.at(sample, word) + site * weights.units + channel] = bits;
          } else if (bits != 0 && pool(row, column, channel) >= 0) {
            handed.count(sample, pool(row, column, channel), word, bits);
          }
        }
      }
    }
  }

  @Override
  void copyEmitted(int sample, float[] target) {
    for (int unit = 0; unit < shape.units(); unit++) {
      int place = sample * sites + unit / weights.units;
      target[unit] = (float) emitted.count(place, unit % weights.units) / steps;
    }
  }

  @Override
  void copyHandedOn(int sample, float[] target) {
    if (!form.pooled()) {
      copyEmitted(sample, target);
      return;
    }
    SpikeTrains handed = network.trains[number + 1];
    for (int k = 0; k < output.size(); k++) {
      target[k] = (float) handed.total(sample, k) / (4 * steps);
    }
  }

  /**
   * Gradients stripe by stripe, so that a sample's credits stay near; then the optimizer's step.
   */
  @Override
  void learnWeights(OptimizerStep step) {
    network.workers.run(network.count, (sample, worker) -> events.list(given(), sample));
    int blocks = (input.channels() + CHANNEL_BLOCK - 1) / CHANNEL_BLOCK;
    int each = blocks * weights.tiles;
    int used = Math.min(STRIPES, network.count);
    network.workers.run(
        used * each + 1,
        (item, worker) -> {
          if (item == used * each) {
            learnBiases(terms(worker), step);
          } else {
            sumStripe(item / each, item % each / blocks, item % blocks, worker);
          }
        });
    network.workers.run(weights.inputs, (input, worker) -> learnInput(input, used, step));
  }

  private void sumStripe(int stripe, int tile, int block, int worker) {
    int first = block * CHANNEL_BLOCK;
    int end = Math.min(input.channels(), first + CHANNEL_BLOCK);
    int at = stripe * weights.inputs * weights.paddedUnits;
    for (int number = inWindow(first, 0, 0); number < inWindow(end, 0, 0); number++) {
      int row = at + number * weights.paddedUnits + tile * weights.width;
      Arrays.fill(stripes, row, row + weights.width, 0f);
    }
    for (int sample = stripe; sample < network.count; sample += STRIPES) {
      addGradients(sample, tile, first, end, stripes, at, worker);
    }
  }

  private void learnInput(int number, int used, OptimizerStep step) {
    int width = weights.width;
    for (int tile = 0; tile < weights.tiles; tile++) {
      float[] own = new float[STRIPES * width];
      for (int stripe = 0; stripe < used; stripe++) {
        int row = (stripe * weights.inputs + number) * weights.paddedUnits + tile * width;
        System.arraycopy(stripes, row, own, stripe * width, width);
      }
      OptimizerUpdate.apply(
          step,
          join(own, width),
          weights.weights,
          weights.firstMoments,
          weights.secondMoments,
          weights.row(tile, number));
    }
  }

  /**
   * Adds to the gradients of a stripe what a sample adds to those from some channels of the input
   * in one tile, sites and steps ascending.
   *
   * @param sums [input of a window][unit of all tiles], from {@code sumsAt} on
   */
  private void addGradients(
      int sample,
      int tile,
      int firstChannel,
      int endChannel,
      float[] sums,
      int sumsAt,
      int worker) {
    GradientTerms listed = terms(worker);
    for (int channel = firstChannel; channel < endChannel; channel++) {
      for (int tapRow = 0; tapRow < form.kernel(); tapRow++) {
        for (int tapColumn = 0; tapColumn < form.kernel(); tapColumn++) {
          listed.count = 0;
          listTerms(sample, channel, siteRows[tapRow], siteColumns[tapColumn], listed);
          int number = inWindow(channel, tapRow, tapColumn);
          network.kernels.addTerms(
              listed,
              0,
              listed.count,
              credit.values,
              tile * credit.tileStride(),
              weights.width,
              sums,
              sumsAt + number * weights.paddedUnits + tile * weights.width);
        }
      }
    }
  }

  /** For each row or column of the input, the site's that meets it at a tap; -1 for none. */
  private int[] met(int siteCount, int inputs, int tap) {
    int[] met = new int[inputs];
    Arrays.fill(met, -1);
    for (int site = 0; site < siteCount; site++) {
      int at = met(site, tap);
      if (at >= 0 && at < inputs) {
        met[at] = site;
      }
    }
    return met;
  }

  private void listTerms(
      int sample, int channel, int[] rowSites, int[] columnSites, GradientTerms listed) {
    SpikeTrains given = given();
    float gain = gain(sample);
    int end = events.end(sample, channel);
    for (int k = events.start(sample, channel); k < end; k++) {
      int row = rowSites[events.row(k)];
      int column = columnSites[events.column(k)];
      if (row < 0 || column < 0) {
        continue;
      }
      int place = sample * sites + row * map.columns() + column;
      int word = events.word(k);
      int bits = events.bits(k) & credit.alive[credit.aliveAt(0, place) + word];
      if (bits == 0) {
        continue;
      }
      int at = credit.at(0, place) + word * 32 * credit.width;
      if (given.isCounted()) {
        int unit = inMap(events.row(k), events.column(k), channel);
        for (; bits != 0; bits &= bits - 1) {
          int t = Integer.numberOfTrailingZeros(bits);
          listed.add(at + t * credit.width, given.value(sample, unit, word * 32 + t) * gain);
        }
      } else {
        for (; bits != 0; bits &= bits - 1) {
          listed.add(at + Integer.numberOfTrailingZeros(bits) * credit.width, gain);
        }
      }
    }
  }
}
