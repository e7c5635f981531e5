package org.raphe.backend;

import org.raphe.InputException;
import org.raphe.learning.BatchStep;
import org.raphe.learning.LayerStep;
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
   * @param step which layers learn, and by which steps of their optimizers
   */
  public static void train(
      PlacedNetwork placed,
      PlacedSamples samples,
      int[] indices,
      int from,
      int count,
      int stream,
      BatchStep step) {
    begin(placed, samples, indices, from, count, stream);
    placed.train(step);
  }

  /**
   * The same where all layers take one step.
   *
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
    BatchStep step = BatchStep.alike(stepNumber, rateFactor);
    train(placed, samples, indices, from, count, stream, step);
  }

  /** The rest of {@link #train} once the batch has begun and its input spikes stand. */
  public static void trainBegun(PlacedNetwork placed, BatchStep step) {
    answerBegun(placed, step);
    learn(placed, step);
  }

  /**
   * The first half of {@link #train}, up to where the batch's answers stand and are counted: {@link
   * #learn} is to follow, with rates that may depend on them.
   *
   * @param stream random stream of the input spikes
   * @param step which layers are going to learn
   */
  public static void answer(
      PlacedNetwork placed,
      PlacedSamples samples,
      int[] indices,
      int from,
      int count,
      int stream,
      BatchStep step) {
    begin(placed, samples, indices, from, count, stream);
    answerBegun(placed, step);
  }

  private static void answerBegun(PlacedNetwork placed, BatchStep step) {
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
      placed.hiddenLayer(layer, credits && step.layer(layer).learns());
    }
    placed.readout(learning.rule().descends());
    for (int layer = 0; signal instanceof Signal.OfOutputs && layer < readout; layer++) {
      if (step.layer(layer).learns()) {
        placed.answer(layer);
      }
    }
  }

  /**
   * The second half of {@link #train}: each layer's weights from its own input and signal.
   *
   * @param step which layers learn, and by which steps of their optimizers
   */
  public static void learn(PlacedNetwork placed, BatchStep step) {
    LearningSpec learning = placed.placement().learning();
    int readout = placed.placement().network().layers().size() - 1;
    for (int layer = learning.rule().learns() ? 0 : readout; layer <= readout; layer++) {
      LayerStep own = step.layer(layer);
      if (own.learns()) {
        placed.learn(
            layer, learning.optimizer(layer == readout).step(own.number(), own.rateFactor()));
      }
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
