package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.Backend;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.network.InputShape;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.rule.Frozen;

/**
 * The engine is given the spikes that the CPU backend draws: units that repeat one input each make
 * those visible. Draws do not depend on T, so that windows of 1, 2, 3, ... steps tell every step.
 */
class InputSpikesTest {
  private static final int WIDTH = 10;
  private static final long SEED = 0x123456789abcL;
  private static final float SCALE = 0.7f;
  private static final int STREAM = RandomStream.TRAINING_SPIKES.number(3);
  private static final int[] ORDER = {4, 0, 3, 1, 2};
  private static final int FROM = 1;
  private static final int COUNT = 3;

  private static Samples samples() {
    Random random = new Random(1);
    float[] features = new float[ORDER.length * WIDTH];
    for (int k = 0; k < features.length; k++) {
      features[k] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
    }
    return Samples.ofFeatures(
        "features", InputShape.vector(WIDTH), 2, features, new int[ORDER.length]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 33})
  void areThoseOfTheCpuBackend(int steps) {
    int[] expected = repeated(steps);
    float[] drawn = new InputSpikes(SEED, steps, SCALE).draw(samples(), STREAM, ORDER, FROM, COUNT);
    assertEquals(steps * COUNT * WIDTH, drawn.length);
    int total = 0;
    for (int k = 0; k < expected.length; k++) {
      int found = 0;
      for (int t = 0; t < steps; t++) {
        found += (int) drawn[t * COUNT * WIDTH + k];
      }
      assertEquals(expected[k], found, "sample " + k / WIDTH + ", input " + k % WIDTH);
      total += found;
    }
    assertTrue(total > 0 && total < steps * COUNT * WIDTH, "spikes: " + total);
  }

  /** Spikes of units whose only weight, 1, is that of the input of their number. */
  private static int[] repeated(int steps) {
    NetworkSpec network =
        NetworkText.parse(WIDTH + "-" + WIDTH + "-2", NeuronModel.LIF, Mode.CLASSIFICATION);
    float[] identity = new float[WIDTH * WIDTH];
    for (int k = 0; k < WIDTH; k++) {
      identity[k * WIDTH + k] = 1f;
    }
    LearningSpec learning = LearningSpec.published(Mode.CLASSIFICATION, new Frozen());
    Placement placement = new Placement(network, learning, steps, COUNT, SCALE, 0f, SEED);
    try (Backend cpu = new CpuBackend(1);
        PlacedNetwork placed = cpu.place(placement);
        PlacedSamples given = placed.placeSamples(samples())) {
      placed.writeParameters(
          new Parameters(
              List.of(
                  new LayerParameters(identity, new float[WIDTH]),
                  new LayerParameters(new float[WIDTH * 2], new float[2]))));
      placed.beginBatch(given, ORDER, FROM, COUNT);
      placed.drawSpikes(STREAM);
      placed.hiddenLayer(0, false);
      return placed.readSpikeCounts(0);
    }
  }
}
