package org.raphe.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.InputException;
import org.raphe.backend.cpu.Workers;

/** Studies of some learners. */
class StudyRunTest {
  private static StudyPlan plan(int trials, int learners, Set<String> groups) {
    LearnerSettings settings = LearnerSettings.standard();
    List<StudyVariant> variants = new ArrayList<>();
    variants.add(StudyVariant.modulated(settings));
    variants.addAll(StudyVariant.beside(settings, groups));
    GoNoGo task = new GoNoGo(new SessionPlan(trials, 1), Shift.REVERSAL, RewardTable.STANDARD, 1);
    return new StudyPlan(task, learners, 1, variants);
  }

  private static List<String> digests(StudyPlan plan, CpuLearnerDevice.Kind kind, int threads) {
    try (Workers workers = new Workers(threads)) {
      CpuLearnerDevice device = new CpuLearnerDevice(kind, workers);
      return new StudyRun(plan, device, workers, new StudyListener() {})
          .run(StudyRun.initial())
          .digests();
    }
  }

  @Test
  void bitsDependNeitherOnLoopsNorOnThreads() {
    StudyPlan plan = plan(60, 9, Set.of("controls"));
    List<String> plain = digests(plan, CpuLearnerDevice.Kind.PLAIN, 1);
    assertEquals(5, plain.size());
    assertEquals(plain, digests(plan, CpuLearnerDevice.Kind.AUTO, 3));
  }

  @Test
  void withNoradrenalineAReversalIsLearnedAndWithoutItIsNot() {
    StudyPlan plan = plan(550, 12, Set.of());
    plan =
        new StudyPlan(
            plan.task(),
            12,
            1,
            List.of(
                plan.variants().get(0),
                StudyVariant.beside(LearnerSettings.standard(), Set.of("controls")).get(0)));
    try (Workers workers = new Workers(2)) {
      CpuLearnerDevice device = new CpuLearnerDevice(CpuLearnerDevice.Kind.AUTO, workers);
      StudyRun run = new StudyRun(plan, device, workers, new StudyListener() {});
      run.run(StudyRun.initial());
      StudyMeasures with = measures(run, plan, 0);
      StudyMeasures without = measures(run, plan, 1);
      assertTrue(with.criteria().get(0).reached().mean() >= 0.9);
      assertTrue(with.criteria().get(1).reached().mean() >= 0.5);
      assertTrue(without.criteria().get(1).reached().mean() <= 0.1);
      assertEquals(0, without.releases().mean());
      assertTrue(with.entropy().get(12).mean() > with.entropy().get(10).mean() + 0.2);
    }
  }

  private static StudyMeasures measures(StudyRun run, StudyPlan plan, int variant) {
    return StudyMeasures.of(
        run.record(variant), plan.task(), LearnerSettings.standard().release(), 25);
  }

  @Test
  void aStudyThatIsStoppedAndContinuedEndsWithTheSameBits(@TempDir Path folder) {
    StudyPlan plan = plan(60, 5, Set.of("controls"));
    List<String> whole = digests(plan, CpuLearnerDevice.Kind.PLAIN, 1);
    Path file = folder.resolve("checkpoint.safetensors");
    StudyState state = StudyRun.initial();
    int stops = 0;
    try (Workers workers = new Workers(1)) {
      CpuLearnerDevice device = new CpuLearnerDevice(CpuLearnerDevice.Kind.PLAIN, workers);
      while (state.variant() < plan.variants().size()) {
        StudyRun run =
            new StudyRun(
                plan,
                device,
                workers,
                new StudyListener() {
                  private int asked;

                  @Override
                  public boolean stopRequested() {
                    return ++asked == 2;
                  }

                  @Override
                  public void checkpoint(StudyState stopped) {
                    StudyCheckpoint.write(file, "this", stopped);
                  }
                });
        state = run.run(state);
        if (state.variant() < plan.variants().size()) {
          stops++;
          state = StudyCheckpoint.read(file, plan, "this");
        }
      }
    }
    assertTrue(stops >= 2);
    assertEquals(whole, state.digests());
    InputException other =
        assertThrows(InputException.class, () -> StudyCheckpoint.read(file, plan, "other"));
    assertTrue(other.getMessage().contains("other settings"));
  }

  @Test
  void aLoneLearnerDoesWhatThatOfAStudyDoes() {
    StudyPlan plan = plan(40, 3, Set.of());
    LearnerConstants constants = new LearnerConstants(LearnerSettings.standard(), 4);
    try (Workers workers = new Workers(1);
        PlacedLearners placed =
            new CpuLearnerDevice(CpuLearnerDevice.Kind.AUTO, workers)
                .placeLearners(constants, 3, 1)) {
      int[] words = new int[120];
      for (int k = 0; k < words.length; k++) {
        words[k] = plan.task().word(k % 3, k / 3);
      }
      placed.run(0, 40, words, plan.task().rewards(), new byte[120], 0);
      LoneLearner lone = new LoneLearner(LearnerSettings.standard(), 4, 1, 2);
      TaskEnvironment environment = new TaskEnvironment(plan.task(), 2);
      for (int trial = 0; trial < 40; trial++) {
        lone.live(environment);
      }
      float[] all = placed.readState().values("weights");
      assertArrayEquals(Arrays.copyOfRange(all, 2 * all.length / 3, all.length), lone.weights());
    }
  }

  @Test
  void noLearnersAndTooManyAreRefused() {
    assertThrows(InputException.class, () -> plan(40, 0, Set.of()));
    InputException many =
        assertThrows(InputException.class, () -> plan(40, 2_000_000_000, Set.of()));
    assertTrue(many.getMessage().contains("choose at most"));
  }
}
