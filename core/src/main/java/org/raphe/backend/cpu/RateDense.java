package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.learning.OptimizerStep;

/** A dense layer of rate units on the CPU, a group of samples at a time. */
final class RateDense extends DenseLayer {
  /** Items that a batch is shared out in at least, where it has so many tiles and groups. */
  private static final int ITEMS = 16;

  private final CpuRateNetwork network;
  private final SampleGroup[] sampleGroups;

  /** [worker][sample][width]: currents of a tile. */
  private final float[][] currents;

  /** [sample]: inputs that are not 0. */
  final int[] activeCount;

  RateDense(CpuRateNetwork network, int number) {
    super(network, number);
    this.network = network;
    int batch = network.placement.batch();
    sampleGroups = new SampleGroup[SampleGroup.groups(batch)];
    Arrays.setAll(sampleGroups, k -> new SampleGroup(weights.inputs));
    int room = Math.multiplyExact(sampleGroups.length * SampleGroup.SIZE, weights.width);
    currents = new float[network.workers.count()][room];
    activeCount = new int[batch];
  }

  /** Transposes the inputs, group by group; returns the number of groups. */
  int transpose() {
    int groups = SampleGroup.groups(network.count);
    network.workers.run(
        groups,
        (item, worker) -> {
          int first = item * SampleGroup.SIZE;
          int samples = Math.min(SampleGroup.SIZE, network.count - first);
          float[] values = network.values[number];
          int stride = network.strides[number];
          sampleGroups[item].take(values, stride, first, samples, activeCount);
          for (int sample = first; sample < first + samples; sample++) {
            network.activeInputs[worker][number] += activeCount[sample];
          }
        });
    return groups;
  }

  /**
   * Currents of a tile for groups {@code first..end-1}, [sample of these][width]: block by block of
   * inputs, whose weights stay near while all groups pass.
   */
  void integrate(int first, int end, int tile, float[] z) {
    for (int sample = 0; sample < (end - first) * SampleGroup.SIZE; sample++) {
      weights.beginCurrents(tile, z, sample * weights.width);
    }
    for (int block = 0; block < sampleGroups[first].blocks(); block++) {
      for (int k = first; k < end; k++) {
        SampleGroup group = sampleGroups[k];
        int at = (k - first) * SampleGroup.SIZE * weights.width;
        network.kernels.integrateSamples(
            group, group.starts[block], group.starts[block + 1], weights, tile, z, at);
      }
    }
  }

  @Override
  void forward(boolean credited) {
    int groups = transpose();
    int parts = Math.min(groups, (ITEMS + weights.tiles - 1) / weights.tiles);
    network.workers.run(
        weights.tiles * parts,
        (item, worker) -> {
          int part = item / weights.tiles;
          int first = groups * part / parts;
          forwardTile(first, groups * (part + 1) / parts, item % weights.tiles, credited, worker);
        });
  }

  private void forwardTile(int firstGroup, int endGroup, int tile, boolean credited, int worker) {
    float[] z = currents[worker];
    integrate(firstGroup, endGroup, tile, z);
    float[] values = network.values[number + 1];
    int stride = network.strides[number + 1];
    int first = firstGroup * SampleGroup.SIZE;
    int end = Math.min(network.count, endGroup * SampleGroup.SIZE);
    for (int sample = first; sample < end; sample++) {
      int at = (sample - first) * weights.width;
      network.activate(this, tile, sample, 0, 1, z, at, credited);
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
