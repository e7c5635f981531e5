package org.raphe.cost;

import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/**
 * What elastic weight consolidation costs on top of back-propagation, by formula as {@link
 * BackpropagationCost}. Over F samples on which Fisher information is measured, T steps, layers of
 * n_l inputs and h_l units, P parameters, U optimizer steps with a penalty and E experiences that
 * were consolidated:
 *
 * <pre>
 *   forward  = F T sum_l n_l h_l
 *   backward = F T sum_{l&gt;0} n_l h_l
 *   gradient = F sum_l n_l h_l           rate units: squared inputs times squared errors
 *            = F (T + 1) sum_l n_l h_l   spiking units: each sample's gradient, then its square
 *   penalty  = 2 U P                     F (w - a), then lambda times that, added to the gradient
 *   anchors  = 3 E P                     the mean square, its share of F, and the anchor's way
 * </pre>
 *
 * @param samples F
 * @param stateBytes what is kept of past experiences, F and a: it does not grow with their number
 * @param neuronUpdates membrane steps, or activations of rate units
 * @param bytesMoved read and written: weights, activations, errors and sums of the Fisher passes;
 *     F, a, w and gradient of each penalty; F, a, w and sum of each consolidation
 */
public record ConsolidationCost(
    long samples,
    long forwardMacs,
    long backwardMacs,
    long gradientMacs,
    long penaltyMacs,
    long anchorMacs,
    long stateBytes,
    long neuronUpdates,
    long bytesMoved) {
  private static final long FLOAT = 4;
  private static final long PENALTY_FLOATS = 5;
  private static final long ANCHOR_FLOATS = 6;

  /**
   * The cost of consolidating.
   *
   * @param steps T
   * @param samples F
   * @param batches batches in which these samples were shown
   * @param experiences E
   * @param penalised U
   */
  public static ConsolidationCost of(
      NetworkSpec network,
      int steps,
      long samples,
      long batches,
      long experiences,
      long penalised) {
    boolean spiking = network.neuron() == NeuronModel.LIF;
    long synapses = 0;
    long units = 0;
    long activityBytes = 0;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      synapses += network.layers().get(layer).weights();
      units += network.layers().get(layer).units();
      activityBytes += BackpropagationCost.activityBytes(network, layer);
    }
    long parameters = network.parameters();
    long behindFirst = synapses - network.layers().get(0).weights();
    long sums = spiking ? samples * 4 * parameters : batches * 2 * parameters;
    long floats =
        batches * (parameters + behindFirst)
            + sums
            + penalised * PENALTY_FLOATS * parameters
            + experiences * ANCHOR_FLOATS * parameters;
    return new ConsolidationCost(
        samples,
        samples * steps * synapses,
        samples * steps * behindFirst,
        samples * synapses * (spiking ? steps + 1 : 1),
        2 * penalised * parameters,
        3 * experiences * parameters,
        FLOAT * 2 * parameters,
        samples * steps * units,
        FLOAT * floats + samples * steps * activityBytes);
  }

  /** Learning operations: all but the Fisher passes' way forward. */
  public long learningMacs() {
    return backwardMacs + gradientMacs + penaltyMacs + anchorMacs;
  }
}
