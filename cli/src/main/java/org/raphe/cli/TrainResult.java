package org.raphe.cli;

import java.util.List;
import java.util.stream.IntStream;
import org.raphe.backend.Counters;
import org.raphe.continual.Confusion;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.cost.BackpropagationCost;
import org.raphe.cost.Cost;
import org.raphe.cost.PublishedCost;
import org.raphe.cost.Taught;
import org.raphe.data.FeatureScaling;
import org.raphe.result.CostResult;
import org.raphe.result.EpochResult;
import org.raphe.result.ExampleSpikes;
import org.raphe.result.RunResult;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/**
 * What a finished training run writes down.
 *
 * @param spikes of one sample at the end; null of rate units
 * @param labelNoise share of training labels that were replaced; null if none was
 */
record TrainResult(
    TrainingPlan plan,
    ExperienceStream stream,
    FeatureScaling features,
    TrainingState end,
    Confusion confusion,
    ExampleSpikes spikes,
    Double labelNoise,
    RunEnvironment environment) {

  /** The content of result.json. */
  RunResult content() {
    double accuracy = epochs().get(epochs().size() - 1).test().accuracy();
    return new RunResult(
        RunResult.FORMAT,
        "train",
        environment.runId(),
        environment.dataUsed().withLabelNoise(labelNoise),
        plan.network().text(),
        plan.network().neuron().toString(),
        LearningEntry.activation(plan.network()),
        plan.learning().rule().name(),
        LearningEntry.optimizer(plan),
        LearningEntry.ofTraining(plan, stream, features),
        plan.seed(),
        environment.backendUsed(),
        null,
        epochs().stream().map(this::epoch).toList(),
        environment.ofTest(accuracy),
        environment.ofValidation(accuracy),
        ConfusionEntry.of(confusion, environment.measuredOn()),
        spikes,
        null,
        null,
        null,
        LevelEntry.of(plan, stream, end),
        null,
        end.parameters().sha256(),
        cost(),
        environment.provenance());
  }

  private List<ExperienceMetrics.Pass> epochs() {
    return end.allPasses();
  }

  private boolean byEngine() {
    return plan.learning().rule().needsEngine();
  }

  private EpochResult epoch(ExperienceMetrics.Pass epoch) {
    long batches = plan.batchesPerEpoch(environment.dataset().train().size());
    Cost cost = byEngine() ? null : training(epoch.train(), batches, taught(epoch));
    return EpochEntry.of(epoch, cost, environment);
  }

  private CostResult cost() {
    Counters train = Counters.zero(plan.network().layers().size());
    Counters test = train;
    double seconds = 0;
    for (ExperienceMetrics.Pass epoch : epochs()) {
      train = train.plus(epoch.train());
      test = test.plus(epoch.test());
      seconds += epoch.seconds();
    }
    return learning(train)
        .with(end.network(), seconds, environment.energyUsed(), publishedCost(), inference(test));
  }

  private CostEntry learning(Counters train) {
    if (!byEngine()) {
      return CostEntry.ofLocalRule(
          training(train, end.stepsDone(), taught()), plan.network().neuron());
    }
    BackpropagationCost cost =
        BackpropagationCost.of(
            plan.network(),
            plan.learning(),
            plan.steps(),
            plan.batch(),
            train.samples(),
            end.stepsDone());
    return CostEntry.ofEngine(new EngineCost(cost, null, plan.network().neuron()), null, null);
  }

  /** What hidden layers learned from in an epoch; empty where it is everything. */
  private List<Taught> taught(ExperienceMetrics.Pass epoch) {
    return plan.taught(epoch.epoch(), environment.dataset().train().size());
  }

  /** The same of the whole run. */
  private List<Taught> taught() {
    List<List<Taught>> each = epochs().stream().map(this::taught).toList();
    return IntStream.range(0, plan.layers().size())
        .mapToObj(layer -> each.stream().map(epoch -> epoch.get(layer)).reduce(Taught::plus).get())
        .toList();
  }

  private Cost training(Counters train, long batches, List<Taught> taught) {
    return Cost.ofTraining(plan.network(), plan.learning(), plan.steps(), train, batches, taught);
  }

  private Cost inference(Counters test) {
    long batches = plan.batchesPerEpoch(environment.dataset().test().size());
    return Cost.ofInference(plan.network(), plan.steps(), test, epochs().size() * batches);
  }

  private PublishedCost publishedCost() {
    List<Double> errors = epochs().stream().map(epoch -> 1 - epoch.test().accuracy()).toList();
    return PublishedCost.of(plan.network(), plan.learning().rule(), errors);
  }
}
