package org.raphe.cli;

import java.io.PrintWriter;
import java.util.Map;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code raphe continual}: learns a stream of experiences and writes a run folder. */
@Command(
    name = "continual",
    description =
        "Class-continual learning: learns a stream of experiences with one head, no task label and no replay, tests all of them after each, and writes a run folder.")
final class ContinualCommand extends LearningCommand {
  @Mixin ContinualOptions continual;

  @Override
  TrainingPlan plan(Dataset dataset) {
    return continual.plan(dataset);
  }

  @Override
  ExperienceStream stream(Dataset dataset) {
    return continual.stream(dataset);
  }

  @Override
  RuleOptions ruleOptions() {
    return continual.rule;
  }

  @Override
  long seed() {
    return continual.seed;
  }

  @Override
  String folderName(TrainingPlan plan) {
    return String.join(
        "-",
        "continual",
        data.shortName(),
        plan.protocol().toString(),
        plan.learning().rule().name(),
        plan.network().neuron().toString(),
        "seed" + plan.seed());
  }

  @Override
  Map<String, Object> result(LearnedRun learned) {
    return of(learned)
        .json(
            learned.dataset(),
            learned.features(),
            learned.backend(),
            learned.energy(),
            learned.started());
  }

  @Override
  void print(LearnedRun learned, PrintWriter target) {
    of(learned).print(target, learned.folder().path());
  }

  private ContinualResult of(LearnedRun learned) {
    return new ContinualResult(
        learned.plan(), learned.stream(), continual.baseline(), measuredOn(), learned.end());
  }
}
