package org.raphe.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.raphe.cost.BackpropagationCost;
import org.raphe.network.NeuronModel;

/** The cost entries of an engine's rule in result.json, under the keys of the other rules. */
final class EngineCost {
  private EngineCost() {}

  /** Of the whole run. */
  static Map<String, Object> ofRun(BackpropagationCost cost, NeuronModel neuron) {
    Map<String, Object> entry = entries(cost, neuron, count -> count);
    entry.put("stored_activation_bytes", cost.storedActivationBytes());
    entry.put("counted_by", "formula");
    return entry;
  }

  /** Of one training sample. */
  static Map<String, Object> perSample(BackpropagationCost cost, NeuronModel neuron) {
    return entries(cost, neuron, count -> (double) count / cost.samples());
  }

  /**
   * An engine's products are all multiply-accumulates; what only the spikes among its inputs would
   * reach is not counted, hence null.
   */
  private static Map<String, Object> entries(
      BackpropagationCost cost, NeuronModel neuron, LongFunction<Object> as) {
    Map<String, Object> operations = new LinkedHashMap<>();
    operations.put("forward", neuron == NeuronModel.LIF ? null : as.apply(0));
    operations.put("learning", as.apply(cost.learningMacs()));
    Map<String, Object> passes = new LinkedHashMap<>();
    passes.put("forward", as.apply(cost.forwardMacs()));
    passes.put("backward", as.apply(cost.backwardMacs()));
    passes.put("gradient", as.apply(cost.gradientMacs()));
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("synaptic_operations", operations);
    entry.put("macs", as.apply(cost.forwardMacs()));
    entry.put("dense_macs", as.apply(cost.forwardMacs()));
    entry.put("macs_by_pass", passes);
    entry.put("weight_writes", as.apply(cost.weightWrites()));
    entry.put("neuron_updates", as.apply(cost.neuronUpdates()));
    entry.put("bytes_moved", as.apply(cost.bytesMoved()));
    return entry;
  }
}
