package org.raphe.backend;

import org.raphe.InputException;
import org.raphe.data.Samples;
import org.raphe.learning.AssociativeReadout;
import org.raphe.learning.Competition;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Activation;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;

/**
 * What is placed on a device: a network, how it learns, and the shape of its batches.
 *
 * @param network layers and units
 * @param learning rule, optimizers, loss
 * @param steps T, steps of a sample's window; 1 for rate units
 * @param batch B, most samples of a batch
 * @param inputScale r of the spike code x = 1[X > r U] (classification)
 * @param gateMargin delta of the input-type gate (class-continual mode)
 * @param seed key of every random number
 */
public record Placement(
    NetworkSpec network,
    LearningSpec learning,
    int steps,
    int batch,
    float inputScale,
    float gateMargin,
    long seed) {

  /** Largest T and largest B, so that sizes stay in int. */
  public static final int MAX_STEPS = 1024;

  public static final int MAX_BATCH = 4096;

  public Placement {
    if (steps < 1 || steps > MAX_STEPS || batch < 1 || batch > MAX_BATCH) {
      throw new InputException(
          "steps must be in 1.."
              + MAX_STEPS
              + " and batch in 1.."
              + MAX_BATCH
              + ", not "
              + steps
              + " and "
              + batch);
    }
    if (network.neuron() == NeuronModel.RATE && steps != 1) {
      throw new InputException("rate units have a window of 1 step, not " + steps);
    }
    if (!Float.isFinite(gateMargin)) {
      throw new InputException("the gate's margin must be finite, not " + gateMargin);
    }
    if (learning.competition() != null) {
      learning.competition().checkFits(network);
      if (network.activation() == Activation.RELU) {
        throw new InputException(
            "activation relu is not for columns that compete; their currents are compared as they are");
      }
    }
    if (!(inputScale > 0) || !Float.isFinite(inputScale)) {
      throw new InputException("input scale r must be finite and above 0, not " + inputScale);
    }
  }

  /**
   * Weights before any sample: drawn from the seed; of competing columns 0, since a column takes
   * its first sample as it is.
   */
  public Parameters initialParameters() {
    return learning.competition() == null
        ? Parameters.draw(network, seed)
        : Parameters.zeros(network);
  }

  /**
   * P before any sample: 1 / ridge on the diagonal, [column][column]; null unless the read-out
   * learns by recursive least squares.
   */
  public float[] initialInverseCorrelation() {
    Competition competition = learning.competition();
    if (competition == null || competition.readout() != AssociativeReadout.RLS) {
      return null;
    }
    int columns = competition.columns(network);
    float[] inverse = new float[columns * columns];
    for (int column = 0; column < columns; column++) {
      inverse[column * columns + column] = 1f / competition.ridge();
    }
    return inverse;
  }

  /**
   * Checks that samples have the features and classes of the network.
   *
   * @throws IllegalArgumentException if they do not
   */
  public void checkFits(Samples samples) {
    int inputs = network.layers().get(0).inputs();
    if (samples.shape().size() != inputs || samples.classes() != network.classes()) {
      throw new IllegalArgumentException(
          samples.name()
              + " has "
              + samples.shape().size()
              + " features and "
              + samples.classes()
              + " classes; the network takes "
              + inputs
              + " and "
              + network.classes());
    }
  }
}
