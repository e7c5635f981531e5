package org.raphe.cli;

import org.raphe.backend.Counters;
import org.raphe.cost.Cost;
import org.raphe.cost.PublishedCost;
import org.raphe.result.CostResult;
import org.raphe.result.EnergyUsed;
import org.raphe.training.TrainingPlan;
import org.raphe.volatility.VolatilePlan;
import org.raphe.volatility.VolatileState;
import org.raphe.volatility.VolatileStream;

/** What a finished volatile stream cost: hidden layers, and the bank under modulators alone. */
record VolatileCost(
    TrainingPlan network, VolatilePlan plan, VolatileStream stream, VolatileState end) {
  private static final PublishedCost NO_EPOCHS =
      new PublishedCost(
          null, "the paper's count goes by epochs, which a stream shown once has not");

  /** With the energy that was measured, of all learners together. */
  CostResult of(EnergyUsed energy) {
    long batch = stream.settings().batch();
    long plastic = end.learning().samples() / batch;
    Cost learning =
        Cost.ofTraining(
            network.network(), network.learning(), network.steps(), end.learning(), plastic);
    Counters shown = end.showing().samples() == 0 ? end.learning() : end.showing();
    Cost showing =
        Cost.ofInference(
            network.network(), network.steps(), shown, (shown.samples() + batch - 1) / batch);
    return CostEntry.ofLocalRule(sum(learning, showing), network.network().neuron())
        .with(end.network(), end.seconds(), energy, NO_EPOCHS, showing);
  }

  private Cost sum(Cost learning, Cost showing) {
    boolean both = end.showing().samples() > 0;
    int units = plan.hiddenUnits();
    long readout = (long) units * stream.classes();
    return new Cost(
        stream.size(),
        learning.forwardSynapticOperations() + (both ? showing.forwardSynapticOperations() : 0),
        learning.learningSynapticOperations(),
        learning.macs() + (both ? showing.macs() : 0) + end.products().get(0),
        learning.denseMacs() + (both ? showing.denseMacs() : 0) + end.products().get(0),
        learning.weightWrites() + stream.batches() * readout,
        learning.neuronUpdates() + (both ? showing.neuronUpdates() : 0),
        learning.bytesMoved()
            + (both ? showing.bytesMoved() : 0)
            + 4L * (3 * stream.batches() * readout + 4L * stream.size() * units));
  }
}
