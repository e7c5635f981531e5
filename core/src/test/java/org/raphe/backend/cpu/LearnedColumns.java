package org.raphe.backend.cpu;

import java.util.Arrays;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;
import org.raphe.network.LayerParameters;
import org.raphe.network.Parameters;

/** Columns on the CPU that learn what they are given, and what they then hold. */
final class LearnedColumns implements AutoCloseable {
  final PlacedNetwork placed;
  private final CpuBackend backend;
  private final ColumnsCase given;

  /** Columns that have learned nothing. */
  LearnedColumns(ColumnsCase given) {
    this.given = given;
    backend = new CpuBackend(given.threads());
    placed = backend.place(given.placement());
    placed.writeState(given.placement().initialState());
  }

  /** Learns samples in an order, in batches of the placement's size. */
  LearnedColumns learn(Samples samples, int[] order) {
    try (PlacedSamples shown = placed.placeSamples(samples)) {
      for (int from = 0; from < order.length; from += given.batch()) {
        int count = Math.min(given.batch(), order.length - from);
        BatchSchedule.train(placed, shown, order, from, count, 0, 1, 1);
      }
    }
    return this;
  }

  /** Bits of each sample's outputs, by sample. */
  int[][] outputs(Samples samples, int[] order, int batch) {
    int classes = samples.classes();
    int[][] outputs = new int[order.length][];
    try (PlacedSamples shown = placed.placeSamples(samples)) {
      for (int from = 0; from < order.length; from += batch) {
        int count = Math.min(batch, order.length - from);
        BatchSchedule.test(placed, shown, order, from, count, 0);
        int[] bits = ReferenceColumns.bits(placed.readOutputs());
        for (int k = 0; k < count; k++) {
          outputs[order[from + k]] = Arrays.copyOfRange(bits, k * classes, (k + 1) * classes);
        }
      }
    }
    return outputs;
  }

  Parameters parameters() {
    return placed.readParameters();
  }

  float[] biases() {
    return parameters().layers().get(0).biases();
  }

  /** [unit]: n at centres, lambda at directions. */
  float[] tallies() {
    return tallies(placed);
  }

  /** [unit], from a network's state: n at centres, lambda at directions. */
  static float[] tallies(PlacedNetwork placed) {
    NetworkState state = placed.readState();
    float[] wins = state.tensors().values(NetworkState.WINS);
    int units = placed.placement().network().layers().get(0).units();
    int size = units / wins.length;
    float[] tallies = new float[units];
    for (int unit = 0; unit < units; unit++) {
      int column = unit / size;
      tallies[unit] =
          unit % size == 0
              ? wins[column]
              : state.tensors().values(NetworkState.LENGTHS)[unit - column - 1];
    }
    return tallies;
  }

  /** n of every column. */
  float[] wins() {
    float[] tallies = tallies();
    float[] wins = new float[given.columns()];
    for (int m = 0; m < wins.length; m++) {
      wins[m] = tallies[m * given.competition().column()];
    }
    return wins;
  }

  /** The synapses to a unit. */
  float[] vector(int unit) {
    return vector(parameters().layers().get(0), unit);
  }

  static float[] vector(LayerParameters layer, int unit) {
    int units = layer.biases().length;
    float[] vector = new float[layer.weights().length / units];
    for (int input = 0; input < vector.length; input++) {
      vector[input] = layer.weights()[input * units + unit];
    }
    return vector;
  }

  /** 0, 1, 2, ... */
  static int[] ascending(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, k -> k);
    return order;
  }

  /** Samples of a class, ascending. */
  static int[] ofClass(Samples samples, int label) {
    return Arrays.stream(ascending(samples.size()))
        .filter(sample -> samples.label(sample) == label)
        .toArray();
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (double) a[k] * b[k];
    }
    return sum;
  }

  @Override
  public void close() {
    placed.close();
    backend.close();
  }
}
