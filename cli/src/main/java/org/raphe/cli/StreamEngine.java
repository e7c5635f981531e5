package org.raphe.cli;

import java.io.PrintWriter;
import java.util.List;
import org.raphe.backend.Backend;
import org.raphe.backend.Consolidation;
import org.raphe.continual.ContinualPlan;
import org.raphe.continual.ContinualState;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.cost.BackpropagationCost;
import org.raphe.cost.ConsolidationCost;
import org.raphe.cost.PublishedCost;
import org.raphe.result.ConsolidationResult;

/**
 * A rule of an engine that learns a stream, and what it costs.
 *
 * @param rule bp, bptt or ewc
 * @param ewcLambda weight of the penalty; null unless the rule is ewc
 */
record StreamEngine(EngineRule rule, Double ewcLambda) {

  /**
   * The engine's part in a stream; null if hidden layers learn by a local rule.
   *
   * @param rule null if it is none of an engine
   */
  static StreamEngine of(EngineRule rule, EwcOptions ewc) {
    Double lambda = ewc.lambda(rule);
    return rule == null ? null : new StreamEngine(rule, lambda);
  }

  /** Opens it; the caller closes it. */
  Backend open(BackendOptions options, PrintWriter log) {
    return options.openEngine(rule, ewcLambda, log);
  }

  /** What a run must agree with to be continued. */
  String fingerprint() {
    return " by " + rule + (ewcLambda == null ? "" : " " + ewcLambda);
  }

  /** Wall time of what is not in any pass: measuring Fisher information. */
  static double secondsBeside(ContinualState end) {
    Consolidation kept = end.consolidation();
    return kept == null ? 0 : kept.seconds();
  }

  /**
   * What learning cost.
   *
   * @param samples training samples of all passes
   */
  CostEntry cost(ContinualPlan plan, ExperienceStream stream, ContinualState end, long samples) {
    BackpropagationCost learning =
        BackpropagationCost.of(
            plan.network(), plan.learning(), plan.steps(), plan.batch(), samples, end.stepsDone());
    ConsolidationCost consolidation = ewcLambda == null ? null : consolidation(plan, stream, end);
    return CostEntry.ofEngine(
        new EngineCost(learning, consolidation, plan.network().neuron()),
        consolidation == null ? null : measured(consolidation, end),
        PublishedCost.ofStreamEpoch(plan.network(), ewcLambda != null));
  }

  private static ConsolidationResult measured(ConsolidationCost cost, ContinualState end) {
    return new ConsolidationResult(
        cost.samples(), secondsBeside(end), largestFisher(end), cost.stateBytes());
  }

  /** Null where no experience was followed by another, and F was not measured. */
  private static Float largestFisher(ContinualState end) {
    return end.consolidation() == null ? null : end.consolidation().largestFisher();
  }

  /** Of every experience but the last, after which nothing is learned. */
  private static ConsolidationCost consolidation(
      ContinualPlan plan, ExperienceStream stream, ContinualState end) {
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

  private static long batches(ContinualPlan plan, long samples) {
    return (samples + plan.batch() - 1) / plan.batch();
  }
}
