package org.raphe.learning;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The optimizer steps that the layers of a network take after a batch. The read-out learns from
 * every batch.
 *
 * @param readout step of the read-out
 * @param hidden steps of hidden layers, first layer first; empty where all take the read-out's
 */
public record BatchStep(LayerStep readout, List<LayerStep> hidden) {

  public BatchStep {
    hidden = List.copyOf(hidden);
    if (!readout.learns()) {
      throw new IllegalArgumentException("the read-out learns from every batch");
    }
  }

  /**
   * All layers take a step of this number, from 1, their rates multiplied by {@code rateFactor}.
   */
  public static BatchStep alike(long number, double rateFactor) {
    return new BatchStep(new LayerStep(number, rateFactor), List.of());
  }

  /** Whether every layer takes the same step. */
  public boolean isAlike() {
    return hidden.isEmpty();
  }

  /** The step of a layer; 0 is the first hidden one, and the read-out comes last. */
  public LayerStep layer(int layer) {
    return layer < hidden.size() ? hidden.get(layer) : readout;
  }

  /**
   * The same with learning rates multiplied.
   *
   * @param hiddenFactor of hidden layers
   * @param readoutFactor of the read-out
   * @param hiddenLayers how many there are
   */
  public BatchStep times(double hiddenFactor, double readoutFactor, int hiddenLayers) {
    List<LayerStep> steps =
        IntStream.range(0, hiddenLayers).mapToObj(k -> layer(k).times(hiddenFactor)).toList();
    return new BatchStep(readout.times(readoutFactor), steps);
  }
}
