package org.raphe.training;

import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.learning.LearningSpec;
import org.raphe.network.NetworkSpec;

/**
 * Everything that decides the bits of a training run, besides the data.
 *
 * @param network layers and units
 * @param learning rule, optimizers, loss
 * @param schedule learning rates over the run
 * @param steps T
 * @param batch B
 * @param epochs passes over the training samples
 * @param inputScale r of the spike code
 * @param seed key of every random number
 */
public record TrainingPlan(
    NetworkSpec network,
    LearningSpec learning,
    LearningRateSchedule schedule,
    int steps,
    int batch,
    int epochs,
    float inputScale,
    long seed) {

  /** Published delta of the input-type gate. */
  private static final float GATE_MARGIN = 0.2f;

  public TrainingPlan {
    if (epochs < 1) {
      throw new InputException("epochs must be at least 1, not " + epochs);
    }
    placement(network, learning, steps, batch, inputScale, seed);
  }

  /** What is placed on a device. */
  public Placement placement() {
    return placement(network, learning, steps, batch, inputScale, seed);
  }

  private static Placement placement(
      NetworkSpec network,
      LearningSpec learning,
      int steps,
      int batch,
      float inputScale,
      long seed) {
    return new Placement(network, learning, steps, batch, inputScale, GATE_MARGIN, seed);
  }

  /** Batches of an epoch of {@code samples} samples; the last may be smaller. */
  public long batchesPerEpoch(int samples) {
    return (samples + batch - 1) / batch;
  }
}
