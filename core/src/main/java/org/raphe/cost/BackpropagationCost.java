package org.raphe.cost;

import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

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
 * @param samples S, samples learned from
 * @param forwardMacs multiply-accumulates of the forward pass, inputs of 0 included
 * @param backwardMacs multiply-accumulates of the backward pass
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
    long synapses = 0;
    long units = 0;
    long kept = 0;
    long weightBytes = 0;
    long activityBytes = 0;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Layer shape = network.layers().get(layer);
      boolean adam = learning.optimizer(network.isReadout(layer)) instanceof Optimizer.Adam;
      synapses += shape.synapses();
      units += shape.units();
      kept += kept(network, layer);
      weightBytes += batches * weightBytes(shape, layer > 0, adam);
      activityBytes += shown * activityBytes(network, layer);
    }
    long first = network.layers().get(0).synapses();
    return new BackpropagationCost(
        samples,
        shown * synapses,
        shown * (synapses - first),
        shown * synapses,
        batches * network.parameters(),
        shown * units,
        FLOAT * batch * steps * kept,
        weightBytes + activityBytes);
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
   * parameters, and Adam's two moments, read and written.
   */
  private static long weightBytes(Layer shape, boolean carriesErrors, boolean adam) {
    long update = FLOAT * shape.parameters() * (adam ? 8 : 4);
    return update + FLOAT * shape.parameters() + (carriesErrors ? FLOAT * shape.weights() : 0);
  }

  /**
   * One sample and step: what is kept, written once and read once backward, inputs also read
   * forward; errors written, read for the gradient and, behind the first layer, for the backward
   * pass; those of averages written and read once more.
   */
  static long activityBytes(NetworkSpec network, int layer) {
    Layer shape = network.layers().get(layer);
    long averages = shape.pooled() ? 2L * shape.outputs() : 0;
    long errors = (layer > 0 ? 3L : 2L) * shape.units() + averages;
    return FLOAT * (2 * kept(network, layer) + shape.inputs() + errors);
  }
}
