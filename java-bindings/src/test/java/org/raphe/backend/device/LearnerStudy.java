package org.raphe.backend.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.raphe.agent.AgentSettings;
import org.raphe.agent.CpuLearnerDevice;
import org.raphe.agent.GoNoGo;
import org.raphe.agent.LearnerDevice;
import org.raphe.agent.LearnerSettings;
import org.raphe.agent.NoradrenalineLevers;
import org.raphe.agent.OtherModulators;
import org.raphe.agent.ReleaseSettings;
import org.raphe.agent.RewardTable;
import org.raphe.agent.SessionPlan;
import org.raphe.agent.Shift;
import org.raphe.agent.StudyListener;
import org.raphe.agent.StudyPlan;
import org.raphe.agent.StudyRun;
import org.raphe.agent.StudyState;
import org.raphe.agent.StudyVariant;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.Workers;

/** Studies of Go/No-Go that every device must end with the same bits. */
public final class LearnerStudy {
  private static final long SEED = (long) 3 << 32 | 7;

  private LearnerStudy() {}

  /** All controls, levers and rules of release beside the standard settings. */
  public static StudyPlan whole(Shift shift, int learners, int trials) {
    LearnerSettings standard = LearnerSettings.standard();
    List<StudyVariant> variants = new ArrayList<>();
    variants.add(StudyVariant.modulated(standard));
    variants.addAll(StudyVariant.beside(standard, Set.copyOf(StudyVariant.GROUPS)));
    variants.add(StudyVariant.modulated(unusual()));
    GoNoGo task = new GoNoGo(new SessionPlan(trials, 1), shift, RewardTable.STANDARD, SEED);
    return new StudyPlan(task, learners, SEED, variants);
  }

  /**
   * All four modulators, other sizes, more steps than a group has work-items, a critic's bursts.
   */
  private static LearnerSettings unusual() {
    AgentSettings agent =
        new AgentSettings(
            70, 7, 12, 5, 0.35f, 0.75f, 0.9f, 0.04f, 0.12f, 1.5f, 0.4f, 10f, 40f, 0.03f, 0.02f, 10f,
            0.1f, 3f, 0.9f, 0.05f);
    return new LearnerSettings(
        agent,
        new NoradrenalineLevers(0.3f, 0.9f, 0.1f, 2f, 1.2f, 30, 0.8f),
        ReleaseSettings.standard(),
        new OtherModulators(true, 50f, true, 50f, 0.1f));
  }

  /** One learner of few units, for a simulator: more steps than a group has work-items. */
  private static StudyPlan small() {
    AgentSettings agent =
        new AgentSettings(
            66, 2, 2, 1, 0.4f, 0.8f, 0.3f, 0.05f, 0.2f, 1.5f, 0.4f, 10f, 40f, 0.1f, 0.1f, 10f, 0f,
            3f, 0.9f, 0.05f);
    LearnerSettings standard = LearnerSettings.standard();
    return unshifted(
        1, new LearnerSettings(agent, standard.levers(), standard.release(), standard.others()));
  }

  private static StudyPlan unshifted(int learners, LearnerSettings settings) {
    GoNoGo task = new GoNoGo(new SessionPlan(20, 0), Shift.REVERSAL, RewardTable.STANDARD, SEED);
    return new StudyPlan(task, learners, SEED, List.of(StudyVariant.modulated(settings)));
  }

  /** What small studies on a backend end with, a study a line. */
  public static List<String> observe(Backend backend) {
    List<String> lines = new ArrayList<>(observeSmall(backend));
    lines.addAll(on(backend, unshifted(2, unusual())).digests());
    lines.addAll(on(backend, unshifted(2, LearnerSettings.standard())).digests());
    return lines;
  }

  /** What the smallest study on a backend ends with. */
  public static List<String> observeSmall(Backend backend) {
    return on(backend, small()).digests();
  }

  private static StudyState on(Backend backend, StudyPlan plan) {
    return backend instanceof DeviceBackend device ? run(plan, device.learners()) : expected(plan);
  }

  /** What a study on the processor's plain loops ends with. */
  public static StudyState expected(StudyPlan plan) {
    try (Workers workers = new Workers(1)) {
      return run(plan, new CpuLearnerDevice(CpuLearnerDevice.Kind.PLAIN, workers));
    }
  }

  /** What a study on a device ends with. */
  public static StudyState run(StudyPlan plan, LearnerDevice device) {
    return run(plan, device, StudyRun.initial(), Integer.MAX_VALUE);
  }

  /** Runs from a state until so many looks have found no wish to stop. */
  public static StudyState run(StudyPlan plan, LearnerDevice device, StudyState start, int looks) {
    try (Workers workers = new Workers(1)) {
      return new StudyRun(plan, device, workers, new StopAfter(looks)).run(start);
    }
  }

  private static final class StopAfter implements StudyListener {
    private int left;

    StopAfter(int looks) {
      left = looks;
    }

    @Override
    public boolean stopRequested() {
      return left-- <= 0;
    }
  }
}
