package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Convolution;

/**
 * A convolution of rate units on the CPU. Sites take the place of a spiking layer's steps in {@link
 * TileKernels#integrate}.
 */
final class RateConvolution extends ConvolutionLayer {
  /** Items that a sample's sites are shared out in. */
  private static final int BLOCKS = 4;

  private final CpuRateNetwork network;
  private final Windows[] windows;

  /** x, or x times the gain of its sample, and room for that. */
  private float[] factors;

  private float[] scaled;

  /** What the units emit, before pooling: [sample][site][channel]. */
  private final float[] emitted;

  /** The windows of {@link TileKernels#COLUMNS} sites, without inputs that are 0 in all of them. */
  private static final class Windows {
    final float[] x;
    final int[] ids;
    int count;

    /** Of learning: where a site's input at a tap stands, and where its credits. */
    int[] inputAt = new int[1024];

    int[] place = new int[1024];
    final int[] seen = new int[TileKernels.COLUMNS];

    Windows(int inputs) {
      x = new float[Math.multiplyExact(inputs, TileKernels.COLUMNS)];
      ids = new int[inputs];
    }

    void add(int at, int creditAt) {
      if (count == place.length) {
        inputAt = Arrays.copyOf(inputAt, 2 * count);
        place = Arrays.copyOf(place, 2 * count);
      }
      inputAt[count] = at;
      place[count++] = creditAt;
    }
  }

  RateConvolution(CpuRateNetwork network, int number, Convolution form) {
    super(network, number, form);
    this.network = network;
    emitted = new float[Math.multiplyExact(network.placement.batch(), shape.units())];
    windows = new Windows[network.workers.count()];
    Arrays.setAll(windows, k -> new Windows(weights.inputs));
  }

  @Override
  void forward(boolean credited) {
    int groups = TileKernels.padded(sites) / TileKernels.COLUMNS;
    int size = (groups + BLOCKS - 1) / BLOCKS;
    network.workers.run(
        network.count * BLOCKS,
        (item, worker) -> {
          int end = Math.min(groups, (item % BLOCKS + 1) * size);
          for (int group = item % BLOCKS * size; group < end; group++) {
            forwardSites(item / BLOCKS, group * TileKernels.COLUMNS, credited, worker);
          }
        });
    network.workers.run(network.count, (sample, worker) -> handOn(sample));
  }

  private void forwardSites(int sample, int first, boolean credited, int worker) {
    Windows own = windows[worker];
    int end = Math.min(sites, first + TileKernels.COLUMNS);
    gather(sample, first, end, own);
    for (int site = first; site < end; site++) {
      network.activeInputs[worker][number] += own.seen[site - first];
    }
    float[] z = network.scratch[worker].z[0];
    for (int tile = 0; tile < weights.tiles; tile++) {
      network.kernels.integrate(
          own.x, own.ids, 0, own.count, TileKernels.COLUMNS, weights, tile, z);
      int width = Math.min(weights.width, weights.units - tile * weights.width);
      for (int site = first; site < end; site++) {
        int at = (site - first) * weights.width;
        network.activate(this, tile, sample, site, z, at, credited);
        int unit = site * weights.units + tile * weights.width;
        System.arraycopy(z, at, emitted, sample * shape.units() + unit, width);
        if (credited) {
          network.synapseUpdates[worker][number] +=
              (long) credit.markAlive(tile, sample * sites + site) * own.seen[site - first];
        }
      }
    }
  }

  /** Fills the windows of sites first..end-1; what lies outside the input is 0. */
  private void gather(int sample, int first, int end, Windows own) {
    Arrays.fill(own.x, 0f);
    Arrays.fill(own.seen, 0);
    float[] values = network.values[number];
    int base = sample * network.strides[number];
    for (int site = first; site < end; site++) {
      int row = site / map.columns();
      int column = site % map.columns();
      int endColumn = endTap(column, input.columns());
      for (int tapRow = firstTap(row); tapRow < endTap(row, input.rows()); tapRow++) {
        for (int tapColumn = firstTap(column); tapColumn < endColumn; tapColumn++) {
          int at = base + inMap(met(row, tapRow), met(column, tapColumn), 0);
          for (int channel = 0; channel < input.channels(); channel++) {
            float x = values[at + channel];
            int id = inWindow(channel, tapRow, tapColumn);
            own.x[id * TileKernels.COLUMNS + site - first] = x;
            own.seen[site - first] += x == 0f ? 0 : 1;
          }
        }
      }
    }
    compress(own);
  }

