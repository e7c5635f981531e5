package org.raphe.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.training.TrainingPlan;

class SpikeRasterTest {
  private static final int TESTS = 3;

  private static Samples samples() {
    Random random = new Random(3);
    float[] features = new float[12 * TESTS];
    for (int k = 0; k < features.length; k++) {
      features[k] = random.nextFloat();
    }
    return Samples.ofFeatures("small", InputShape.vector(12), 3, features, new int[] {2, 0, 1});
  }

  private static TrainingPlan plan(NeuronModel neuron, Mode mode, int steps) {
    var network = NetworkText.parse("12-20-7-3", neuron, mode);
    return TrainingPlan.builder(network).steps(steps).build();
  }

  private static Model model(TrainingPlan plan) {
    Parameters parameters = Parameters.draw(plan.network(), 5);
    return Model.of(plan, new FeatureScaling.Raw(), parameters);
  }

  /** Steps of one word and of two; by the step, up to each step, what a shorter window counts. */
  @ParameterizedTest
  @CsvSource({"CLASSIFICATION,8", "CLASSIFICATION,40", "CLASS_CONTINUAL,8"})
  void spikesAreThoseOfEveryShorterWindow(Mode mode, int steps) {
    SpikeRaster raster = SpikeRaster.of(model(plan(NeuronModel.LIF, mode, steps)), samples());
    assertEquals(2, raster.label());
    assertEquals(3, raster.layers().size());
    int spikes = 0;
    for (int window = 1; window <= steps; window++) {
      int[][] counts = counts(plan(NeuronModel.LIF, mode, window));
      for (int layer = 0; layer < 3; layer++) {
        SpikeRaster.Layer of = raster.layers().get(layer);
        assertEquals(counts[layer].length, of.units());
        for (int unit = 0; unit < of.units(); unit++) {
          int count = 0;
          for (int step = 0; step < window; step++) {
            count += of.spikes(unit, step) ? 1 : 0;
          }
          assertEquals(counts[layer][unit], count, layer + " " + unit + " " + window);
          spikes += count;
        }
      }
    }
    assertTrue(spikes > 0);
  }

  /** Spikes over a window, of the first of all samples shown together, or alone with a gate. */
  private static int[][] counts(TrainingPlan plan) {
    Model model = model(plan);
    int together = plan.network().mode() == Mode.CLASS_CONTINUAL ? 1 : TESTS;
    try (Backend backend = new CpuBackend(2);
        PlacedNetwork placed = backend.place(model.placement(TESTS));
        PlacedSamples shown = placed.placeSamples(samples())) {
      placed.writeParameters(model.parameters());
      int[] all = {0, 1, 2};
      BatchSchedule.test(placed, shown, all, 0, together, RandomStream.TEST_SPIKES.number(0));
      int[][] counts = new int[3][];
      for (int layer = 0; layer < 3; layer++) {
        int units = plan.network().layers().get(layer).units();
        counts[layer] = Arrays.copyOf(placed.readSpikeCounts(layer), units);
      }
      return counts;
    }
  }

  @Test
  void rateUnitsHaveNone() {
    Model rate = model(plan(NeuronModel.RATE, Mode.CLASSIFICATION, 1));
    assertThrows(IllegalArgumentException.class, () -> SpikeRaster.of(rate, samples()));
  }
}
