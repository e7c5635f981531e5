package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.LifDynamics;
import org.raphe.rule.Trace;

/**
 * Back-propagation through time through LIF units, u_t = gamma u_{t-1} (1 - o_{t-1}) + z_t, o_t =
 * 1[u_t &gt; theta], y = (1/T) sum_t o_t, with the surrogate w_t = 1[|u_t - theta| &lt; lens] in
 * place of do_t/du_t (Wu, Deng, Li, Zhu, Shi 2018), as automatic differentiation carries it through
 * membrane and reset:
 *
 * <pre>
 *   read-out   G_t = 2 (y - onehot) / (B K T),  or  S (softmax(S y) - onehot) / (B T)
 *   hidden     G_t = D_t W^T of the layer above
 *   D_t = G_t w_t + D_{t+1} gamma (1 - o_t - u_t w_t);   D_{T+1} = 0
 *   dW = sum_t x_t^T D_t;   db = sum_{t,b} D_t
 * </pre>
 *
 * <p>All T steps of a batch are stacked, step by step, into T*B rows, so that each layer costs one
 * product forward, one for its gradient and one for the layer before. A convolution's product is
 * over all its places, and a pool averages o_t.
 */
record SpikingBackpropagation(ReadoutLoss loss, SpikingUnits units, LocalLearning below)
    implements Backpropagation {

  /** Errors reach all layers. */
  SpikingBackpropagation(ReadoutLoss loss, LifDynamics lif, int steps) {
    this(loss, new SpikingUnits(lif, steps), LocalLearning.none());
  }

  @Override
  public Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot, GradientSum sum) {
    List<LayerTrace> traces = new ArrayList<>();
    NDArray input = x;
    for (TrainedLayer layer : layers) {
      traces.add(trace(layer, input, below.carriesBelow(traces.size()), sum));
      input = traces.get(traces.size() - 1).handedOn();
    }
    NDArray y = units.rates(input);
    NDArray signal = readoutError(y, onehot);
    LinkedList<NDList> gradients = new LinkedList<>();
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      LayerTrace trace = traces.get(layer);
      if (below.has(layer) && !below.signal(layer).teaches()) {
        gradients.addFirst(new NDList());
        continue;
      }
      NDArray credit;
      if (below.has(layer)) {
        credit = local(layers.get(layer), below.signal(layer), trace, y, onehot);
      } else if (layer == layers.size() - 1) {
        credit = readoutCredit(trace, signal);
      } else {
        credit = units.surrogate(trace.pass().output(), trace.emitted(), trace.toUnits(signal));
      }
      LayerPass.Returned back = trace.pass().back(credit);
      gradients.addFirst(back.gradients());
      signal = back.below();
      credit.close();
    }
    return new Pass(y, gradients, List.of());
  }

  private LayerTrace trace(TrainedLayer layer, NDArray input, boolean further, GradientSum sum) {
    LayerPass currents = layer.currents(input, further, sum);
    NDArray spikes = units.spikes(units.integrate(currents.output()));
    return new LayerTrace(currents, spikes, layer.pooled(spikes));
  }

  /** G, [B, K], the same at every step. */
  private NDArray readoutError(NDArray y, NDArray onehot) {
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    NDArray told = softmax ? y.mul(loss.scale()).softmax(1) : y;
    return Backpropagation.error(loss, told, onehot, units.steps());
  }

  /** Through time; of a read-out that learns as under a local rule, as its loss says. */
  private NDArray readoutCredit(LayerTrace trace, NDArray signal) {
    NDArray potentials = trace.pass().output();
    if (!below.readoutAlone()) {
      return units.surrogate(potentials, trace.emitted(), units.everyStep(signal));
    }
    return loss.credit() == ReadoutLoss.Credit.DIRECT
        ? units.everyStep(signal)
        : units.chainOfEveryStep(potentials, trace.emitted(), signal);
  }

  private NDArray local(
      TrainedLayer layer, LocalSignal signal, LayerTrace trace, NDArray y, NDArray onehot) {
    NDArray potentials = trace.pass().output();
    NDArray own = units.rates(signal.judgesOutputs() ? trace.handedOn() : trace.emitted());
    NDArray given = signal.of(own, y, onehot);
    if (signal.judgesOutputs()) {
      // The averages of one step, since the signal is given at one.
      NDArray last = units.lastStep(trace.emitted());
      given = new LayerTrace(trace.pass(), last, layer.pooled(last)).toUnits(given);
    }
    return below.trace() == Trace.MEMBRANE
        ? units.membrane(potentials, given)
        : units.chainOfLastStep(potentials, trace.emitted(), given);
  }
}
