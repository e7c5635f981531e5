package org.raphe.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.raphe.InputException;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.result.RunResult;
import org.raphe.rule.Rule;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingPlanBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code raphe train}: trains a network, measures it after each epoch and writes a run folder. */
@Command(
    name = "train",
    resourceBundle = "org.raphe.cli.TrainDefaults",
    description = "Trains a network, measures it after each epoch and writes a run folder.",
    footer = {
      "  raphe train --dataset mnist --epochs 3",
      "  raphe train --dataset photos/ --neuron rate --rule local-error"
    })
final class TrainCommand extends LearningCommand {
  /** The margin that a model without a gate is written with. */
  private static final float NO_GATE = 0f;

  @Mixin LabelNoiseOptions noise;
  @Mixin LayerOptions layers;

  @Override
  Dataset split(Dataset loaded) {
    return noise.apply(super.split(loaded), learning.presentation.seed);
  }

  @Override
  TrainingPlan plan(Dataset dataset) {
    scaling.refuseCount();
    NeuronModel units = learning.network.neuron(NeuronModel.LIF);
    Rule rule = rule();
    NetworkSpec network =
        learning.network.activated(
            learning.network.spec(
                dataset, units, Mode.CLASSIFICATION, learning.hidden(NetworkOptions.HIDDEN)));
    Preset preset = Preset.ofTraining(learning.preset, network, data.isSpeech());
    scaling.standardised(data.isSpeech() && Preset.standardises(learning.preset, units));
    learning.presentation.otherwise(Preset.passes(learning.preset, data.isSpeech()));
    TrainingPlanBuilder plan =
        TrainingPlan.builder(network)
            .learning(learning.learning(rule, units, preset))
            .schedule(learning.optimizer.schedule(preset))
            .layers(layers.schedules(network))
            .gateMargin(NO_GATE);
    learning.presentation.set(plan, network);
    return plan.build();
  }

  /** The rule of one run, which is no stream. */
  private Rule rule() {
    Rule rule = learning.rule.rule();
    if (rule.needsStream()) {
      throw new InputException(
          "--rule "
              + rule.name()
              + " learns streams, and train has one experience; choose raphe continual --rule "
              + rule.name()
              + ", with --baseline joint for all classes at once");
    }
    return rule;
  }

  @Override
  ExperienceStream stream(Dataset dataset) {
    return ExperienceStream.whole(dataset);
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
    return new TrainResult(
            learned.plan(),
            learned.stream(),
            learned.features(),
            learned.end(),
            learned.confusion(),
            learned.exampleSpikes(),
            noise.share,
            learned.environment(measuredOn()))
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
