package org.raphe.cli;

import java.util.function.LongFunction;
import org.raphe.cost.BackpropagationCost;
import org.raphe.cost.ConsolidationCost;
import org.raphe.network.NeuronModel;
import org.raphe.result.FormulaCounts;
import org.raphe.result.OperationCounts;
import org.raphe.result.PassCounts;
import org.raphe.result.SynapticOperations;

/**
 * The counts of an engine's rule in result.json, under the keys of the other rules.
 *
 * @param consolidation what elastic weight consolidation adds; null for plain back-propagation
 */
record EngineCost(
    BackpropagationCost learning, ConsolidationCost consolidation, NeuronModel neuron) {

  /** Of the whole run. */
  OperationCounts<Long> ofRun() {
    return counts(count -> count);
  }

  /** Of one training sample. */
  OperationCounts<Double> perSample() {
    return counts(count -> (double) count / learning.samples());
  }

  FormulaCounts formula() {
    return new FormulaCounts(learning.storedActivationBytes(), "formula");
  }

  /**
   * An engine's products are all multiply-accumulates; what only the spikes among its inputs would
   * reach is not counted, hence null.
   */
  private <N extends Number> OperationCounts<N> counts(LongFunction<N> as) {
    boolean consolidates = consolidation != null;
    long forward = learning.forwardMacs() + (consolidates ? consolidation.forwardMacs() : 0);
    long back = learning.learningMacs() + (consolidates ? consolidation.learningMacs() : 0);
    return new OperationCounts<>(
        new SynapticOperations<>(neuron == NeuronModel.LIF ? null : as.apply(0), as.apply(back)),
        as.apply(forward),
        as.apply(forward),
        passes(as),
        as.apply(learning.weightWrites()),
        as.apply(learning.neuronUpdates() + (consolidates ? consolidation.neuronUpdates() : 0)),
        as.apply(learning.bytesMoved() + (consolidates ? consolidation.bytesMoved() : 0)));
  }

  private <N extends Number> PassCounts<N> passes(LongFunction<N> as) {
    N forward = as.apply(learning.forwardMacs());
    N backward = as.apply(learning.backwardMacs());
    N gradient = as.apply(learning.gradientMacs());
    if (consolidation == null) {
      return new PassCounts<>(forward, backward, gradient, null, null, null, null, null);
    }
    return new PassCounts<>(
        forward,
        backward,
        gradient,
        as.apply(consolidation.forwardMacs()),
        as.apply(consolidation.backwardMacs()),
        as.apply(consolidation.gradientMacs()),
        as.apply(consolidation.penaltyMacs()),
        as.apply(consolidation.anchorMacs()));
  }
}
