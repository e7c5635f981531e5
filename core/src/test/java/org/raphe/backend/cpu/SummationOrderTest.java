package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.learning.Optimizer;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Dense;
import org.raphe.network.LayerParameters;

/**
 * Every sum has one written order, whichever loops run: bias, then inputs ascending; samples
 * ascending, then steps. Terms of very different size make any other order give other bits.
 */
class SummationOrderTest {
  private static final OptimizerStep PROBE = new Optimizer.GradientProbe().step(1, 1f);

  private final SplittableRandom random = new SplittableRandom(12);

  private float[] terms(int count) {
    float[] terms = new float[count];
    for (int k = 0; k < count; k++) {
      terms[k] = (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-12, 12)));
    }
    return terms;
  }

  private static TileKernels kernels(String name) {
    return KernelChoice.named(name).kernels();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void currentsRunFromTheBiasOverInputsAscending(String name) {
    TiledLayer layer = new TiledLayer(new Dense(9, 20, true));
    float[] weights = terms(9 * 20);
    float[] biases = terms(20);
    layer.write(new LayerParameters(weights, biases));
    float[] x = terms(9 * TileKernels.COLUMNS);
    int[] ids = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    float[] z = new float[TileKernels.COLUMNS * layer.width];
    kernels(name).integrate(x, ids, 0, 9, TileKernels.COLUMNS, layer, 0, z);
    for (int column = 0; column < TileKernels.COLUMNS; column++) {
      for (int unit = 0; unit < 20; unit++) {
        float sum = biases[unit];
        for (int input = 0; input < 9; input++) {
          sum = Math.fma(x[input * TileKernels.COLUMNS + column], weights[input * 20 + unit], sum);
        }
        assertEquals(sum, z[column * layer.width + unit]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void gradientsOfSpikesRunOverSamplesThenSteps(String name) {
    int samples = 4;
    int steps = 40;
    TiledLayer layer = new TiledLayer(new Dense(1, 16, true));
    Credit credit = new Credit(layer, samples, steps);
    System.arraycopy(terms(credit.values.length), 0, credit.values, 0, credit.values.length);
    SpikeTrains trains = new SpikeTrains(samples, 1, 1, steps);
    for (int sample = 0; sample < samples; sample++) {
      credit.alive[credit.aliveAt(0, sample)] = -1;
      credit.alive[credit.aliveAt(0, sample) + 1] = 0xFF;
      trains.trains[trains.at(sample, 0)] = random.nextInt();
      trains.trains[trains.at(sample, 1)] = random.nextInt() & 0xFF;
    }
    InputRows rows = new InputRows();
    rows.listSpikes(trains, samples, 0, 1);
    kernels(name).learnSpikes(rows, null, null, credit, layer, 0, 1, PROBE);
    kernels(name).learnBiases(credit, null, samples, layer, 0, PROBE);
    for (int unit = 0; unit < 16; unit++) {
      assertEquals(sum(credit, trains, samples, unit), layer.firstMoments[unit]);
      assertEquals(sum(credit, null, samples, unit), layer.biasFirstMoments[unit]);
    }
  }

  /** Plain adds where the input spiked, or everywhere for a bias. */
  private static float sum(Credit credit, SpikeTrains trains, int samples, int unit) {
    float sum = 0f;
    for (int sample = 0; sample < samples; sample++) {
      for (int t = 0; t < credit.steps; t++) {
        int word = trains == null ? -1 : trains.trains[trains.at(sample, t / 32)];
        if ((word >>> (t % 32) & 1) != 0) {
          sum += credit.values[credit.at(0, sample) + t * credit.width + unit];
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "vector"})
  void gradientsOfValuesRunOverSamples(String name) {
    int samples = 30;
    TiledLayer layer = new TiledLayer(new Dense(1, 64, true));
    Credit credit = new Credit(layer, samples, 1);
    System.arraycopy(terms(credit.values.length), 0, credit.values, 0, credit.values.length);
    float[] x = terms(samples);
    InputRows rows = new InputRows();
    rows.listValues(x, 1, samples, 0, 1);
    kernels(name).learnValues(rows, null, credit, layer, 0, 1, PROBE);
    float[] ascending = new float[64];
    float[] descending = new float[64];
    for (int k = 0; k < samples; k++) {
      for (int unit = 0; unit < 64; unit++) {
        int last = samples - 1 - k;
        ascending[unit] = Math.fma(x[k], credit.values[k * 64 + unit], ascending[unit]);
        descending[unit] = Math.fma(x[last], credit.values[last * 64 + unit], descending[unit]);
      }
    }
    assertArrayEquals(ascending, layer.firstMoments);
    assertNotEquals(ascending[0], descending[0], "the terms do not tell orders apart");
  }
}
