package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.raphe.backend.NetworkState;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.rule.EngineRule;
import org.raphe.rule.Frozen;
import org.raphe.rule.Rule;
import org.raphe.rule.Trace;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;
import org.raphe.tensor.TensorSpec;

/** The layers that no error from above reaches: their signals, and what these learn. */
final class LocalLearning {
  private final Rule rule;
  private final List<LocalSignal> signals;
  private final boolean readoutAlone;
  private final List<TensorSpec> state;

  private LocalLearning(
      Rule rule, List<LocalSignal> signals, boolean readoutAlone, List<TensorSpec> state) {
    this.rule = rule;
    this.signals = signals;
    this.readoutAlone = readoutAlone;
    this.state = state;
  }

  /** Where errors reach all layers. */
  static LocalLearning none() {
    return new LocalLearning(new Frozen(), List.of(), false, List.of());
  }

  /** What a placement's rule says, with its arrays in the manager. */
  static LocalLearning of(Placement placement, NDManager manager) {
    if (!(placement.learning().rule() instanceof EngineRule rule)) {
      return none();
    }
    int readout = placement.network().layers().size() - 1;
    int first = rule.firstBackward(placement.network());
    List<LocalSignal> signals = new ArrayList<>();
    for (int layer = 0; layer < Math.min(first, readout); layer++) {
      signals.add(new LocalSignal(manager, placement, rule.below().signal(), layer));
    }
    return new LocalLearning(
        rule.below(), signals, first > readout, rule.state(placement.network()));
  }

  /** Whether a layer has a signal of its own, so that none comes from above. */
  boolean has(int layer) {
    return layer < signals.size();
  }

  /** Whether errors of a layer go on to the one before. */
  boolean carriesBelow(int layer) {
    return layer > 0 && !has(layer - 1) && !readoutAlone;
  }

  /** Whether even the read-out carries nothing back, and learns as under the local rule. */
  boolean readoutAlone() {
    return readoutAlone;
  }

  LocalSignal signal(int layer) {
    return signals.get(layer);
  }

  /** Along what spiking units of these layers are credited. */
  Trace trace() {
    return rule.trace();
  }

  /** Lends the arrays to a batch. */
  void lendTo(NDManager batch) {
    signals.forEach(signal -> signal.lendTo(batch));
  }

  /** Steps of the heads that learn, from the batch at hand. */
  void learn(OptimizerStep step) {
    signals.forEach(signal -> signal.learn(step));
  }

  /** What the heads have learned, by name. */
  NetworkState state() {
    Map<String, Tensor> named = new LinkedHashMap<>();
    visit((spec, array) -> named.put(spec.name(), new Tensor(spec.shape(), array.toFloatArray())));
    return new NetworkState(new NamedTensors(named));
  }

  /** Takes up what heads had learned. */
  void write(NamedTensors kept) {
    visit((spec, array) -> TrainedArray.set(array, kept.values(spec.name())));
  }

  private void visit(BiConsumer<TensorSpec, NDArray> visitor) {
    for (int layer = 0; layer < state.size(); layer++) {
      TensorSpec spec = state.get(layer);
      TrainedArray head = signals.get(layer).head();
      visitor.accept(spec, head.values);
      visitor.accept(spec.prefixed(NetworkState.FIRST_MOMENT), head.first);
      visitor.accept(spec.prefixed(NetworkState.SECOND_MOMENT), head.second);
    }
  }
}
