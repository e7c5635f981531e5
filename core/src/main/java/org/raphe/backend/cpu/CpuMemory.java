package org.raphe.backend.cpu;

import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.backend.TileLayout;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Signal;

/**
 * What a network's layers hold in the Java heap, in bytes, counted before any of it is allocated:
 * weights and moments, credits, signals, and what units emit. Nothing else of a network is large.
 */
final class CpuMemory {
  private static final long FLOAT = 4;
  private static final long MIB = 1 << 20;

  private final Placement placement;
  private final NetworkSpec network;

  CpuMemory(Placement placement) {
    this.placement = placement;
    network = placement.network();
  }

  /**
   * Checks that a network fits.
   *
   * @param available bytes
   * @throws InputException if it does not, or one of its arrays would be longer than Java's
   */
  void check(long available) {
    for (int layer = 0; layer < network.layers().size(); layer++) {
      checkLayer(layer);
    }
    long needed = bytes();
    if (needed > available) {
      throw new InputException(
          "network "
              + network.text()
              + (" with batches of " + placement.batch() + " and T " + placement.steps())
              + (" needs at least " + mebibytes(needed) + " MiB on the cpu, and Java may use ")
              + (mebibytes(available)
                  + " MiB; choose smaller batches or fewer steps, or start Java")
              + " with a larger heap");
    }
  }

  private static long mebibytes(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }

  /** Longest arrays: a layer's credits, signals by class, and gradients of a convolution. */
  private void checkLayer(int number) {
    Layer layer = network.layers().get(number);
    long units = paddedUnits(layer);
    long longest =
        units * Math.max((long) placement.batch() * placement.steps(), network.classes());
    if (layer.convolution().isPresent()) {
      boolean spikes = network.neuron() == NeuronModel.LIF;
      longest = Math.max(longest, spikes ? stripes(layer) : planes(layer));
    }
    if (longest > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "layer "
              + (number + 1)
              + (" of " + network.text() + ", of " + layer.units() + " units, is too large for the")
              + (" cpu with batches of " + placement.batch() + " and T " + placement.steps())
              + (": " + longest + " numbers in one array; choose smaller batches or fewer steps"));
    }
  }

  /** Gradients of a spiking convolution, all stripes. */
  private static long stripes(Layer layer) {
    return ConvolutionLayer.STRIPES * layout(layer).size();
  }

  private static TileLayout layout(Layer layer) {
    return TiledLayer.layout(layer);
  }

  /** Units, the channels of each site rounded up to tiles. */
  private static long paddedUnits(Layer layer) {
    return (long) layer.units() / layer.channels() * layout(layer).paddedUnits();
  }

  long bytes() {
    long bytes = 0;
    for (int number = 0; number < network.layers().size(); number++) {
      bytes += bytes(number, network.layers().get(number));
    }
    return bytes;
  }

  private long bytes(int number, Layer layer) {
    Signal signal = placement.learning().rule().signal();
    boolean readout = network.isReadout(number);
    long shown = (long) placement.batch() * placement.steps();
    long bytes = 3 * FLOAT * layout(layer).size();
    if (readout || signal.isCredited()) {
      bytes += FLOAT * shown * paddedUnits(layer);
    }
    if (!readout && signal.isCredited()) {
      bytes += FLOAT * network.classes() * paddedUnits(layer);
    }
    boolean spikes = network.neuron() == NeuronModel.LIF;
    if (spikes && layer.convolution().isPresent() && signal.isCredited()) {
      bytes += FLOAT * stripes(layer);
    }
    if (!readout && signal instanceof Signal.OfOutputs answering) {
      bytes += FLOAT * network.classes() * answering.width(layer);
    }
    return bytes + emittedBytes(layer);
  }

  /** Trains or values of units, and of what is handed on where that is kept beside them. */
  private long emittedBytes(Layer layer) {
    long batch = placement.batch();
    boolean apart = layer.convolution().isPresent();
    long numbers = paddedUnits(layer) + (apart ? layer.outputs() : 0);
    if (network.neuron() == NeuronModel.RATE) {
      return FLOAT * (batch * numbers + planes(layer));
    }
    int words = (placement.steps() + 31) / 32;
    long counts = layer.pooled() ? batch * placement.steps() * layer.outputs() : 0;
    return FLOAT * batch * words * numbers + counts;
  }

  /** What a convolution of rate units is given, laid out anew. */
  private long planes(Layer layer) {
    return layer.convolution().map(form -> InputPlanes.size(form, placement.batch())).orElse(0L);
  }
}
