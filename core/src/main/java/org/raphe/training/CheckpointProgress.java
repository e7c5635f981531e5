package org.raphe.training;

import java.util.List;
import java.util.Map;
import org.raphe.backend.Counters;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Measurement;
import org.raphe.continual.Measuring;

/** The part of a {@link TrainingState} that is not tensors, as a checkpoint writes it. */
record CheckpointProgress(
    List<ExperienceMetrics> finished,
    List<ExperienceMetrics.Pass> passes,
    int passNumber,
    int samplesDone,
    long stepsDone,
    Counters running,
    double seconds,
    Map<String, Double> scalars) {

  static CheckpointProgress of(TrainingState state) {
    return new CheckpointProgress(
        state.finished(),
        state.passes(),
        state.passNumber(),
        state.samplesDone(),
        state.stepsDone(),
        state.running(),
        state.seconds(),
        state.network().scalars());
  }

  /**
   * Whether a run of this plan can stand here.
   *
   * @param kept scalars that the network keeps
   */
  boolean fits(TrainingPlan plan, ExperienceStream stream, Map<String, Double> kept) {
    return finished != null
        && passes != null
        && scalars != null
        && scalars.keySet().equals(kept.keySet())
        && scalars.values().stream().allMatch(CheckpointProgress::isCount)
        && fits(running, plan)
        && finishedFit(plan, stream)
        && placeFits(plan, stream);
  }

  private static boolean isCount(Double value) {
    return value != null && value >= 0 && Double.isFinite(value);
  }

  private boolean finishedFit(TrainingPlan plan, ExperienceStream stream) {
    int rows = stream.learned().size() + 1 - stream.firstRow();
    if (finished.size() > rows) {
      return false;
    }
    for (int row = 0; row < finished.size(); row++) {
      ExperienceMetrics metrics = finished.get(row);
      if (metrics == null
          || metrics.experience() != row + stream.firstRow()
          || metrics.passes().size() > plan.epochs()
          || metrics.passes().isEmpty() != (metrics.experience() == 0)
          || !fits(metrics.measured(), plan, stream)
          || !fit(metrics.passes(), plan, stream)) {
        return false;
      }
    }
    return fit(passes, plan, stream);
  }

  /**
   * Before the initial network is tested, within the experience at hand, or at its end; and as many
   * passes and steps into the stream as were done.
   */
  private boolean placeFits(TrainingPlan plan, ExperienceStream stream) {
    boolean initial = finished.size() + stream.firstRow() < 1;
    if (initial && (!passes.isEmpty() || samplesDone != 0)) {
      return false;
    }
    int atHand = Math.max(1, finished.size() + stream.firstRow());
    boolean done = atHand > stream.learned().size();
    int size = done ? 0 : stream.learned().get(atHand - 1).train().length;
    boolean shown = !done && passes.size() == plan.epochs();
    if (passes.size() > (done ? 0 : plan.epochs())
        || samplesDone < 0
        || samplesDone > (shown ? 0 : size)
        || (samplesDone % plan.batch() != 0 && samplesDone != size)) {
      return false;
    }
    long allPasses = 1;
    long steps = plan.batchesPerEpoch(samplesDone);
    for (Experience experience : stream.learned()) {
      int row = experience.number() - stream.firstRow();
      int learned = row < finished.size() ? finished.get(row).passes().size() : 0;
      learned += experience.number() == atHand ? passes.size() : 0;
      allPasses += learned;
      steps += learned * plan.batchesPerEpoch(experience.train().length);
    }
    return passNumber == allPasses && stepsDone == steps;
  }

  private static boolean fit(
      List<ExperienceMetrics.Pass> passes, TrainingPlan plan, ExperienceStream stream) {
    boolean measured = stream.measuring() == Measuring.EACH_PASS;
    return passes.stream()
        .allMatch(
            pass ->
                pass != null
                    && fits(pass.train(), plan)
                    && (measured ? fits(pass.measured(), plan, stream) : pass.measured() == null));
  }

  private static boolean fits(Measurement measured, TrainingPlan plan, ExperienceStream stream) {
    return measured != null
        && measured.hits() != null
        && measured.hits().length == stream.tested().size()
        && fits(measured.counted(), plan);
  }

  private static boolean fits(Counters counters, TrainingPlan plan) {
    int depth = plan.network().layers().size();
    return counters != null
        && counters.activeInputs() != null
        && counters.activeInputs().length == depth
        && counters.synapseUpdates() != null
        && counters.synapseUpdates().length == depth;
  }
}
