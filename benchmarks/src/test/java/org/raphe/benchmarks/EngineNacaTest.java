package org.raphe.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.benchmarks.EngineSettings.Units;
import org.raphe.network.InputShape;
import org.raphe.training.Samples;

/** Both networks learn separable images, and unusable input ends in one clear line. */
class EngineNacaTest {

  @BeforeEach
  void needsEngine() {
    EngineNeeded.orSkip();
  }

  @ParameterizedTest
  @EnumSource(Units.class)
  void learnsSeparableImages(Units units) {
    Samples samples = EngineEpoch.generate(2000, 5);
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

  @Test
  void generatedImagesAreAsDenseAsMnist() {
    int set = 0;
    byte[] pixels = EngineEpoch.generate(500, 1).pixels();
    for (byte pixel : pixels) {
      set += pixel == 0 ? 0 : 1;
    }
    assertEquals(0.19, (double) set / pixels.length, 0.01);
  }

  @Test
  void refusesFloatFeaturesAndFewerSamplesThanABatch() {
    Samples floats = Samples.ofFeatures("f", InputShape.vector(1), 2, new float[64], new int[64]);
    EngineSettings settings = EngineSettings.published(Units.RATE, 1);
    assertThrows(InputException.class, () -> new EngineNaca(settings, floats));
    Samples few = EngineEpoch.generate(31, 1);
    assertThrows(InputException.class, () -> new EngineNaca(settings, few));
  }
}
