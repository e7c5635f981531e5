package org.raphe.backend;

import org.raphe.data.Samples;
import org.raphe.learning.BatchStep;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Parameters;

/**
 * A network on a device: its memory, and the fused kernels that {@link BatchSchedule} calls in
 * order. Weights, samples and spikes stay on the device; indices go in and counters come out.
 *
 * <p>Not safe for use by two threads at a time. Closing releases all device memory.
 */
public interface PlacedNetwork extends AutoCloseable {

  Placement placement();

  /** Copies parameters to the device. */
  void writeParameters(Parameters parameters);

  /** Copies parameters from the device. */
  Parameters readParameters();

  /** Copies all that is learned and needed to learn on from the device. */
  NetworkState readState();

  /**
   * Copies a state to the device.
   *
   * @throws IllegalArgumentException if it is not of this network: its names or shapes are others
   */
  void writeState(NetworkState state);

  /** Copies the first moments from the device; under a gradient probe these are the gradients. */
  default Parameters readFirstMoments() {
    return readState().firstMoments();
  }

  /** Copies the second moments from the device. */
  default Parameters readSecondMoments() {
    return readState().secondMoments();
  }

  /**
   * Replaces the learning signals of a hidden layer, K x H, row-major, which otherwise are those of
   * its rule.
   */
  void writeClassSignals(int layer, float[] signals);

  /** Copies samples to the device; the caller closes them. */
  PlacedSamples placeSamples(Samples samples);

  /**
   * Begins a batch: {@code indices[from ... from+count-1]} of {@code samples}. In class-continual
   * mode this also sets the input-type gate from the batch's mean input.
   */
  void beginBatch(PlacedSamples samples, int[] indices, int from, int count);

  /**
   * Draws the input spikes of the batch (spiking networks): input i of sample s spikes at step t
   * iff the top 24 bits of the draw (stream, s, t, i) are below floor(p 2^24).
   *
   * @param stream number of the random stream
   */
  void drawSpikes(int stream);

  /**
   * Takes recorded input spikes instead of drawing them.
   *
   * @param trains [sample][word][input], 32 steps a word, least bit first; bits past T are ignored
   */
  void writeInputSpikes(int[] trains);

  /**
   * A hidden layer over its whole window: currents, membrane, spikes; with {@code credit} also the
   * learning signal of each sample's class and the chain of section 4.
   */
  void hiddenLayer(int layer, boolean credit);

  /**
   * The read-out over its whole window: outputs, hits and error; with {@code credit} also its
   * error's chain.
   */
  void readout(boolean credit);

  /**
   * The learning signals of a hidden layer whose rule answers to outputs: each sample's credits,
   * made for a signal of 1, count times its unit's signal from now on.
   */
  void answer(int layer);

  /**
   * Trains on the batch that has begun, its input spikes drawn: the kernels in the order of {@link
   * BatchSchedule}, unless a network learns a batch as a whole.
   *
   * @param step which layers learn, and by which steps of their optimizers
   * @throws org.raphe.InputException if layers are to take steps of their own in a network that
   *     learns a batch as a whole
   */
  default void train(BatchStep step) {
    BatchSchedule.trainBegun(this, step);
  }

  /**
   * An experience is learned and another follows: what its rule needs to know of it later is
   * gathered. Rules that keep nothing do nothing here.
   *
   * @param indices the experience's training samples
   * @param stream random stream of the input spikes
   */
  default void consolidate(PlacedSamples samples, int[] indices, int stream) {}

  /** What to do where parameters stop being finite numbers: the end of a sentence. */
  default String divergenceAdvice() {
    return "choose a smaller learning rate";
  }

  /** Gradient, summed over samples and steps ascending, and optimizer step of one layer. */
  void learn(int layer, OptimizerStep step);

  /** Waits for the device and returns what it counted since the last call. */
  Counters takeCounters();

  /** Outputs y of the current batch, [sample][class]: rates over the window, or activations. */
  float[] readOutputs();

  /**
   * Spikes of a layer's units in the current batch, [sample][word][unit], 32 steps a word, least
   * bit first; layer 0 is the first hidden one.
   *
   * @throws IllegalStateException of rate units, which emit none
   */
  int[] readSpikeTrains(int layer);

  /**
   * Spikes over the window of a layer's units in the current batch, [sample][unit]; layer 0 is the
   * first hidden one.
   *
   * @throws IllegalStateException of rate units, which emit none
   */
  default int[] readSpikeCounts(int layer) {
    int[] trains = readSpikeTrains(layer);
    int units = placement().network().layers().get(layer).units();
    int words = (placement().steps() + 31) / 32;
    int[] counts = new int[trains.length / words];
    for (int k = 0; k < trains.length; k++) {
      counts[k / units / words * units + k % units] += Integer.bitCount(trains[k]);
    }
    return counts;
  }

  /**
   * What a hidden layer's units emitted in the current batch, [sample][unit]: rates over the
   * window, or activations.
   *
   * @throws IllegalStateException if this network hands on none
   */
  default float[] readActivity(int layer) {
    throw new IllegalStateException("this network hands on no activity of hidden layers");
  }

  /** Gate of a hidden layer's units in the current batch, [unit]; null in classification mode. */
  float[] readGate(int layer);

  @Override
  void close();
}
