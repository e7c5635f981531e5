package org.raphe.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ExperienceStream;
import org.raphe.rule.AssociativeReadout;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.Tensor;

/** A stream that competing columns learn. */
class CompetitiveStreamTest {
  private static final int NEVER = Integer.MAX_VALUE - 1;
  private static final String INVERSE = "inverse_correlation";

  @TempDir Path folder;

  /** Through a file each time, with P. */
  @ParameterizedTest
  @EnumSource
  void stoppedAnywhereItEndsWithTheSameBits(AssociativeReadout readout) {
    TrainingState end =
        SameStream.assertResumes(SmallStream.competitive(readout), folder.resolve("checkpoint"));
    assertEquals(readout == AssociativeReadout.RLS, end.network().tensors().has(INVERSE));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasLearnedIsKept(AssociativeReadout readout) {
    TrainingPlan plan = SmallStream.competitive(readout);
    ExperienceStream stream = SmallStream.stream(SmallStream.dataset());
    TrainingState end = SmallStream.run(plan, TrainingState.initial(plan), NEVER);
    AccuracyMatrix matrix = end.matrix(stream);
    for (int tested = 0; tested < 2; tested++) {
      assertTrue(matrix.rows().get(2).get(tested) > 0.9, matrix.rows().toString());
    }
  }

  /** A rule without a learning rate names what may be smaller instead. */
  @Test
  void divergenceNamesTheAmnesia() {
    TrainingPlan plan = SmallStream.competitive(AssociativeReadout.WINNER);
    TrainingState start = TrainingState.initial(plan);
    start.parameters().layers().get(0).weights()[0] = Float.NaN;
    assertFails(
        RunException.class,
        () -> SmallStream.run(plan, start, NEVER),
        "diverged",
        "a smaller amnesia");
  }

  private static void write(Path file, SafeTensors from, String name, Tensor instead)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(from.tensors());
    assertNotNull(tensors.remove(name), name);
    if (instead != null) {
      tensors.put(name, instead);
    }
    new SafeTensors(from.metadata(), tensors).write(file);
  }

  @Test
  void aCheckpointWithoutItsInverseIsRefused() throws IOException {
    TrainingPlan plan = SmallStream.competitive(AssociativeReadout.RLS);
    Path file = folder.resolve("checkpoint");
    TrainingState stopped = SmallStream.run(plan, TrainingState.initial(plan), 5);
    Checkpoint.write(file, plan.network(), "here", stopped);
    SafeTensors sound = SafeTensors.read(file);
    Tensor inverse = sound.tensors().get(INVERSE);
    assertEquals(List.of(8, 8), inverse.shape());
    assertArrayEquals(stopped.network().tensors().values(INVERSE), inverse.values());
    float[] nan = inverse.values().clone();
    nan[9] = Float.NaN;
    float[] other = inverse.values().clone();
    other[9] += 1;
    assertRefused(sound, null, plan, "holds no tensor \"" + INVERSE + "\"");
    Tensor narrow = new Tensor(List.of(4, 16), inverse.values());
    assertRefused(sound, narrow, plan, "of shape [4, 16]");
    Tensor small = new Tensor(List.of(2, 2), new float[4]);
    assertRefused(sound, small, plan, "of shape [2, 2]");
    assertRefused(sound, new Tensor(List.of(8, 8), nan), plan, "NaN in \"" + INVERSE);
    assertRefused(sound, new Tensor(List.of(8, 8), other), plan, "damaged");
  }

  private void assertRefused(SafeTensors sound, Tensor instead, TrainingPlan plan, String why)
      throws IOException {
    Path file = folder.resolve("damaged " + why.hashCode());
    write(file, sound, INVERSE, instead);
    assertFails(
        InputException.class, () -> SmallStream.read(file, plan, "here"), file.toString(), why);
  }
}
