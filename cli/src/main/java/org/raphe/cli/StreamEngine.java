package org.raphe.cli;

import java.util.List;
import org.raphe.backend.Consolidation;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.cost.BackpropagationCost;
import org.raphe.cost.ConsolidationCost;
import org.raphe.cost.PublishedCost;
import org.raphe.result.ConsolidationResult;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** What a stream costs that is learned on the tensor engine. */
final class StreamEngine {
  private StreamEngine() {}

  /** Wall time of what is not in any pass: measuring Fisher information. */
  static double secondsBeside(TrainingState end) {
    Consolidation kept = Consolidation.in(end.network());
    return kept == null ? 0 : kept.seconds();
  }

  /**
   * What learning cost.
   *
   * @param samples training samples of all passes
   */
  static CostEntry cost(
      TrainingPlan plan, ExperienceStream stream, TrainingState end, long samples) {
    BackpropagationCost learning =
        BackpropagationCost.of(
            plan.network(), plan.learning(), plan.steps(), plan.batch(), samples, end.stepsDone());
    boolean consolidates = plan.learning().rule().consolidates();
    ConsolidationCost consolidation = consolidates ? consolidation(plan, stream, end) : null;
    return CostEntry.ofEngine(
        new EngineCost(learning, consolidation, plan.network().neuron()),
        consolidation == null ? null : measured(consolidation, end),
        PublishedCost.ofStreamEpoch(plan.network(), plan.learning().rule()));
  }

  private static ConsolidationResult measured(ConsolidationCost cost, TrainingState end) {
    return new ConsolidationResult(
        cost.samples(), secondsBeside(end), largestFisher(end), cost.stateBytes());
  }

  /** Null where no experience was followed by another, and F was not measured. */
  private static Float largestFisher(TrainingState end) {
    Consolidation kept = Consolidation.in(end.network());
    return kept == null || kept.samples() == 0 ? null : kept.largestFisher();
  }

  /** Of every experience but the last, after which nothing is learned. */
  private static ConsolidationCost consolidation(
      TrainingPlan plan, ExperienceStream stream, TrainingState end) {
    List<Experience> past = stream.learned().subList(0, stream.learned().size() - 1);
    long samples = past.stream().mapToLong(each -> each.train().length).sum();
    long batches = past.stream().mapToLong(each -> batches(plan, each.train().length)).sum();
    long penalised = 0;
    for (ExperienceMetrics metrics : end.finished()) {
      if (metrics.experience() > 1) {
        for (ExperienceMetrics.Pass pass : metrics.passes()) {
          penalised += batches(plan, pass.train().samples());
        }
      }
    }
    return ConsolidationCost.of(
        plan.network(), plan.steps(), samples, batches, past.size(), penalised);
  }

  private static long batches(TrainingPlan plan, long samples) {
    return (samples + plan.batch() - 1) / plan.batch();
  }
}
