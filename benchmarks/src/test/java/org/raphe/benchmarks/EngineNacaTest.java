package org.raphe.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.benchmarks.EngineSettings.Units;
import org.raphe.data.Samples;
import org.raphe.datasets.GeneratedImages;
import org.raphe.network.InputShape;

/** Both networks learn separable images, and unusable input ends in one clear line. */
@EnabledIf(
    value = "org.raphe.engine.PyTorchEngine#isAvailable",
    disabledReason = "the PyTorch engine does not load here")
class EngineNacaTest {

  @ParameterizedTest
  @EnumSource(Units.class)
  void learnsSeparableImages(Units units) {
    Samples samples = GeneratedImages.of(2000, 5);
    EngineSettings settings = new EngineSettings(units, 200, 32, 10, 2, 2e-3f, 3);
    int onePass = samples.size() / settings.batch();
    try (EngineNaca naca = new EngineNaca(settings, samples)) {
      naca.train(onePass);
      EngineTiming second = naca.train(onePass);
      assertEquals((long) onePass * settings.batch(), second.samples());
      assertTrue(second.seconds() > 0);
      assertTrue(second.accuracy() > 0.8, "accuracy of the second pass: " + second.accuracy());
    }
  }

  @ParameterizedTest
  @EnumSource(Units.class)
  void noArrayOutlivesItsBatch(Units units) {
    EngineSettings settings = new EngineSettings(units, 5, 8, 4, 1, 1e-3f, 1);
    try (EngineNaca naca = new EngineNaca(settings, GeneratedImages.of(20, 1))) {
      int before = naca.lastingArrays();
      assertTrue(before > 0);
      naca.train(5);
      assertEquals(before, naca.lastingArrays());
    }
  }

  @Test
  void trainsOnBlankImages() {
    InputShape shape = new InputShape(28, 28, 1);
    Samples blank = Samples.ofPixels("blank", shape, 10, new byte[4 * 784], new int[] {0, 1, 2, 3});
    EngineSettings settings = new EngineSettings(Units.SPIKING, 5, 4, 3, 1, 1e-3f, 1);
    try (EngineNaca naca = new EngineNaca(settings, blank)) {
      assertEquals(8, naca.train(2).samples());
    }
  }

  @Test
  void trainsWithASingleTimeStepAndMoreThanOneOrder() {
    EngineSettings settings = new EngineSettings(Units.SPIKING, 5, 8, 1, 1, 1e-3f, 1);
    try (EngineNaca naca = new EngineNaca(settings, GeneratedImages.of(20, 1))) {
      assertEquals(40, naca.train(5).samples());
    }
  }

  @Test
  void refusesFloatFeaturesAndFewerSamplesThanABatch() {
    Samples floats = Samples.ofFeatures("f", InputShape.vector(1), 2, new float[64], new int[64]);
    EngineSettings settings = EngineSettings.published(Units.RATE, 1);
    assertThrows(InputException.class, () -> new EngineNaca(settings, floats));
    Samples few = GeneratedImages.of(31, 1);
    assertThrows(InputException.class, () -> new EngineNaca(settings, few));
  }
}
