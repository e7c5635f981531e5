package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import org.raphe.learning.ReadoutLoss;
import org.raphe.network.LifDynamics;

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
record SpikingBackpropagation(ReadoutLoss loss, LifDynamics lif, int steps)
    implements Backpropagation {

  /**
   * What a layer keeps for the backward pass.
   *
   * @param potentials [T*B, H], as are spikes
   * @param pool where averages of spikes are handed on
   */
  private record Trace(
      LayerPass currents, NDArray potentials, NDArray spikes, Optional<Differentiated> pool) {
    NDArray handedOn() {
      return pool.map(Differentiated::output).orElse(spikes);
    }

    /** dL/d spikes of dL/d what is handed on. */
    NDArray ofSpikes(NDArray signal) {
      return pool.map(averages -> averages.back(signal).get(0)).orElse(signal);
    }
  }

  @Override
  public Pass pass(List<TrainedLayer> layers, NDArray x, NDArray onehot, GradientSum sum) {
    List<Trace> traces = new ArrayList<>();
    NDArray input = x;
    for (TrainedLayer layer : layers) {
      traces.add(trace(layer, input, !traces.isEmpty(), sum));
      input = traces.get(traces.size() - 1).handedOn();
    }
    long samples = onehot.getShape().get(0);
    NDArray y = input.reshape(steps, samples, -1).sum(new int[] {0}).divi(steps);
    NDArray signal = everyStep(readoutError(y, onehot));
    LinkedList<NDList> gradients = new LinkedList<>();
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      Trace trace = traces.get(layer);
      NDArray credit = credit(trace, trace.ofSpikes(signal));
      LayerPass.Returned back = trace.currents().back(credit);
      gradients.addFirst(back.gradients());
      signal = back.below();
      credit.close();
    }
    return new Pass(y, gradients);
  }

  private Trace trace(TrainedLayer layer, NDArray input, boolean further, GradientSum sum) {
    LayerPass currents = layer.currents(input, further, sum);
    NDArray potentials = integrate(currents.output());
    NDArray spikes = above(potentials, lif.threshold());
    return new Trace(currents, potentials, spikes, layer.pooled(spikes));
  }

  /** G, [B, K], the same at every step. */
  private NDArray readoutError(NDArray y, NDArray onehot) {
    boolean softmax = loss.kind() == ReadoutLoss.Kind.CROSS_ENTROPY;
    NDArray told = softmax ? y.mul(loss.scale()).softmax(1) : y;
    return Backpropagation.error(loss, told, onehot, steps);
  }

  /** [B, K] gives [T*B, K]. */
  private NDArray everyStep(NDArray signal) {
    return signal.tile(new long[] {steps, 1});
  }

  /** Turns input currents z [T*B, H] into potentials u, in place. */
  private NDArray integrate(NDArray currents) {
    NDList potentials = currents.split(steps);
    for (int t = 1; t < steps; t++) {
      NDArray before = potentials.get(t - 1);
      try (NDArray silent = before.lte(lif.threshold());
          NDArray kept = before.mul(silent)) {
        potentials.get(t).addi(kept.muli(lif.decay()));
      }
    }
    return currents;
  }

  private static NDArray above(NDArray potentials, float level) {
    try (NDArray above = potentials.gt(level)) {
      return above.toType(potentials.getDataType(), false);
    }
  }

  /** D of every step, written over the signal G [T*B, H]. */
  private NDArray credit(Trace trace, NDArray signal) {
    try (NDArray window = window(trace.potentials());
        NDArray pass = trace.potentials().mul(window)) {
      signal.muli(window);
      pass.addi(trace.spikes()).negi().addi(1f).muli(lif.decay());
      NDList credits = signal.split(steps);
      NDList passes = pass.split(steps);
      for (int t = steps - 2; t >= 0; t--) {
        credits.get(t).addi(passes.get(t).muli(credits.get(t + 1)));
      }
    }
    return signal;
  }

  /** 1[|u - theta| &lt; lens], in the type of u. */
  private NDArray window(NDArray potentials) {
    try (NDArray above = potentials.sub(lif.threshold());
        NDArray distance = above.abs();
        NDArray inside = distance.lt(lif.lens())) {
      return inside.toType(potentials.getDataType(), false);
    }
  }
}
