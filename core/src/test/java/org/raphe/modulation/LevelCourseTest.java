package org.raphe.modulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.raphe.backend.Placement;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.neuromodulation.Modulator;
import org.raphe.rule.Naca;

class LevelCourseTest {
  private static LearningModulation modulation() {
    return new LearningModulation(
        ModulationSettings.usual(Set.of(Modulator.DOPAMINE)),
        new Placement(
            NetworkText.parse("6-5-10", NeuronModel.RATE, Mode.CLASSIFICATION),
            LearningSpec.published(Mode.CLASSIFICATION, new Naca()),
            1,
            10,
            1f,
            0f,
            1));
  }

  @Test
  void aRowIsTheMeanOfItsBatchesAndTheLastMayHaveFewer() {
    LevelCourse course = new LevelCourse(3);
    LearningModulation modulation = modulation();
    double[] levels = new double[7];
    for (int batch = 0; batch < 7; batch++) {
      modulation.observe(batch, 10);
      course.note(modulation, 1f - batch / 10f);
      levels[batch] = 0.4 - (1 - batch / 10.0);
      assertEquals(batch / 3 + 1, course.size());
      assertEquals(course.state().shape(), course.shape(batch + 1));
    }
    assertEquals(
        (levels[3] + levels[4] + levels[5]) / 3, course.level(1, Modulator.DOPAMINE), 1e-6);
    assertEquals(levels[6], course.level(2, Modulator.DOPAMINE), 1e-6);
    assertEquals(0.4, course.accuracy(1), 1e-6);
    assertEquals(6, course.firstBatch(2));
    assertEquals(1, course.readoutFactor(2), 0);
    assertEquals(1 - levels[6], course.hiddenFactor(2), 1e-6);
  }

  @Test
  void itGoesOnFromAnyState() {
    for (int stop = 0; stop < 9; stop++) {
      LevelCourse whole = new LevelCourse(2);
      LevelCourse parts = new LevelCourse(2);
      LearningModulation modulation = modulation();
      for (int batch = 0; batch < 9; batch++) {
        if (batch == stop) {
          LevelCourse next = new LevelCourse(2);
          next.restore(parts.state().values(), batch);
          parts = next;
        }
        modulation.observe(batch, 10);
        whole.note(modulation, 0.5f);
        parts.note(modulation, 0.5f);
      }
      assertArrayEquals(whole.state().values(), parts.state().values(), "stopped at " + stop);
    }
  }

  @Test
  void itStaysSmallHoweverLongAPass() {
    assertEquals(1, LevelCourse.batchesOfRow(500));
    assertEquals(2, LevelCourse.batchesOfRow(501));
    assertEquals(4, LevelCourse.batchesOfRow(1875));
  }
}
