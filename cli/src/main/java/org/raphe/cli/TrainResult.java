package org.raphe.cli;

import java.util.List;
import org.raphe.backend.Counters;
import org.raphe.cost.BackpropagationCost;
import org.raphe.cost.Cost;
import org.raphe.cost.PublishedCost;
import org.raphe.result.CostResult;
import org.raphe.result.EpochResult;
import org.raphe.result.RunResult;
import org.raphe.training.EpochMetrics;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/**
 * What a finished training run writes down.
 *
 * @param engineRule the rule of an engine; null if the plan's rule is what taught hidden layers
 */
record TrainResult(
    TrainingPlan plan, EngineRule engineRule, TrainingState end, RunEnvironment environment) {

  /** The content of result.json. */
  RunResult content() {
    EpochMetrics last = end.finished().get(end.finished().size() - 1);
    double accuracy = last.test().accuracy();
    return new RunResult(
        RunResult.FORMAT,
        "train",
        environment.dataUsed(),
        plan.network().text(),
        plan.network().neuron().toString(),
        (engineRule == null ? plan.learning().rule() : engineRule).toString(),
        LearningEntry.optimizer(plan.learning(), plan.schedule()),
        LearningEntry.of(plan),
        plan.seed(),
        environment.backendUsed(),
        null,
        end.finished().stream().map(this::epoch).toList(),
        environment.ofTest(accuracy),
        environment.ofValidation(accuracy),
        null,
        end.parameters().sha256(),
        cost(),
        environment.provenance());
  }

  private EpochResult epoch(EpochMetrics epoch) {
    long batches = plan.batchesPerEpoch(environment.dataset().train().size());
    Cost cost = engineRule == null ? training(epoch.train(), batches) : null;
    return EpochEntry.of(epoch, cost, environment);
  }

  private CostResult cost() {
    Counters train = Counters.zero(plan.network().layers().size());
    Counters test = train;
    double seconds = 0;
    for (EpochMetrics epoch : end.finished()) {
      train = train.plus(epoch.train());
      test = test.plus(epoch.test());
      seconds += epoch.seconds();
    }
    return learning(train)
        .with(seconds, environment.energyUsed(), publishedCost(), inference(test));
  }

  private CostEntry learning(Counters train) {
    if (engineRule == null) {
      return CostEntry.ofLocalRule(training(train, end.stepsDone()), plan.network().neuron());
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

  private Cost training(Counters train, long batches) {
    return Cost.ofTraining(plan.network(), plan.learning(), plan.steps(), train, batches);
  }

  private Cost inference(Counters test) {
    long batches = plan.batchesPerEpoch(environment.dataset().test().size());
    return Cost.ofInference(plan.network(), plan.steps(), test, end.finished().size() * batches);
  }

  private PublishedCost publishedCost() {
    List<Double> errors =
        end.finished().stream().map(epoch -> 1 - epoch.test().accuracy()).toList();
    return engineRule == null
        ? PublishedCost.of(plan.network(), plan.learning().rule(), errors)
        : PublishedCost.ofBackpropagation(plan.network(), errors);
  }
}
