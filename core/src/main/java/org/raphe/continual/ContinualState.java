package org.raphe.continual;

import java.util.List;
import org.raphe.backend.Consolidation;
import org.raphe.backend.Counters;
import org.raphe.network.Parameters;

/**
 * Where a stream stands between two batches: enough to continue it to the same bits.
 *
 * @param finished row 0 and every experience learned and tested so far
 * @param passes finished passes of the experience at hand
 * @param passNumber number of the pass at hand over the whole stream, from 1
 * @param samplesDone samples of this pass that were learned
 * @param stepsDone optimizer steps so far
 * @param running counted in this pass so far
 * @param seconds wall time of learning in this pass so far
 * @param parameters weights and biases
 * @param firstMoments the optimizers' first moments
 * @param secondMoments the optimizers' second moments
 * @param inverseCorrelation P of a read-out that learns by recursive least squares, else null
 * @param atStart weights and biases when the experience at hand began
 * @param consolidation what the rule keeps of past experiences; null if nothing
 */
public record ContinualState(
    List<ExperienceMetrics> finished,
    List<ExperienceMetrics.Pass> passes,
    int passNumber,
    int samplesDone,
    long stepsDone,
    Counters running,
    double seconds,
    Parameters parameters,
    Parameters firstMoments,
    Parameters secondMoments,
    float[] inverseCorrelation,
    Parameters atStart,
    Consolidation consolidation) {

  public ContinualState {
    finished = List.copyOf(finished);
    passes = List.copyOf(passes);
  }

  /** The beginning of a stream: nothing learned, nothing tested. */
  public static ContinualState initial(ContinualPlan plan) {
    Parameters drawn = plan.placement().initialParameters();
    return new ContinualState(
        List.of(),
        List.of(),
        1,
        0,
        0,
        Counters.zero(plan.network().layers().size()),
        0,
        drawn,
        Parameters.zeros(plan.network()),
        Parameters.zeros(plan.network()),
        plan.placement().initialInverseCorrelation(),
        drawn,
        null);
  }

  /** Whether every experience of the stream is learned and tested. */
  public boolean isDone(ExperienceStream stream) {
    return finished.size() == stream.learned().size() + 1;
  }

  /** R so far. */
  public AccuracyMatrix matrix(ExperienceStream stream) {
    return new AccuracyMatrix(
        stream.tested().stream().map(Experience::testSize).toList(),
        finished.stream().map(ExperienceMetrics::hits).toList());
  }
}
