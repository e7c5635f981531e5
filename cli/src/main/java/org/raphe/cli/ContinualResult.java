package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ContinualMetric;
import org.raphe.continual.ContinualPlan;
import org.raphe.continual.ContinualState;
import org.raphe.continual.Experience;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;
import org.raphe.data.FeatureScaling;
import org.raphe.result.ExperienceList;
import org.raphe.result.MetricResult;
import org.raphe.result.RunResult;
import org.raphe.result.StreamOutcome;
import org.raphe.result.StreamTask;
import org.raphe.training.LearningRateSchedule;

/**
 * What a finished stream writes down.
 *
 * @param engine the engine that learned; null if the plan's rule is what taught hidden layers
 * @param matrix the accuracies at the end
 */
record ContinualResult(
    ContinualPlan plan,
    StreamEngine engine,
    ExperienceStream stream,
    StreamOptions.Baseline baseline,
    ContinualState end,
    AccuracyMatrix matrix,
    RunEnvironment environment) {
  private static final String LEAK =
      "Protocol published: every test batch holds one class, and the gate of the hidden units is made from the batch's mean input, so the batch tells the network the class that is to be told."
          + " One sample at a time (--protocol strict) gives no such hint; compare these figures with published ones only.";

  private static final String NO_GATE =
      "The network has no gate, so its results do not depend on how test samples are batched.";

  private static final String OWN_GATE =
      "The gate of a sample is made from that sample alone, so results do not depend on how test samples are batched.";

  /** What a plan's protocol means for its figures; null where there is nothing to say. */
  static String protocolNote(ContinualPlan plan) {
    if (!plan.gated()) {
      return plan.learning().competition() == null ? NO_GATE : OWN_GATE;
    }
    return plan.protocol() == Protocol.PUBLISHED ? LEAK : null;
  }

  /**
   * The content of result.json.
   *
   * @param features what was done to features
   */
  RunResult content(FeatureScaling features) {
    double accuracy = matrix.pooled(matrix.learned(), matrix.experiences());
    boolean descends = plan.learning().competition() == null;
    return new RunResult(
        RunResult.FORMAT,
        "continual",
        environment.dataUsed(),
        plan.network().text(),
        plan.network().neuron().toString(),
        (engine == null ? plan.learning().rule() : engine.rule()).toString(),
        descends ? LearningEntry.optimizer(plan.learning(), LearningRateSchedule.CONSTANT) : null,
        LearningEntry.of(plan, features, engine == null ? null : engine.ewcLambda()),
        plan.seed(),
        environment.backendUsed(),
        task(),
        EpochEntry.of(end.finished(), environment),
        environment.ofTest(accuracy),
        environment.ofValidation(accuracy),
        new StreamOutcome(matrix.rows(), metrics(), WeightChangeEntry.of(end.finished())),
        end.parameters().sha256(),
        new ContinualCost(plan, engine, stream, end).of(environment.energyUsed()),
        environment.provenance());
  }

  private StreamTask task() {
    return new StreamTask(
        plan.protocol().toString(),
        protocolNote(plan),
        baseline.name().toLowerCase(Locale.ROOT),
        new ExperienceList(
            stream.order().classes(),
            stream.classesPerExperience(),
            stream.learned().stream().map(Experience::classes).toList(),
            stream.learned().stream().map(each -> each.train().length).toList(),
            stream.tested().stream().map(Experience::classes).toList(),
            environment.ofTest(matrix.samples()),
            environment.ofValidation(matrix.samples())));
  }

  private Map<String, MetricResult> metrics() {
    Map<String, MetricResult> metrics = new LinkedHashMap<>();
    for (ContinualMetric metric : ContinualMetric.of(matrix)) {
      metrics.put(
          metric.name(), new MetricResult(metric.value(), metric.formula(), metric.reason()));
    }
    return metrics;
  }
}