  private void compress(Windows own) {
    own.count = 0;
    for (int id = 0; id < weights.inputs; id++) {
      int at = id * TileKernels.COLUMNS;
      int to = own.count * TileKernels.COLUMNS;
      boolean active = false;
      for (int column = 0; column < TileKernels.COLUMNS; column++) {
        active |= own.x[at + column] != 0f;
        own.x[to + column] = own.x[at + column];
      }
      own.ids[own.count] = id;
      own.count += active ? 1 : 0;
    }
  }

  private void handOn(int sample) {
    float[] handed = network.values[number + 1];
    int to = sample * network.strides[number + 1];
    int from = sample * shape.units();
    if (!form.pooled()) {
      System.arraycopy(emitted, from, handed, to, shape.units());
      return;
    }
    int below = map.columns() * map.channels();
    for (int row = 0; row < output.rows(); row++) {
      for (int column = 0; column < output.columns(); column++) {
        int at = from + 2 * row * below + 2 * column * map.channels();
        for (int channel = 0; channel < map.channels(); channel++) {
          float upper = emitted[at + channel] + emitted[at + map.channels() + channel];
          float three = upper + emitted[at + below + channel];
          handed[to++] = (three + emitted[at + below + map.channels() + channel]) * SHARE;
        }
      }
    }
  }

  @Override
  void copyEmitted(int sample, float[] target) {
    System.arraycopy(emitted, sample * shape.units(), target, 0, shape.units());
  }

  @Override
  void copyHandedOn(int sample, float[] target) {
    int at = sample * network.strides[number + 1];
    System.arraycopy(network.values[number + 1], at, target, 0, output.size());
  }

  @Override
  void learnWeights(OptimizerStep step) {
    factors = network.values[number];
    if (network.gain(number) != null) {
      factors = scaled == null ? scaled = new float[factors.length] : scaled;
      network.workers.run(network.count, (sample, worker) -> scale(sample));
    }
    super.learnWeights(step);
  }

  /** x times the sample's gain. */
  private void scale(int sample) {
    int stride = network.strides[number];
    float gain = gain(sample);
    for (int k = sample * stride; k < (sample + 1) * stride; k++) {
      scaled[k] = network.values[number][k] * gain;
    }
  }

  @Override
  void addGradients(
      int sample,
      int tile,
      int firstChannel,
      int endChannel,
      float[] sums,
      int sumsAt,
      int worker) {
    Windows own = windows[worker];
    int apart = form.kernel() * form.kernel() * weights.paddedUnits;
    for (int tapRow = 0; tapRow < form.kernel(); tapRow++) {
      for (int tapColumn = 0; tapColumn < form.kernel(); tapColumn++) {
        own.count = 0;
        listSites(sample, tapRow, tapColumn, own);
        for (int channel = firstChannel; channel < endChannel; ) {
          int inputs = channel + TileKernels.INPUTS <= endChannel ? TileKernels.INPUTS : 1;
          int number = inWindow(channel, tapRow, tapColumn);
          network.kernels.addProducts(
              inputs,
              own.inputAt,
              channel,
              own.place,
              own.count,
              factors,
              credit.values,
              tile * credit.tileStride(),
              weights.width,
              sums,
              sumsAt + number * weights.paddedUnits + tile * weights.width,
              apart);
          channel += inputs;
        }
      }
    }
  }

  /** Lists the sites of a sample that have a credit and an input at a tap, a lone one not 0. */
  private void listSites(int sample, int tapRow, int tapColumn, Windows own) {
    for (int row = 0; row < map.rows(); row++) {
      int inputRow = met(row, tapRow);
      for (int column = 0; column < map.columns(); column++) {
        int inputColumn = met(column, tapColumn);
        int place = sample * sites + row * map.columns() + column;
        if (inputRow >= 0
            && inputRow < input.rows()
            && inputColumn >= 0
            && inputColumn < input.columns()
            && credit.alive[credit.aliveAt(0, place)] != 0) {
          int at = sample * network.strides[number] + inMap(inputRow, inputColumn, 0);
          if (input.channels() > 1 || factors[at] != 0f) {
            own.add(at, credit.at(0, place));
          }
        }
      }
    }
  }
}
