package org.raphe.cli;

import java.util.Locale;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.Confusion;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;
import org.raphe.data.FeatureScaling;
import org.raphe.result.ExampleSpikes;
import org.raphe.result.RunResult;
import org.raphe.result.StreamOutcome;
import org.raphe.result.StreamTask;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/**
 * What a finished stream writes down.
 *
 * @param matrix the accuracies at the end
 * @param confusion which class is taken for which at the end
 * @param spikes of one sample at the end; null of rate units
 */
record ContinualResult(
    TrainingPlan plan,
    ExperienceStream stream,
    StreamOptions.Baseline baseline,
    TrainingState end,
    AccuracyMatrix matrix,
    Confusion confusion,
    ExampleSpikes spikes,
    RunEnvironment environment) {
  private static final String LEAK =
      "Protocol published: every test batch holds one class, and the gate of the hidden units is made from the batch's mean input, so the batch tells the network the class that is to be told."
          + " One sample at a time (--protocol strict) gives no such hint; compare these figures with published ones only.";

  private static final String NO_GATE =
      "The network has no gate, so its results do not depend on how test samples are batched.";

  private static final String OWN_GATE =
      "The gate of a sample is made from that sample alone, so results do not depend on how test samples are batched.";

  /** What a plan's protocol means for its figures; null where there is nothing to say. */
  static String protocolNote(TrainingPlan plan) {
    if (!plan.gated()) {
      return plan.network().columns().isPresent() ? OWN_GATE : NO_GATE;
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
    boolean descends = plan.learning().rule().descends();
    return new RunResult(
        RunResult.FORMAT,
        "continual",
        environment.runId(),
        environment.dataUsed(),
        plan.network().text(),
        plan.network().neuron().toString(),
        LearningEntry.activation(plan.network()),
        plan.learning().rule().name(),
        descends ? LearningEntry.optimizer(plan) : null,
        LearningEntry.ofStream(plan, stream, features),
        plan.seed(),
        environment.backendUsed(),
        task(),
        EpochEntry.of(end.finished(), environment),
        environment.ofTest(accuracy),
        environment.ofValidation(accuracy),
        ConfusionEntry.of(confusion, environment.measuredOn()),
        spikes,
        new StreamOutcome(
            matrix.rows(), StreamEntry.metrics(matrix), WeightChangeEntry.of(end.finished())),
        null,
        null,
        LevelEntry.of(plan, stream, end),
        null,
        end.parameters().sha256(),
        new ContinualCost(plan, stream, end).of(environment.energyUsed()),
        environment.provenance());
  }

  private StreamTask task() {
    return new StreamTask(
        plan.protocol().toString(),
        protocolNote(plan),
        baseline.name().toLowerCase(Locale.ROOT),
        StreamEntry.experiences(stream, matrix, environment));
  }
}
