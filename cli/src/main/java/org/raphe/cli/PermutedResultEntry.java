package org.raphe.cli;

import java.util.ArrayList;
import java.util.List;
import org.raphe.backend.Counters;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.cost.Cost;
import org.raphe.cost.PublishedCost;
import org.raphe.data.FeatureScaling;
import org.raphe.result.CostResult;
import org.raphe.result.PermutedResult;
import org.raphe.result.RunResult;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** What a finished stream of permuted features writes down. */
record PermutedResultEntry(
    TrainingPlan plan, ExperienceStream stream, TrainingState end, RunEnvironment environment) {
  private static final PublishedCost NO_EPOCHS =
      new PublishedCost(
          null, "the paper's count goes by epochs, which a stream shown once has not");

  private static final int TENTHS = 10;

  /**
   * The content of result.json.
   *
   * @param features what was done to features
   */
  RunResult content(FeatureScaling features) {
    return new RunResult(
        RunResult.FORMAT,
        "permuted",
        environment.runId(),
        environment.dataUsed(),
        plan.network().text(),
        plan.network().neuron().toString(),
        LearningEntry.activation(plan.network()),
        plan.learning().rule().name(),
        LearningEntry.optimizer(plan),
        LearningEntry.ofTraining(plan, stream, features),
        plan.seed(),
        environment.backendUsed(),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        tasks(),
        LevelEntry.of(plan, stream, end),
        null,
        end.parameters().sha256(),
        cost(),
        environment.provenance());
  }

  /** The entry {@code permuted_stream}. */
  PermutedResult tasks() {
    List<Double> accuracy = new ArrayList<>();
    List<List<Double>> weights = new ArrayList<>();
    for (int layer = 0; layer < plan.network().layers().size(); layer++) {
      weights.add(new ArrayList<>());
    }
    for (ExperienceMetrics task : end.finished()) {
      accuracy.add(rounded(task.passes().get(0).train().accuracy()));
    }
    // What a task begins with is what the one before left; after the last stand the end's weights.
    for (int layer = 0; layer < weights.size(); layer++) {
      for (ExperienceMetrics task : end.finished().subList(1, end.finished().size())) {
        weights.get(layer).add(rounded(task.changes().get(layer).meanBefore()));
      }
      weights.get(layer).add(rounded(meanSize(end.parameters().layers().get(layer).weights())));
    }
    int tenth = Math.max(1, accuracy.size() / TENTHS);
    return new PermutedResult(
        accuracy.size(),
        stream.learned().get(0).train().length,
        accuracy,
        mean(accuracy),
        mean(accuracy.subList(0, tenth)),
        mean(accuracy.subList(accuracy.size() - tenth, accuracy.size())),
        weights);
  }

  private static double mean(List<Double> values) {
    return rounded(values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }

  private static double meanSize(float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += Math.abs(weight);
    }
    return sum / weights.length;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  private CostResult cost() {
    Counters counted = Counters.zero(plan.network().layers().size());
    double seconds = 0;
    for (ExperienceMetrics task : end.finished()) {
      counted = counted.plus(task.passes().get(0).train());
      seconds += task.passes().get(0).seconds();
    }
    CostEntry learning =
        plan.learning().rule().needsEngine()
            ? StreamEngine.cost(plan, stream, end, counted.samples())
            : CostEntry.ofLocalRule(
                Cost.ofTraining(
                    plan.network(), plan.learning(), plan.steps(), counted, end.stepsDone()),
                plan.network().neuron());
    return learning.with(end.network(), seconds, environment.energyUsed(), NO_EPOCHS, null);
  }
}
