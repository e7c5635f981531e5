package org.raphe.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.result.RunResult;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code raphe train}: trains a network, measures it after each epoch and writes a run folder. */
@Command(
    name = "train",
    description = "Trains a network, measures it after each epoch and writes a run folder.")
final class TrainCommand extends LearningCommand {
  @Mixin LearningOptions learning;

  @Override
  TrainingPlan plan(Dataset dataset) {
    return learning.plan(dataset);
  }

  @Override
  ExperienceStream stream(Dataset dataset) {
    return ExperienceStream.whole(dataset);
  }

  @Override
  RuleOptions ruleOptions() {
    return learning.rule;
  }

  @Override
  long seed() {
    return learning.seed;
  }

  @Override
  String folderName(TrainingPlan plan) {
    return String.join(
        "-",
        data.shortName(),
        plan.learning().rule().name(),
        plan.network().neuron().toString(),
        "seed" + plan.seed());
  }

  @Override
  RunResult result(LearnedRun learned) {
    return new TrainResult(learned.plan(), learned.end(), learned.environment(measuredOn()))
        .content();
  }

  @Override
  void print(LearnedRun learned, PrintWriter target) {
    List<ExperienceMetrics.Pass> epochs = learned.end().allPasses();
    ExperienceMetrics.Pass last = epochs.get(epochs.size() - 1);
    target.printf(
        Locale.ROOT,
        "%s accuracy %.4f after %d epochs; weights %s; run folder %s%n",
        measuredOn(),
        last.test().accuracy(),
        last.epoch(),
        learned.end().parameters().sha256().substring(0, 16),
        learned.folder().path());
  }
}
