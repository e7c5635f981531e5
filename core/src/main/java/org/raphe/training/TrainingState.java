package org.raphe.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.modulation.LevelCourse;
import org.raphe.network.Parameters;
import org.raphe.tensor.NamedTensors;

/**
 * Where a run stands between two batches: enough to continue it to the same bits.
 *
 * @param finished row 0, where the stream has one, and every experience learned and tested so far
 * @param passes finished passes of the experience at hand
 * @param passNumber number of the pass at hand over the whole stream, from 1
 * @param samplesDone samples of this pass that were learned
 * @param stepsDone optimizer steps so far
 * @param running counted in this pass so far
 * @param seconds wall time of learning in this pass so far
 * @param network all that the network has learned and keeps
 * @param atStart weights and biases when the experience at hand began
 * @param modulation levels of modulators and their course so far; empty where there are none
 */
public record TrainingState(
    List<ExperienceMetrics> finished,
    List<ExperienceMetrics.Pass> passes,
    int passNumber,
    int samplesDone,
    long stepsDone,
    Counters running,
    double seconds,
    NetworkState network,
    Parameters atStart,
    NamedTensors modulation) {

  private static final NamedTensors NONE = new NamedTensors(Map.of());

  public TrainingState {
    finished = List.copyOf(finished);
    passes = List.copyOf(passes);
  }

  /** Of a run without modulators. */
  public TrainingState(
      List<ExperienceMetrics> finished,
      List<ExperienceMetrics.Pass> passes,
      int passNumber,
      int samplesDone,
      long stepsDone,
      Counters running,
      double seconds,
      NetworkState network,
      Parameters atStart) {
    this(
        finished,
        passes,
        passNumber,
        samplesDone,
        stepsDone,
        running,
        seconds,
        network,
        atStart,
        NONE);
  }

  /** The beginning of a run on a backend that keeps no more than the plan's rule does. */
  public static TrainingState initial(TrainingPlan plan) {
    return initial(plan, plan.placement().initialState());
  }

  /**
   * The beginning of a run: nothing learned, nothing tested.
   *
   * @param network the state before any sample: {@link org.raphe.backend.Backend#initialState}
   */
  public static TrainingState initial(TrainingPlan plan, NetworkState network) {
    Counters none = Counters.zero(plan.network().layers().size());
    NamedTensors levels = ModulatedLearning.initial(plan);
    return new TrainingState(
        List.of(), List.of(), 1, 0, 0, none, 0, network, network.parameters(), levels);
  }

  /**
   * Levels over the run so far.
   *
   * @throws IllegalStateException of a run without modulators
   */
  public LevelCourse levels(TrainingPlan plan, ExperienceStream stream) {
    if (plan.modulation().isNone()) {
      throw new IllegalStateException("a run without modulators has no levels");
    }
    return ModulatedLearning.course(plan, stream, modulation, stepsDone);
  }

  /** Weights and biases. */
  public Parameters parameters() {
    return network.parameters();
  }

  /**
   * Accuracy over all test samples when they were last tested.
   *
   * @throws IllegalStateException if they were not tested yet
   */
  public double testAccuracy() {
    if (!passes.isEmpty() && passes.get(passes.size() - 1).measured() != null) {
      return passes.get(passes.size() - 1).test().accuracy();
    }
    if (finished.isEmpty()) {
      throw new IllegalStateException("nothing was tested yet; run the trainer first");
    }
    return finished.get(finished.size() - 1).test().accuracy();
  }

  /** Whether every experience of the stream is learned and tested. */
  public boolean isDone(ExperienceStream stream) {
    return finished.size() + stream.firstRow() > stream.learned().size();
  }

  /** R so far, of a stream whose initial network is measured. */
  public AccuracyMatrix matrix(ExperienceStream stream) {
    return AccuracyMatrix.of(stream, finished);
  }

  /** Finished passes of all experiences. */
  public List<ExperienceMetrics.Pass> allPasses() {
    List<ExperienceMetrics.Pass> all = new ArrayList<>();
    finished.forEach(metrics -> all.addAll(metrics.passes()));
    all.addAll(passes);
    return all;
  }
}
