package org.raphe.cli;

import java.io.PrintWriter;
import java.util.Optional;
import org.raphe.baseline.StreamBaseline;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.result.RunResult;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code raphe continual}: learns a stream of experiences and writes a run folder. */
@Command(
    name = "continual",
    resourceBundle = "org.raphe.cli.ContinualDefaults",
    description =
        "Class-continual learning: learns a stream of experiences with one head, no task label and no replay, tests all of them after each, and writes a run folder.",
    footer = {
      "  raphe continual --dataset mnist --rule naca-competitive",
      "  raphe continual --dataset mnist --baseline class-mean"
    })
final class ContinualCommand extends LearningCommand {
  @Mixin ContinualOptions continual;

  @Override
  public Integer call() {
    Optional<StreamBaseline> analytic = continual.stream.analytic();
    if (analytic.isPresent()) {
      return new AnalyticRun(this, analytic.get()).call();
    }
    BaselineOptions.refuse(spec);
    return super.call();
  }

  @Override
  public void check(Dataset loaded, boolean here) {
    Optional<StreamBaseline> analytic = continual.stream.analytic();
    if (analytic.isPresent()) {
      new AnalyticRun(this, analytic.get()).stream(split(loaded));
      return;
    }
    BaselineOptions.refuse(spec);
    super.check(loaded, here);
  }

  @Override
  TrainingPlan plan(Dataset dataset) {
    return continual.plan(dataset, learning);
  }

  @Override
  ExperienceStream stream(Dataset dataset) {
    return continual.stream.of(dataset, learning.presentation.seed);
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
  RunResult result(LearnedRun learned) {
    return new ContinualResult(
            learned.plan(),
            learned.stream(),
            continual.baseline(),
            learned.end(),
            learned.end().matrix(learned.stream()),
            learned.confusion(),
            learned.exampleSpikes(),
            learned.environment(measuredOn()))
        .content(learned.features());
  }

  @Override
  void print(LearnedRun learned, PrintWriter target) {
    new ContinualSummary(
            learned.plan().protocol(),
            ContinualResult.protocolNote(learned.plan()),
            learned.stream(),
            learned.end().matrix(learned.stream()),
            measuredOn())
        .print(target, learned.end().parameters().sha256(), learned.folder().path());
  }
}
