package org.raphe.backend.device;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.raphe.Sha256;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.data.UnitLength;
import org.raphe.learning.LearningSpec;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;

/**
 * A network to train on two backends, and all that can be seen of it, as lines to compare.
 *
 * @param pixels whether samples are bytes, else floats
 */
public record DeviceCase(
    NetworkSpec spec, LearningSpec learning, int steps, int batch, boolean pixels) {

  /** Above 32 bits, so that both words of the key are drawn from. */
  private static final long SEED = 0x1234_5678_9ABCL;

  private static final double SHARE_OF_ZEROS = 0.3;

  /** A network of dense layers. */
  public DeviceCase(
      String network,
      NeuronModel neuron,
      Mode mode,
      LearningSpec learning,
      int steps,
      int batch,
      boolean pixels) {
    this(NetworkText.parse(network, neuron, mode), learning, steps, batch, pixels);
  }

  public Placement placement() {
    return new Placement(spec, learning, steps, batch, 0.75f, 0.2f, SEED);
  }

  /** Weights twice the initial ones, so that units of every depth spike; columns begin empty. */
  public Parameters parameters() {
    if (spec.columns().isPresent()) {
      return placement().initialParameters();
    }
    Parameters drawn = Parameters.draw(spec, 31);
    for (LayerParameters layer : drawn.layers()) {
      for (int k = 0; k < layer.weights().length; k++) {
        layer.weights()[k] *= 2f;
      }
    }
    return drawn;
  }

  /**
   * About a third of the features are 0; floats of a gated network are of both signs. What columns
   * compete for has length 1, and some samples are shown under two labels, so that scores are
   * equal.
   */
  public Samples samples(int size) {
    SplittableRandom random = new SplittableRandom(5);
    int numbers = size * spec.input().size();
    byte[] bytes = new byte[numbers];
    float[] floats = new float[numbers];
    double lowest = spec.mode() == Mode.CLASSIFICATION ? 0 : -0.5;
    for (int k = 0; k < numbers; k++) {
      boolean zero = random.nextDouble() < SHARE_OF_ZEROS;
      bytes[k] = zero ? 0 : (byte) random.nextInt(1, 256);
      floats[k] = zero ? 0f : (float) random.nextDouble(lowest, 1.5);
    }
    int[] labels = random.ints(size, 0, spec.classes()).toArray();
    if (spec.columns().isPresent()) {
      int width = spec.input().size();
      for (int k = 3; k < size; k += 4) {
        System.arraycopy(floats, (k - 1) * width, floats, k * width, width);
      }
      return new UnitLength()
          .apply(Samples.ofFeatures("features", spec.input(), spec.classes(), floats, labels));
    }
    return pixels
        ? Samples.ofPixels("pixels", spec.input(), spec.classes(), bytes, labels)
        : Samples.ofFeatures("features", spec.input(), spec.classes(), floats, labels);
  }

  /** Trains two epochs whose last batch is smaller, tests, and trains on from written moments. */
  public List<String> observe(Backend backend, boolean squaredErrors) {
    List<String> lines = new ArrayList<>();
    int size = batch + (batch + 1) / 2;
    try (PlacedNetwork placed = backend.place(placement());
        PlacedSamples shown = placed.placeSamples(samples(size))) {
      writeInitial(placed);
      int step = 0;
      for (int epoch = 1; epoch <= 2; epoch++) {
        int[] order = order(size, epoch);
        for (int from = 0; from < size; from += batch) {
          int count = Math.min(batch, size - from);
          int stream = RandomStream.TRAINING_SPIKES.number(epoch);
          BatchSchedule.train(placed, shown, order, from, count, stream, ++step, 1.0);
          addState(lines, "training batch " + step, placed, squaredErrors);
        }
      }
      int[] order = order(size, 0);
      int stream = RandomStream.TEST_SPIKES.number(0);
      BatchSchedule.test(placed, shown, order, size - batch, batch, stream);
      addState(lines, "testing", placed, squaredErrors);
      writeBack(placed);
      int again = RandomStream.TRAINING_SPIKES.number(3);
      BatchSchedule.train(placed, shown, order, 0, batch, again, ++step, 0.5);
      addState(lines, "with written moments", placed, squaredErrors);
    }
    return lines;
  }

  /** Writes what a network has before any sample. */
  public void writeInitial(PlacedNetwork placed) {
    placed.writeState(placement().initialState().withParameters(spec(), parameters()));
  }

  /** Takes all state to the host, replaces it on the device, and brings it back. */
  private void writeBack(PlacedNetwork placed) {
    NetworkState learned = placed.readState();
    placed.writeState(placement().initialState());
    placed.writeState(learned);
  }

  /** A permutation that differs between epochs: multiples of a number prime to the size. */
  public static int[] order(int size, int epoch) {
    int[] order = new int[size];
    Arrays.setAll(order, k -> (size - 1 - k + epoch) % size);
    return order;
  }

  /** Adds all that can be seen of the batch at hand. */
  public static void addState(
      List<String> lines, String when, PlacedNetwork placed, boolean squaredErrors) {
    boolean spiking = placed.placement().network().neuron() == NeuronModel.LIF;
    int depth = placed.placement().network().layers().size();
    Counters counters = placed.takeCounters();
    lines.add(when + ": samples " + counters.samples() + ", hits " + counters.hits());
    lines.add(when + ": active inputs " + Arrays.toString(counters.activeInputs()));
    for (int layer = 0; layer < depth; layer++) {
      String where = when + ", layer " + (layer + 1);
      if (spiking) {
        lines.add(where + ": spikes " + digest(placed.readSpikeCounts(layer)));
        lines.add(where + ": trains " + digest(placed.readSpikeTrains(layer)));
      }
      float[] gate = placed.readGate(layer);
      lines.add(where + ": gate " + (gate == null ? "none" : digest(gate)));
    }
    lines.add(when + ": outputs " + digest(placed.readOutputs()));
    lines.add(when + ": synapse updates " + Arrays.toString(counters.synapseUpdates()));
    if (squaredErrors) {
      lines.add(when + ": squared error " + Double.toHexString(counters.squaredError()));
    }
    placed
        .readState()
        .tensors()
        .tensors()
        .forEach((name, tensor) -> lines.add(when + ": " + name + " " + digest(tensor.values())));
  }

  private static String digest(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, k -> Float.floatToRawIntBits(values[k]));
    return digest(bits);
  }

  private static String digest(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length);
    bytes.asIntBuffer().put(values);
    return HexFormat.of().formatHex(Sha256.newDigest().digest(bytes.array()), 0, 8);
  }

  @Override
  public String toString() {
    return String.join(
        " ",
        spec.text(),
        spec.neuron().toString(),
        spec.mode().toString(),
        learning.rule().toString(),
        learning.loss().kind().toString(),
        learning.loss().credit().toString(),
        learning.gain().toString(),
        learning.hidden().name(),
        "T" + steps,
        "B" + batch,
        pixels ? "pixels" : "floats",
        spec.columns().map(Object::toString).orElse(""));
  }
}
