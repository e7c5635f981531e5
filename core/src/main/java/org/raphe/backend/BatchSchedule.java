package org.raphe.backend;

import org.raphe.InputException;
import org.raphe.learning.LearningSpec;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Signal;

/**
 * Which kernels a batch runs, in which order: the way of a batch, with no way back, stated once for
 * every backend.
 */
public final class BatchSchedule {

  private BatchSchedule() {}

  /**
   * Trains on a batch: spikes, each layer forward, then each layer's weights from its own input and
   * signal.
   *
   * @param stream random stream of the input spikes
   * @param stepNumber optimizer step, from 1
   * @param rateFactor learning rates are multiplied by this
   */
  public static void train(
      PlacedNetwork placed,
      PlacedSamples samples,
      int[] indices,
      int from,
      int count,
      int stream,
      long stepNumber,
      double rateFactor) {
    begin(placed, samples, indices, from, count, stream);
    placed.train(stepNumber, rateFactor);
  }

  /** The rest of {@link #train} once the batch has begun and its input spikes stand. */
  public static void trainBegun(PlacedNetwork placed, long stepNumber, double rateFactor) {
    answerBegun(placed);
    learn(placed, stepNumber, rateFactor, rateFactor);
  }

  /**
   * The first half of {@link #train}, up to where the batch's answers stand and are counted: {@link
   * #learn} is to follow, with rates that may depend on them.
   *
   * @param stream random stream of the input spikes
   */
  public static void answer(
      PlacedNetwork placed, PlacedSamples samples, int[] indices, int from, int count, int stream) {
    begin(placed, samples, indices, from, count, stream);
    answerBegun(placed);
  }

  private static void answerBegun(PlacedNetwork placed) {
    NetworkSpec network = placed.placement().network();
    LearningSpec learning = placed.placement().learning();
    if (learning.rule().needsEngine()) {
      throw new InputException(
          "rule "
              + learning.rule().name()
              + " learns on the tensor engine alone, not on this backend");
    }
    Signal signal = learning.rule().signal();
    boolean credits = signal.isCredited();
    int readout = network.layers().size() - 1;
    for (int layer = 0; layer < readout; layer++) {
      placed.hiddenLayer(layer, credits);
    }
    placed.readout(learning.rule().descends());
    for (int layer = 0; signal instanceof Signal.OfOutputs && layer < readout; layer++) {
      placed.answer(layer);
    }
  }

  /**
   * The second half of {@link #train}: each layer's weights from its own input and signal.
   *
   * @param stepNumber optimizer step, from 1
   * @param hiddenFactor learning rates of hidden layers are multiplied by this
   * @param readoutFactor that of the read-out is multiplied by this
   */
  public static void learn(
      PlacedNetwork placed, long stepNumber, double hiddenFactor, double readoutFactor) {
    LearningSpec learning = placed.placement().learning();
    int readout = placed.placement().network().layers().size() - 1;
    for (int layer = learning.rule().learns() ? 0 : readout; layer <= readout; layer++) {
      boolean last = layer == readout;
      double factor = last ? readoutFactor : hiddenFactor;
      placed.learn(layer, learning.optimizer(last).step(stepNumber, factor));
    }
  }

  /** Shows a batch without learning. */
  public static void test(
      PlacedNetwork placed, PlacedSamples samples, int[] indices, int from, int count, int stream) {
    begin(placed, samples, indices, from, count, stream);
    testBegun(placed);
  }

  /** The rest of {@link #test} once the batch has begun and its input spikes stand. */
  public static void testBegun(PlacedNetwork placed) {
    int readout = placed.placement().network().layers().size() - 1;
    for (int layer = 0; layer < readout; layer++) {
      placed.hiddenLayer(layer, false);
    }
    placed.readout(false);
  }

  /** Shows a batch to hidden layers, without learning and without the read-out. */
  public static void showHidden(
      PlacedNetwork placed, PlacedSamples samples, int[] indices, int from, int count, int stream) {
    begin(placed, samples, indices, from, count, stream);
    int readout = placed.placement().network().layers().size() - 1;
    for (int layer = 0; layer < readout; layer++) {
      placed.hiddenLayer(layer, false);
    }
  }

  private static void begin(
      PlacedNetwork placed, PlacedSamples samples, int[] indices, int from, int count, int stream) {
    placed.beginBatch(samples, indices, from, count);
    if (placed.placement().network().neuron() == NeuronModel.LIF) {
      placed.drawSpikes(stream);
    }
  }
}
