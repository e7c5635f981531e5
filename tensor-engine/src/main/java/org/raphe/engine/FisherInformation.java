package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.ReadoutLoss;

/**
 * The diagonal of the empirical Fisher information: over samples, the squares of each sample's own
 * gradient of the log-likelihood of its label c (Kirkpatrick et al. 2017; Martens 2020 on the
 * name),
 *
 * <pre>
 *   log p(c) = log softmax(S a)_c
 * </pre>
 *
 * <p>with the weights as they stand. For rate units a are the read-out's currents z: where its
 * logistic outputs are probabilities of K classes and one of them is true, softmax(z) is the
 * probability of each. For spiking units a are its rates over the window, with the surrogate in
 * place of ds/du. Both are what the cross-entropy loss descends, and S is its scale, whatever loss
 * the network learns by.
 */
final class FisherInformation {
  private final Placement placement;
  private final InputSpikes spikes;
  private final Backpropagation likelihood;

  /**
   * Measures nothing yet.
   *
   * @param spikes what draws the network's input spikes
   */
  FisherInformation(Placement placement, InputSpikes spikes) {
    this.placement = placement;
    this.spikes = spikes;
    likelihood =
        Backpropagation.of(
            placement,
            ReadoutLoss.crossEntropy(placement.learning().loss().scale()),
            LocalLearning.none());
  }

  /**
   * The sum over samples of the squared gradients, for each layer's weight and bias.
   *
   * @param manager owns what is returned
   * @param indices the samples, in whose order squares are summed, batch by batch
   * @param stream random stream of the input spikes
   */
  List<NDList> squares(
      NDManager manager, List<TrainedLayer> layers, Samples samples, int[] indices, int stream) {
    List<NDList> sums = layers.stream().map(layer -> layer.zeros(manager)).toList();
    for (int from = 0; from < indices.length; from += placement.batch()) {
      int count = Math.min(placement.batch(), indices.length - from);
      EngineBatch shown =
          new EngineBatch(
              placement.network().neuron(), spikes, samples, indices, from, count, stream);
      try (NDManager batch = manager.newSubManager()) {
        layers.forEach(layer -> layer.lendTo(batch));
        NDArray x = shown.inputs(batch);
        SquaredGradients squared = new SquaredGradients(placement.steps());
        List<NDList> gradients =
            likelihood.pass(layers, x, shown.onehot(batch), squared).gradients();
        for (int layer = 0; layer < sums.size(); layer++) {
          sums.get(layer).get(0).addi(gradients.get(layer).get(0));
          sums.get(layer).get(1).addi(gradients.get(layer).get(1));
        }
      }
    }
    return sums;
  }
}
