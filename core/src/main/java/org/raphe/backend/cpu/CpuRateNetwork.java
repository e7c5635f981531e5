package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.ReadoutLoss;

/**
 * A network of rate units on the CPU. Samples take the place of a spiking network's steps in {@link
 * TileKernels#integrate}.
 */
class CpuRateNetwork extends CpuNetwork {

  /** [0] is the input, [layer+1] what layer emits: [sample][stride]. */
  final float[][] values;

  final int[] strides;
  private final SampleGroup[] sampleGroups;

  /** [sample]: inputs of the current layer that are not 0. */
  private final int[] activeCount;

  private final Scratch[] scratch;

  /**
   * The inputs of {@link TileKernels#COLUMNS} samples, transposed, without those that are 0 in all
   * of them.
   */
  private static final class SampleGroup {
    final float[] x;
    final int[] ids;
    int count;

    SampleGroup(int widest) {
      x = new float[Math.multiplyExact(widest, TileKernels.COLUMNS)];
      ids = new int[widest];
    }
  }

  /** One worker's memory. */
  private static final class Scratch {
    final float[][] z;
    final float[] signal;
    final float[] probability;

    Scratch(TiledLayer readout, int classes) {
      z = new float[readout.tiles][TileKernels.COLUMNS * 64];
      signal = new float[readout.paddedUnits];
      probability = new float[classes];
    }
  }

  CpuRateNetwork(Placement placement, TileKernels kernels, Workers workers) {
    super(placement, kernels, workers);
    int batch = placement.batch();
    values = new float[layers.length][];
    strides = new int[layers.length];
    int widest = 0;
    for (int layer = 0; layer < layers.length; layer++) {
      strides[layer] = layer == 0 ? layers[0].inputs : layers[layer - 1].paddedUnits;
      values[layer] = new float[Math.multiplyExact(batch, strides[layer])];
      widest = Math.max(widest, layers[layer].inputs);
    }
    int most = widest;
    sampleGroups = new SampleGroup[TileKernels.padded(batch) / TileKernels.COLUMNS];
    Arrays.setAll(sampleGroups, k -> new SampleGroup(most));
    activeCount = new int[batch];
    scratch = new Scratch[workers.count()];
    Arrays.setAll(scratch, k -> new Scratch(layers[layers.length - 1], classes));
  }

  @Override
  void batchBegun() {
    workers.run(
        count,
        (sample, worker) -> samples.copyFeatures(indices[sample], values[0], sample * strides[0]));
  }

  @Override
  public void drawSpikes(int stream) {
    throw new IllegalStateException("rate units draw no spikes");
  }

  @Override
  public void writeInputSpikes(int[] trains) {
    throw new IllegalStateException("rate units take no spikes");
  }

  /** Transposes the inputs of a layer, group by group. */
  private int transpose(int layer) {
    int groups = TileKernels.padded(count) / TileKernels.COLUMNS;
    workers.run(
        groups,
        (item, worker) -> {
          SampleGroup group = sampleGroups[item];
          int first = item * TileKernels.COLUMNS;
          int columns = Math.min(TileKernels.COLUMNS, count - first);
          Arrays.fill(activeCount, first, first + columns, 0);
          group.count = 0;
          for (int input = 0; input < layers[layer].inputs; input++) {
            transposeInput(layer, input, first, columns, group);
          }
          for (int sample = first; sample < first + columns; sample++) {
            activeInputs[worker][layer] += activeCount[sample];
          }
        });
    return groups;
  }

  private void transposeInput(int layer, int input, int first, int columns, SampleGroup group) {
    int at = group.count * TileKernels.COLUMNS;
    int active = 0;
    for (int column = 0; column < columns; column++) {
      float x = values[layer][(first + column) * strides[layer] + input];
      group.x[at + column] = x;
      int notZero = x == 0f ? 0 : 1;
      activeCount[first + column] += notZero;
      active |= notZero;
    }
    Arrays.fill(group.x, at + columns, at + TileKernels.COLUMNS, 0f);
    group.ids[group.count] = input;
    group.count += active;
  }

  @Override
  public void hiddenLayer(int layer, boolean credit) {
    int sampleGroupCount = transpose(layer);
    TiledLayer placed = layers[layer];
    int groups = groups(placed);
    workers.run(
        groups * sampleGroupCount,
        (item, worker) -> {
          int endTile = Math.min(placed.tiles, (item % groups + 1) * TILE_GROUP);
          for (int tile = item % groups * TILE_GROUP; tile < endTile; tile++) {
            hiddenTile(layer, item / groups, tile, credit, worker);
          }
        });
  }

