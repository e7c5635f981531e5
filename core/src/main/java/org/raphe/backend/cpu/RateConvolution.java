package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Convolution;
import org.raphe.network.InputShape;

/** A convolution of rate units on the CPU, a row of sites at a time. */
final class RateConvolution extends ConvolutionLayer {
  /** Items that a sample's rows are shared out in. */
  private static final int BLOCKS = 4;

  /** Inputs that learn in one item at most: five stripes of their sums fit a core's own cache. */
  private static final int INPUTS = 200;

  /** A multiple of what loops take at a time. */
  private static final int TOGETHER = 5;

  /** Items a worker in which weights learn, where there are enough. */
  private static final int ITEMS = 4;

  private final CpuRateNetwork network;
  private final InputPlanes planes;
  private final Room[] rooms;

  /** [sample]; null until it learns. */
  private final LearningSites[] learning;

  /** [sample * sites + site]: inputs of its window that are not 0. */
  private final int[] seen;

  /** What the units emit, before pooling: [sample][site][channel]. */
  private final float[] emitted;

  /** One worker's memory. */
  private static final class Room {
    /** [site of a row][width]. */
    final float[] z;

    /** [row][column] of the input: channels that are not 0. */
    final int[] active;

    /** [input of some][width]. */
    final StripeSums stripes;

    Room(InputShape input, InputShape map, int width) {
      z = new float[Math.max(TileKernels.COLUMNS, map.columns()) * width];
      active = new int[input.rows() * input.columns()];
      stripes = new StripeSums(INPUTS * width);
    }
  }

  RateConvolution(CpuRateNetwork network, int number, Convolution form) {
    super(network, number, form);
    this.network = network;
    planes = new InputPlanes(form, network.placement.batch());
    seen = new int[Math.multiplyExact(network.placement.batch(), sites)];
    emitted = new float[Math.multiplyExact(network.placement.batch(), shape.units())];
    learning = new LearningSites[network.placement.batch()];
    rooms = new Room[network.workers.count()];
    Arrays.setAll(rooms, k -> new Room(input, map, weights.width));
  }

  @Override
  void forward(boolean credited) {
    network.workers.run(network.count, this::take);
    int size = (map.rows() + BLOCKS - 1) / BLOCKS;
    network.workers.run(
        network.count * BLOCKS,
        (item, worker) -> {
          int from = item % BLOCKS * size;
          int end = Math.min(map.rows(), from + size);
          for (int tile = 0; tile < weights.tiles; tile++) {
            for (int row = from; row < end; row++) {
              forwardRow(item / BLOCKS, row, tile, credited, worker);
            }
          }
        });
    network.workers.run(network.count, (sample, worker) -> finish(sample, credited));
  }

  /** Lays out a sample and counts its inputs. */
  private void take(int sample, int worker) {
    float[] values = network.values[number];
    int from = sample * network.strides[number];
    planes.fill(sample, values, from, 1f);
    int[] active = rooms[worker].active;
    for (int place = 0; place < active.length; place++) {
      int at = from + place * input.channels();
      active[place] = network.kernels.countNotZero(values, at, input.channels());
    }
    network.activeInputs[worker][number] += planes.countSeen(active, seen, sample * sites);
  }

  private void forwardRow(int sample, int row, int tile, boolean credited, int worker) {
    float[] z = rooms[worker].z;
    network.kernels.integrateSites(planes, sample, row, weights, tile, z);
    int width = Math.min(weights.width, weights.units - tile * weights.width);
    int together = weights.units == weights.width ? map.columns() : 1;
    for (int column = 0; column < map.columns(); column += together) {
      int site = row * map.columns() + column;
      int at = column * weights.width;
      network.activate(this, tile, sample, site, together, z, at, credited);
      int unit = site * weights.units + tile * weights.width;
      System.arraycopy(z, at, emitted, sample * shape.units() + unit, together * width);
    }
    for (int column = 0; credited && column < map.columns(); column++) {
      int place = sample * sites + row * map.columns() + column;
      network.synapseUpdates[worker][number] +=
          (long) network.markAlive(credit, tile, place) * seen[place];
    }
  }

