package org.raphe.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.raphe.InputException;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Activation;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.result.PermutedResult;
import org.raphe.result.RunResult;
import org.raphe.rule.Rule;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingPlanBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code raphe permuted}: does a network go on being able to learn? */
@Command(
    name = "permuted",
    resourceBundle = "org.raphe.cli.PermutedDefaults",
    description =
        "Learns tasks one after another, each the same samples with their features in a new order, every sample once, and measures how well each task is learned while it is shown (online permuted MNIST); writes a run folder.",
    footer = {
      "  raphe permuted --dataset mnist --rule local-error --samples 2000",
      "  raphe permuted --dataset mnist --rule cbp --learning-rate 0.03"
    })
final class PermutedCommand extends LearningCommand {
  private static final String HIDDEN = "100-100-100";

  @Mixin PermutedOptions permuted;

  @Override
  Dataset split(Dataset loaded) {
    if (validation != null) {
      throw new InputException(
          "--validation is not for permuted tasks, of which no sample is tested; leave it out, and choose settings on other --seed");
    }
    return loaded;
  }

  @Override
  TrainingPlan plan(Dataset dataset) {
    scaling.refuseCount();
    permuted.refuseUnused(spec);
    Rule rule = learning.rule.rule();
    if (rule.needsStream()) {
      throw new InputException(
          "--rule "
              + rule.name()
              + " learns streams of classes, and these tasks have all of them; choose another rule");
    }
    NeuronModel units = learning.network.neuron(NeuronModel.RATE);
    NetworkSpec network =
        learning.network.activated(
            learning.network.spec(
                dataset, units, Mode.CLASSIFICATION, Preset.hidden(learning.preset, HIDDEN)));
    if (learning.network.activation == null && units == NeuronModel.RATE) {
      network = network.withActivation(Activation.RELU);
    }
    LearningSpec how = learning.learning(rule, units, Preset.ofVolatility(learning.preset, units));
    TrainingPlanBuilder plan = TrainingPlan.builder(network).epochs(1);
    learning.presentation.set(plan, network);
    return plan.learning(how).build();
  }

  @Override
  ExperienceStream stream(Dataset dataset) {
    return permuted.of(dataset, learning.presentation.seed);
  }

  @Override
  String folderName(TrainingPlan plan) {
    return String.join(
        "-",
        "permuted",
        data.shortName(),
        plan.learning().rule().name(),
        plan.network().neuron().toString(),
        "seed" + plan.seed());
  }

  private PermutedResultEntry entry(LearnedRun learned) {
    return new PermutedResultEntry(
        learned.plan(), learned.stream(), learned.end(), learned.environment(measuredOn()));
  }

  @Override
  RunResult result(LearnedRun learned) {
    return entry(learned).content(learned.features());
  }

  @Override
  void print(LearnedRun learned, PrintWriter target) {
    PermutedResult tasks = entry(learned).tasks();
    target.printf(
        Locale.ROOT,
        "online accuracy %.4f over %d tasks of %d samples, %.4f in the first tenth, %.4f in the last; weights %s; run folder %s%n",
        tasks.meanAccuracy(),
        tasks.tasks(),
        tasks.samples(),
        tasks.firstTasks(),
        tasks.lastTasks(),
        learned.end().parameters().sha256().substring(0, 16),
        learned.folder().path());
  }
}
