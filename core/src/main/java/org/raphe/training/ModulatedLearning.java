package org.raphe.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceStream;
import org.raphe.learning.BatchStep;
import org.raphe.modulation.LearningModulation;
import org.raphe.modulation.LevelCourse;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;
import org.raphe.tensor.TensorSpec;

/**
 * A run's learning under modulators: what a batch's answers make of levels, and these of its rates.
 * Levels are part of the run's state.
 */
final class ModulatedLearning {
  private static final String LEVELS = "levels";
  private static final String COURSE = "course";

  private final PlacedNetwork placed;
  private final LearningModulation modulation;
  private final LevelCourse course;
  private final boolean none;

  /** Goes on from {@code start}, or begins there. */
  ModulatedLearning(
      TrainingPlan plan, ExperienceStream stream, PlacedNetwork placed, TrainingState start) {
    this.placed = placed;
    none = plan.modulation().isNone();
    modulation = none ? null : new LearningModulation(plan.modulation(), plan.placement());
    course = none ? null : course(plan, stream, start.modulation(), start.stepsDone());
    if (!none) {
      modulation.restore(start.modulation().values(LEVELS));
    }
  }

  /** The state of a run before any batch. */
  static NamedTensors initial(TrainingPlan plan) {
    if (plan.modulation().isNone()) {
      return new NamedTensors(Map.of());
    }
    LearningModulation begun = new LearningModulation(plan.modulation(), plan.placement());
    return state(begun, new LevelCourse(1));
  }

  /** The course of a state. */
  static LevelCourse course(
      TrainingPlan plan, ExperienceStream stream, NamedTensors state, long batches) {
    LevelCourse course = course(plan, stream);
    course.restore(state.values(COURSE), batches);
    return course;
  }

  private static LevelCourse course(TrainingPlan plan, ExperienceStream stream) {
    long longest = 1;
    for (Experience experience : stream.learned()) {
      longest = Math.max(longest, plan.batchesPerEpoch(experience.train().length));
    }
    return new LevelCourse(LevelCourse.batchesOfRow(longest));
  }

  /** Names and shapes of the state after so many batches. */
  static List<TensorSpec> specs(TrainingPlan plan, ExperienceStream stream, long batches) {
    return plan.modulation().isNone()
        ? List.of()
        : List.of(
            new TensorSpec(LEVELS, List.of(LearningModulation.stateSize())),
            new TensorSpec(COURSE, course(plan, stream).shape(batches)));
  }

  NamedTensors state() {
    return none ? new NamedTensors(Map.of()) : state(modulation, course);
  }

  private static NamedTensors state(LearningModulation modulation, LevelCourse course) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(LEVELS, modulation.state());
    tensors.put(COURSE, course.state());
    return new NamedTensors(tensors);
  }

  /** Before a batch: signals that follow from a level. */
  void broadcast() {
    modulation.broadcast(placed);
  }

  /**
   * Learns the batch that was answered, by rates that follow from how.
   *
   * @param answered what was counted since the batch began
   * @param step which layers learn, and by which steps where nothing is modulated
   */
  void learn(Counters answered, int count, BatchStep step) {
    int hits = Math.toIntExact(answered.hits());
    modulation.observe(hits, count);
    course.note(modulation, (float) (count - hits) / count);
    int hidden = placed.placement().network().layers().size() - 1;
    BatchSchedule.learn(
        placed, step.times(modulation.hiddenFactor(), modulation.readoutFactor(), hidden));
  }
}
