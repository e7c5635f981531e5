package org.raphe.continual;

import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.data.FeatureScaling;
import org.raphe.data.Samples;
import org.raphe.data.Standardization;
import org.raphe.data.UnitLength;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;

/**
 * Everything that decides the bits of a class-continual run, besides the data and its stream.
 *
 * @param network layers and units; its mode tells whether it has an input-type gate
 * @param learning rule, optimizers, loss; rates are constant
 * @param steps T
 * @param batch B, training samples of a batch and, under the published protocol, test samples
 * @param epochs most passes over an experience's training samples
 * @param stopAccuracy an experience ends after the first pass in which this share of its samples
 *     was told right, each before its own update; null for always {@code epochs} passes
 * @param inputScale r of the spike code (networks without a gate)
 * @param gateMargin delta of the input-type gate
 * @param protocol how test samples are batched
 * @param seed key of every random number
 */
public record ContinualPlan(
    NetworkSpec network,
    LearningSpec learning,
    int steps,
    int batch,
    int epochs,
    Double stopAccuracy,
    float inputScale,
    float gateMargin,
    Protocol protocol,
    long seed) {

  public ContinualPlan {
    if (epochs < 1) {
      throw new InputException("epochs of an experience must be at least 1, not " + epochs);
    }
    if (stopAccuracy != null && !(stopAccuracy > 0 && stopAccuracy <= 1)) {
      throw new InputException(
          "the accuracy at which an experience ends must be above 0 and at most 1, not "
              + stopAccuracy);
    }
    new Placement(network, learning, steps, batch, inputScale, gateMargin, seed);
  }

  /** What is placed on a device. */
  public Placement placement() {
    return new Placement(network, learning, steps, batch, inputScale, gateMargin, seed);
  }

  /** Whether the network has an input-type gate, made from each batch's mean input. */
  public boolean gated() {
    return network.mode() == Mode.CLASS_CONTINUAL;
  }

  /**
   * What is done to features: standardised for networks with a gate, of length 1 for columns that
   * compete.
   *
   * @param train the training samples, which standardisation measures
   */
  public FeatureScaling features(Samples train) {
    if (network.columns().isPresent()) {
      return new UnitLength();
    }
    return gated() ? Standardization.of(train) : new FeatureScaling.Raw();
  }

  /**
   * Test samples shown at a time. Without a gate nothing depends on it.
   *
   * @return 1 under the strict protocol where there is a gate, else B
   */
  public int testBatch() {
    return gated() && protocol == Protocol.STRICT ? 1 : batch;
  }
}
