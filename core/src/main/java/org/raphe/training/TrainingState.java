package org.raphe.training;

import java.util.List;
import org.raphe.backend.Counters;
import org.raphe.network.Parameters;

/**
 * Where a run stands between two batches: enough to continue it to the same bits.
 *
 * @param epoch the epoch at hand, from 1; epochs + 1 when all are done
 * @param samplesDone samples of this epoch that were learned
 * @param stepsDone optimizer steps so far
 * @param running counted in this epoch so far
 * @param seconds wall time of learning in this epoch so far
 * @param finished epochs that are done
 * @param parameters weights and biases
 * @param firstMoments the optimizers' first moments
 * @param secondMoments the optimizers' second moments
 */
public record TrainingState(
    int epoch,
    int samplesDone,
    long stepsDone,
    Counters running,
    double seconds,
    List<EpochMetrics> finished,
    Parameters parameters,
    Parameters firstMoments,
    Parameters secondMoments) {

  public TrainingState {
    finished = List.copyOf(finished);
  }

  /** The beginning of a run. */
  public static TrainingState initial(TrainingPlan plan) {
    return new TrainingState(
        1,
        0,
        0,
        Counters.zero(plan.network().layers().size()),
        0,
        List.of(),
        Parameters.draw(plan.network(), plan.seed()),
        Parameters.zeros(plan.network()),
        Parameters.zeros(plan.network()));
  }
}