  private void hiddenTile(int layer, int groupNumber, int tile, boolean credit, int worker) {
    TiledLayer placed = layers[layer];
    SampleGroup group = sampleGroups[groupNumber];
    float[] z = scratch[worker].z[0];
    kernels.integrate(group.x, group.ids, 0, group.count, TileKernels.COLUMNS, placed, tile, z);
    int first = groupNumber * TileKernels.COLUMNS;
    for (int sample = first; sample < Math.min(count, first + TileKernels.COLUMNS); sample++) {
      int at = (sample - first) * placed.width;
      int unit = tile * placed.width;
      activate(layer, tile, sample, z, at, credit);
      System.arraycopy(z, at, values[layer + 1], sample * strides[layer + 1] + unit, placed.width);
      if (credit) {
        synapseUpdates[worker][layer] +=
            (long) markAlive(layer, tile, sample) * activeCount[sample];
      }
    }
  }

  /**
   * Turns the currents of a tile's units into what they emit, in place; with {@code credit} also
   * their credits.
   */
  void activate(int layer, int tile, int sample, float[] z, int at, boolean credit) {
    TiledLayer placed = layers[layer];
    int unit = tile * placed.width;
    kernels.rateUnits(
        placement.network().activation(),
        z,
        at,
        placed.width,
        gates[layer],
        unit,
        credit ? signals[layer] : null,
        labels[sample] * placed.paddedUnits + unit,
        credit ? credits[layer].values : null,
        credit ? credits[layer].at(tile, sample) : 0);
  }

  /** Notes whether the tile has a credit, and returns how many of its units have one. */
  private int markAlive(int layer, int tile, int sample) {
    Credit credit = credits[layer];
    int at = credit.at(tile, sample);
    int notZero = 0;
    for (int lane = 0; lane < credit.width; lane++) {
      notZero += credit.values[at + lane] != 0f ? 1 : 0;
    }
    credit.alive[credit.aliveAt(tile, sample)] = notZero == 0 ? 0 : 1;
    return notZero;
  }

  @Override
  public void readout(boolean credit) {
    int layer = layers.length - 1;
    int sampleGroupCount = transpose(layer);
    workers.run(
        sampleGroupCount,
        (item, worker) -> {
          SampleGroup group = sampleGroups[item];
          float[][] z = scratch[worker].z;
          for (int tile = 0; tile < layers[layer].tiles; tile++) {
            kernels.integrate(
                group.x,
                group.ids,
                0,
                group.count,
                TileKernels.COLUMNS,
                layers[layer],
                tile,
                z[tile]);
          }
          int first = item * TileKernels.COLUMNS;
          for (int sample = first;
              sample < Math.min(count, first + TileKernels.COLUMNS);
              sample++) {
            readoutSample(sample, (sample - first) * layers[layer].width, credit, worker);
          }
        });
    countBatch();
  }

  private void readoutSample(int sample, int zAt, boolean credit, int worker) {
    TiledLayer placed = layers[layers.length - 1];
    Scratch own = scratch[worker];
    ReadoutLoss loss = placement.learning().loss();
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    int at = sample * classes;
    for (int k = 0; k < classes; k++) {
      float z = own.z[k / placed.width][zAt + k % placed.width];
      outputs[at + k] = softmax ? z : ElementaryFunctions.logistic(z);
    }
    if (softmax) {
      ReadoutError.softmax(outputs, at, classes, loss.scale(), own.probability);
      System.arraycopy(own.probability, 0, outputs, at, classes);
    }
    score(sample);
    if (!credit) {
      return;
    }
    if (gains != null) {
      if (!softmax) {
        ReadoutError.softmax(outputs, at, classes, loss.scale(), own.probability);
      }
      surprise(sample, own.probability[labels[sample]]);
    }
    float factor = loss.factor(count, classes, 1);
    ReadoutError.signal(outputs, at, classes, labels[sample], factor, own.signal);
    int layer = layers.length - 1;
    for (int tile = 0; tile < placed.tiles; tile++) {
      for (int lane = 0; lane < placed.width; lane++) {
        int k = tile * placed.width + lane;
        float y = k < classes ? outputs[at + k] : 0f;
        float slope = softmax ? 1f : y * (1f - y);
        credits[layer].values[credits[layer].at(tile, sample) + lane] =
            k < classes ? own.signal[k] * slope : 0f;
      }
      synapseUpdates[worker][layer] += (long) markAlive(layer, tile, sample) * activeCount[sample];
    }
  }

  @Override
  void copyOutput(int layer, int sample, float[] target) {
    System.arraycopy(
        values[layer + 1], sample * strides[layer + 1], target, 0, layers[layer].units);
  }

  @Override
  void listRows(int layer, InputRows range, int from, int to) {
    range.listValues(values[layer], strides[layer], count, from, to);
  }

  @Override
  void learnRows(int layer, InputRows range, int firstTile, int endTile, OptimizerStep step) {
    kernels.learnValues(
        range, gain(layer), credits[layer], layers[layer], firstTile, endTile, step);
  }

  @Override
  public int[] readSpikeTrains(int layer) {
    throw new IllegalStateException("rate units emit no spikes");
  }
}
