package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;
import org.raphe.learning.Optimizer;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.random.RandomStream;
import org.raphe.rule.Naca;

/** In classification mode a sample's outputs are the same bits whatever it is shown with. */
class BatchIndependenceTest {
  private static final int SIZE = 40;
  private static final int CLASSES = 6;

  @ParameterizedTest
  @CsvSource({
    "LIF, MEAN_SQUARED, plain",
    "LIF, MEAN_SQUARED, vector",
    "RATE, MEAN_SQUARED, plain",
    "RATE, MEAN_SQUARED, vector",
    "RATE, CROSS_ENTROPY, plain",
    "RATE, CROSS_ENTROPY, vector"
  })
  void outputsDoNotDependOnTheBatch(NeuronModel neuron, ReadoutLoss.Kind loss, String kernels) {
    NetworkCase given =
        new NetworkCase(
            "45-70-33-6",
            neuron,
            Mode.CLASSIFICATION,
            new Naca(),
            new ReadoutLoss(loss, 2f, ReadoutLoss.Credit.CHAIN),
            Optimizer.Adam.of(0.01f),
            neuron == NeuronModel.LIF ? 37 : 1,
            32,
            3);
    Samples samples = given.samples(SIZE);
    int[] ascending = new int[SIZE];
    Arrays.setAll(ascending, k -> k);
    try (CpuBackend backend = new CpuBackend(given.threads(), KernelChoice.named(kernels));
        PlacedNetwork placed = backend.place(given.placement());
        PlacedSamples shown = placed.placeSamples(samples)) {
      placed.writeParameters(given.parameters(3f));
      int[][] alone = outputs(placed, shown, ascending, 1);
      assertTrue(different(alone) > SIZE / 2, "outputs hardly tell samples apart");
      assertArrayEquals(alone, outputs(placed, shown, ascending, 3));
      assertArrayEquals(alone, outputs(placed, shown, ascending, 32));
      for (int size : new int[] {1, 3, 7, 32}) {
        assertArrayEquals(alone, outputs(placed, shown, shuffled(), size));
      }
    }
  }

  private static int[] shuffled() {
    int[] order = new int[SIZE];
    Arrays.setAll(order, k -> (k * 13 + 5) % SIZE);
    return order;
  }

  /** Bits of every sample's outputs, by sample. */
  private static int[][] outputs(
      PlacedNetwork placed, PlacedSamples samples, int[] order, int batch) {
    int[][] bits = new int[SIZE][CLASSES];
    for (int from = 0; from < SIZE; from += batch) {
      int count = Math.min(batch, SIZE - from);
      int stream = RandomStream.TEST_SPIKES.number(0);
      BatchSchedule.test(placed, samples, order, from, count, stream);
      float[] outputs = placed.readOutputs();
      for (int k = 0; k < count * CLASSES; k++) {
        bits[order[from + k / CLASSES]][k % CLASSES] = Float.floatToRawIntBits(outputs[k]);
      }
    }
    return bits;
  }

  private static int different(int[][] outputs) {
    Set<String> seen = new HashSet<>();
    for (int[] output : outputs) {
      seen.add(Arrays.toString(output));
    }
    return seen.size();
  }
}
