package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.raphe.cost.BackpropagationCost;
import org.raphe.cost.ConsolidationCost;
import org.raphe.network.NeuronModel;

/**
 * The cost entries of an engine's rule in result.json, under the keys of the other rules.
 *
 * @param consolidation what elastic weight consolidation adds; null for plain back-propagation
 */
record EngineCost(
    BackpropagationCost learning, ConsolidationCost consolidation, NeuronModel neuron) {

  /** Of the whole run. */
  Map<String, Object> ofRun() {
    Map<String, Object> entry = entries(count -> count);
    entry.put("stored_activation_bytes", learning.storedActivationBytes());
    entry.put("counted_by", "formula");
    return entry;
  }

  /** Of one training sample. */
  Map<String, Object> perSample() {
    return entries(count -> (double) count / learning.samples());
  }

  /**
   * An engine's products are all multiply-accumulates; what only the spikes among its inputs would
   * reach is not counted, hence null.
   */
  private Map<String, Object> entries(LongFunction<Object> as) {
    boolean consolidates = consolidation != null;
    long forward = learning.forwardMacs() + (consolidates ? consolidation.forwardMacs() : 0);
    long back = learning.learningMacs() + (consolidates ? consolidation.learningMacs() : 0);
    Map<String, Object> operations = new LinkedHashMap<>();
    operations.put("forward", neuron == NeuronModel.LIF ? null : as.apply(0));
    operations.put("learning", as.apply(back));
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("synaptic_operations", operations);
    entry.put("macs", as.apply(forward));
    entry.put("dense_macs", as.apply(forward));
    entry.put("macs_by_pass", passes(as));
    entry.put("weight_writes", as.apply(learning.weightWrites()));
    entry.put(
        "neuron_updates",
        as.apply(learning.neuronUpdates() + (consolidates ? consolidation.neuronUpdates() : 0)));
    entry.put(
        "bytes_moved",
        as.apply(learning.bytesMoved() + (consolidates ? consolidation.bytesMoved() : 0)));
    return entry;
  }

  private Map<String, Object> passes(LongFunction<Object> as) {
    Map<String, Object> passes = new LinkedHashMap<>();
    passes.put("forward", as.apply(learning.forwardMacs()));
    passes.put("backward", as.apply(learning.backwardMacs()));
    passes.put("gradient", as.apply(learning.gradientMacs()));
    if (consolidation != null) {
      passes.put("fisher_forward", as.apply(consolidation.forwardMacs()));
      passes.put("fisher_backward", as.apply(consolidation.backwardMacs()));
      passes.put("fisher_gradient", as.apply(consolidation.gradientMacs()));
      passes.put("penalty", as.apply(consolidation.penaltyMacs()));
      passes.put("anchors", as.apply(consolidation.anchorMacs()));
    }
    return passes;
  }
}