  private void finish(int sample, boolean credited) {
    for (int site = 0; credited && weights.tiles > 1 && site < sites; site++) {
      credit.unite(0, weights.tiles, sample * sites + site);
    }
    handOn(sample);
  }

  private void handOn(int sample) {
    float[] handed = network.values[number + 1];
    int to = sample * network.strides[number + 1];
    int from = sample * shape.units();
    if (!form.pooled()) {
      System.arraycopy(emitted, from, handed, to, shape.units());
      return;
    }
    for (int row = 0; row < output.rows(); row++) {
      for (int column = 0; column < output.columns(); column++) {
        int at = from + 2 * (row * map.columns() + column) * map.channels();
        average(at, handed, to);
        to += map.channels();
      }
    }
  }

  /** Averages the units of a pool, the first of which stand at {@code at}. */
  private void average(int at, float[] handed, int to) {
    float[] h = emitted;
    int channels = map.channels();
    int below = map.columns() * channels;
    for (int channel = 0; channel < channels; channel++) {
      float upper = h[at + channel] + h[at + channels + channel];
      float three = upper + h[at + below + channel];
      handed[to + channel] = (three + h[at + below + channels + channel]) * SHARE;
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

  /** Gradients some inputs at a time, which all stripes pass while their sums stay near. */
  @Override
  void learnWeights(OptimizerStep step) {
    network.workers.run(network.count, (sample, worker) -> list(sample));
    int items = ITEMS * network.workers.count();
    int even = (weights.inputs * weights.tiles + items - 1) / items;
    int size = Math.min(INPUTS, (even + TOGETHER - 1) / TOGETHER * TOGETHER);
    int blocks = (weights.inputs + size - 1) / size;
    network.workers.run(
        blocks * weights.tiles + 1,
        (item, worker) -> {
          if (item == blocks * weights.tiles) {
            learnBiases(terms(worker), step);
          } else {
            int first = item % blocks * size;
            int end = Math.min(weights.inputs, first + size);
            learnInputs(item / blocks, first, end, step, rooms[worker]);
          }
        });
  }

  /** Makes a sample ready to learn from. */
  private void list(int sample) {
    if (network.gain(number) != null) {
      int from = sample * network.strides[number];
      planes.fill(sample, network.values[number], from, gain(sample));
    }
    if (learning[sample] == null) {
      learning[sample] = new LearningSites(map);
    }
    listSites(sample, learning[sample]);
  }

  private void learnInputs(int tile, int first, int end, OptimizerStep step, Room room) {
    int size = (end - first) * weights.width;
    for (int place = 0; place < STRIPES; place++) {
      float[] sums = room.stripes.begin(size);
      for (int k = StripeSums.stripe(place); k < network.count; k += STRIPES) {
        network.kernels.addSites(
            planes, learning[k], first, end, credit, tile, sums, 0, weights.width);
      }
      room.stripes.end(place, size);
    }
    OptimizerUpdate.apply(
        step,
        room.stripes.take(),
        size,
        weights.weights,
        weights.firstMoments,
        weights.secondMoments,
        weights.row(tile, first));
  }

  /** Lists the sites of a sample that have a credit. */
  private void listSites(int sample, LearningSites learning) {
    learning.count = 0;
    for (int row = 0; row < map.rows(); row++) {
      learning.starts[row] = learning.count;
      int at = planes.at(sample, row);
      for (int column = 0; column < map.columns(); column++) {
        int place = sample * sites + row * map.columns() + column;
        if (credit.alive[credit.aliveAt(0, place)] != 0) {
          learning.add(at + column, credit.at(0, place));
        }
      }
    }
    learning.starts[map.rows()] = learning.count;
  }
}
