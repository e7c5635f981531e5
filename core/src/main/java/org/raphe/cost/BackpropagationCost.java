package org.raphe.cost;

import java.util.List;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.EngineRule;
import org.raphe.rule.Rule;
import org.raphe.rule.Signal;
import org.raphe.tensor.TensorSpec;

/**
 * What back-propagation costs on an engine that multiplies densely, by formula rather than counted:
 * the engine keeps no count of its own. For B-sample batches of a network with layers of n_l
 * inputs, h_l units and s_l synapses, l = 0, 1, ..., over S samples and T steps; s_l = n_l h_l
 * where all inputs reach all units, of a convolution the pairs of an input and a unit that sees it:
 *
 * <pre>
 *   forward  = S T sum_l s_l         activations
 *   backward = S T sum_{l&gt;0} s_l     errors carried through the weights to the layer before
 *   gradient = S T sum_l s_l         inputs times errors, summed into weight changes
 * </pre>
 *
 * <p>Where errors reach only layers from f on, backward is S (T sum_{l&gt;f} s_l + sum_{l&lt;f}
 * a_l), a_l the products of a sample's signals in a layer below ({@link
 * Signal.OfOutputs#products}), and layers that do not learn have no gradient.
 *
 * @param samples S, samples learned from
 * @param forwardMacs multiply-accumulates of the forward pass, inputs of 0 included
 * @param backwardMacs multiply-accumulates of the backward pass, and of signals that stand in for
 *     it
 * @param gradientMacs multiply-accumulates of the weights' gradients
 * @param weightWrites parameters that an optimizer step rewrote
 * @param neuronUpdates membrane steps, or activations of rate units
 * @param storedActivationBytes what a full batch keeps from its forward to its backward pass: each
 *     layer's inputs and membranes (spiking) or outputs, at every step; units' own outputs where
 *     averages of them are handed on
 * @param bytesMoved weights, gradients, moments, stored activations and errors, read and written
 */
public record BackpropagationCost(
    long samples,
    long forwardMacs,
    long backwardMacs,
    long gradientMacs,
    long weightWrites,
    long neuronUpdates,
    long storedActivationBytes,
    long bytesMoved) {
  private static final long FLOAT = 4;

  /**
   * The cost of learning.
   *
   * @param steps T
   * @param batch B, samples of a full batch
   * @param samples S
   * @param batches optimizer steps
   */
  public static BackpropagationCost of(
      NetworkSpec network,
      LearningSpec learning,
      int steps,
      int batch,
      long samples,
      long batches) {
    long shown = samples * steps;
    Taught taught = Taught.by(learning.rule(), network);
    long forward = 0;
    long gradients = 0;
    long errors = 0;
    long writes = 0;
    long units = 0;
    long kept = 0;
    long bytes = 0;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Layer shape = network.layers().get(layer);
      boolean adam = learning.optimizer(network.isReadout(layer)) instanceof Optimizer.Adam;
      boolean carries = layer > taught.first();
      forward += shown * shape.synapses();
      gradients += taught.learns(layer) ? shown * shape.synapses() : 0;
      errors += carries ? shown * shape.synapses() : samples * taught.products(network, layer);
      writes += batches * (taught.learns(layer) ? shape.parameters() + taught.head(layer) : 0);
      units += shape.units();
      kept += kept(network, layer);
      bytes += batches * weightBytes(taught, layer, shape, carries, adam);
      bytes += shown * activityBytes(network, layer, carries, taught.learns(layer));
    }
    return new BackpropagationCost(
        samples,
        forward,
        errors,
        gradients,
        writes,
        shown * units,
        FLOAT * batch * steps * kept,
        bytes);
  }

  /**
   * Who teaches a network's layers.
   *
   * @param first the first layer that an error of the read-out's loss reaches
   * @param below by what those below it learn
   * @param heads what they learn beside their parameters, layer by layer
   */
  private record Taught(int first, Rule below, List<TensorSpec> heads, int readout) {
    static Taught by(Rule rule, NetworkSpec network) {
      int readout = network.layers().size() - 1;
      return rule instanceof EngineRule engine
          ? new Taught(engine.firstBackward(network), engine.below(), rule.state(network), readout)
          : new Taught(0, rule, List.of(), readout);
    }

    /** The read-out learns whoever teaches the others. */
    boolean learns(int layer) {
      return layer >= first || layer == readout || below.learns();
    }

    long head(int layer) {
      return layer < heads.size() ? heads.get(layer).size() : 0;
    }

    /**
     * Multiply-accumulates of a sample's own signals, where no error from above reaches a layer.
     */
    long products(NetworkSpec network, int layer) {
      return layer < Math.min(first, readout) && below.signal() instanceof Signal.OfOutputs own
          ? own.products(network.classes(), own.width(network.layers().get(layer)))
          : 0;
    }
  }

  /** Learning operations: backward pass and gradients. */
  public long learningMacs() {
    return backwardMacs + gradientMacs;
  }

  /**
   * Floats that a layer keeps of one sample and step: its inputs, and membranes if it spikes. What
   * is handed on is the next layer's inputs; the read-out's outputs, and those of units of which
   * averages are handed on, count on their own.
   */
  private static long kept(NetworkSpec network, int layer) {
    Layer shape = network.layers().get(layer);
    boolean spiking = network.neuron() == NeuronModel.LIF;
    long own = spiking || network.isReadout(layer) ? shape.units() : 0;
    return shape.inputs() + own + (shape.pooled() ? shape.units() : 0);
  }

  /**
   * Weights read forward and, behind the first layer, backward; gradients written and read;
   * parameters, and Adam's two moments, read and written; of a layer's head too.
   */
  private static long weightBytes(
      Taught taught, int layer, Layer shape, boolean carriesErrors, boolean adam) {
    long own = shape.parameters() + taught.head(layer);
    long update = taught.learns(layer) ? FLOAT * own * (adam ? 8 : 4) : 0;
    return update + FLOAT * own + (carriesErrors ? FLOAT * shape.weights() : 0);
  }

  /**
   * One sample and step: what is kept, written once and read once backward, inputs also read
   * forward; errors written, read for the gradient and, behind the first layer, for the backward
   * pass; those of averages written and read once more.
   */
  static long activityBytes(NetworkSpec network, int layer) {
    return activityBytes(network, layer, layer > 0, true);
  }

  private static long activityBytes(
      NetworkSpec network, int layer, boolean carriesErrors, boolean learns) {
    Layer shape = network.layers().get(layer);
    long averages = shape.pooled() ? 2L * shape.outputs() : 0;
    long errors = learns ? (carriesErrors ? 3L : 2L) * shape.units() + averages : 0;
    return FLOAT * (2 * kept(network, layer) + shape.inputs() + errors);
  }
}
