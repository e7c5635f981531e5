package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.learning.OptimizerStep;

/**
 * A dense layer of rate units on the CPU. Samples take the place of a spiking layer's steps in
 * {@link TileKernels#integrate}.
 */
final class RateDense extends DenseLayer {
  private final CpuRateNetwork network;
  private final SampleGroup[] sampleGroups;

  /** [sample]: inputs that are not 0. */
  final int[] activeCount;

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

  RateDense(CpuRateNetwork network, int number) {
    super(network, number);
    this.network = network;
    int batch = network.placement.batch();
    sampleGroups = new SampleGroup[TileKernels.padded(batch) / TileKernels.COLUMNS];
    Arrays.setAll(sampleGroups, k -> new SampleGroup(weights.inputs));
    activeCount = new int[batch];
  }

  /** Transposes the inputs, group by group; returns the number of groups. */
  int transpose() {
    int groups = TileKernels.padded(network.count) / TileKernels.COLUMNS;
    network.workers.run(
        groups,
        (item, worker) -> {
          SampleGroup group = sampleGroups[item];
          int first = item * TileKernels.COLUMNS;
          int columns = Math.min(TileKernels.COLUMNS, network.count - first);
          Arrays.fill(activeCount, first, first + columns, 0);
          group.count = 0;
          for (int input = 0; input < weights.inputs; input++) {
            transposeInput(input, first, columns, group);
          }
          for (int sample = first; sample < first + columns; sample++) {
            network.activeInputs[worker][number] += activeCount[sample];
          }
        });
    return groups;
  }

  private void transposeInput(int input, int first, int columns, SampleGroup group) {
    float[] values = network.values[number];
    int stride = network.strides[number];
    int at = group.count * TileKernels.COLUMNS;
    int active = 0;
    for (int column = 0; column < columns; column++) {
      float x = values[(first + column) * stride + input];
      group.x[at + column] = x;
      int notZero = x == 0f ? 0 : 1;
      activeCount[first + column] += notZero;
      active |= notZero;
    }
    Arrays.fill(group.x, at + columns, at + TileKernels.COLUMNS, 0f);
    group.ids[group.count] = input;
    group.count += active;
  }

  /** Currents of a tile for the samples of a group, [sample of the group][width]. */
  void integrate(int groupNumber, int tile, float[] z) {
    SampleGroup group = sampleGroups[groupNumber];
    network.kernels.integrate(
        group.x, group.ids, 0, group.count, TileKernels.COLUMNS, weights, tile, z);
  }

  @Override
  void forward(boolean credited) {
    int sampleGroupCount = transpose();
    int groups = groups();
    network.workers.run(
        groups * sampleGroupCount,
        (item, worker) -> {
          int endTile = Math.min(weights.tiles, (item % groups + 1) * TILE_GROUP);
          for (int tile = item % groups * TILE_GROUP; tile < endTile; tile++) {
            forwardTile(item / groups, tile, credited, worker);
          }
        });
  }

  private void forwardTile(int groupNumber, int tile, boolean credited, int worker) {
    float[] z = network.scratch[worker].z[0];
    integrate(groupNumber, tile, z);
    float[] values = network.values[number + 1];
    int stride = network.strides[number + 1];
    int first = groupNumber * TileKernels.COLUMNS;
    int end = Math.min(network.count, first + TileKernels.COLUMNS);
    for (int sample = first; sample < end; sample++) {
      int at = (sample - first) * weights.width;
      network.activate(this, tile, sample, 0, z, at, credited);
      System.arraycopy(z, at, values, sample * stride + tile * weights.width, weights.width);
      if (credited) {
        network.synapseUpdates[worker][number] +=
            (long) network.markAlive(credit, tile, sample) * activeCount[sample];
      }
    }
  }

  @Override
  void copyEmitted(int sample, float[] target) {
    System.arraycopy(
        network.values[number + 1], sample * network.strides[number + 1], target, 0, weights.units);
  }

  @Override
  void listRows(InputRows range, int from, int to) {
    range.listValues(network.values[number], network.strides[number], network.count, from, to);
  }

  @Override
  void learnRows(InputRows range, int firstTile, int endTile, OptimizerStep step) {
    network.kernels.learnValues(
        range, network.gain(number), credit, weights, firstTile, endTile, step);
  }
}
