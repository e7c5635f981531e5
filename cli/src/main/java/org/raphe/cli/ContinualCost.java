package org.raphe.cli;

import org.raphe.backend.Counters;
import org.raphe.continual.ExperienceMetrics;
import org.raphe.continual.ExperienceStream;
import org.raphe.cost.Cost;
import org.raphe.cost.PublishedCost;
import org.raphe.result.CostResult;
import org.raphe.result.EnergyUsed;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/** What a finished stream cost. */
record ContinualCost(TrainingPlan plan, ExperienceStream stream, TrainingState end) {
  private static final PublishedCost NO_LEVELS =
      new PublishedCost(
          null,
          "the paper's count goes by epochs to error levels, which a stream of classes has not");

  /** With the energy that was measured. */
  CostResult of(EnergyUsed energy) {
    Counters train = Counters.zero(plan.network().layers().size());
    double seconds = 0;
    for (ExperienceMetrics experience : end.finished()) {
      for (ExperienceMetrics.Pass pass : experience.passes()) {
        train = train.plus(pass.train());
        seconds += pass.seconds();
      }
    }
    return learning(train)
        .with(
            end.network(),
            seconds + StreamEngine.secondsBeside(end),
            energy,
            NO_LEVELS,
            inference());
  }

  private CostEntry learning(Counters train) {
    if (plan.learning().rule().needsEngine()) {
      return StreamEngine.cost(plan, stream, end, train.samples());
    }
    Cost cost =
        Cost.ofTraining(plan.network(), plan.learning(), plan.steps(), train, end.stepsDone());
    return CostEntry.ofLocalRule(cost, plan.network().neuron());
  }

  private Cost inference() {
    Counters test = Counters.zero(plan.network().layers().size());
    long batches = 0;
    for (ExperienceMetrics experience : end.finished()) {
      test = test.plus(experience.test());
      batches += experience.testBatches();
    }
    return Cost.ofInference(plan.network(), plan.steps(), test, batches);
  }
}
