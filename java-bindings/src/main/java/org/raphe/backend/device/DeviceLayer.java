package org.raphe.backend.device;

import java.util.Arrays;
import org.raphe.backend.TileLayout;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;

/**
 * A layer's memory on a device: weights and moments {@code [tile][input][TILE]}, biases and theirs
 * {@code [unitStride]} (zeros that never change where the layer has no biases).
 */
final class DeviceLayer implements AutoCloseable {
  final int inputs;
  final int units;
  final boolean biased;
  final TileLayout layout;

  /** Units rounded up to whole tiles: the distance between samples in what the layer emits. */
  final int unitStride;

  /** The same of what it takes. */
  final int inputStride;

  final DeviceMemory weights;
  final DeviceMemory firstMoments;
  final DeviceMemory secondMoments;
  final DeviceMemory biases;
  final DeviceMemory biasFirstMoments;
  final DeviceMemory biasSecondMoments;

  private final OwnedResources owned = new OwnedResources();

  DeviceLayer(KernelDevice device, Layer dense, int number) {
    inputs = dense.inputs();
    units = dense.units();
    biased = dense.biased();
    layout = new TileLayout(inputs, units, LaunchShape.TILE);
    unitStride = layout.paddedUnits();
    inputStride = new TileLayout(1, inputs, LaunchShape.TILE).paddedUnits();
    try {
      weights = allocate(device, number, "weights", layout.size());
      firstMoments = allocate(device, number, "first moments", layout.size());
      secondMoments = allocate(device, number, "second moments", layout.size());
      biases = allocate(device, number, "biases", unitStride);
      biasFirstMoments = allocate(device, number, "first moments of biases", unitStride);
      biasSecondMoments = allocate(device, number, "second moments of biases", unitStride);
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, owned);
      throw e;
    }
  }

  private DeviceMemory allocate(KernelDevice device, int number, String what, long numbers) {
    DeviceMemory memory =
        device.allocate(what + " of layer " + (number + 1), Float.BYTES * numbers);
    owned.add(memory);
    return memory;
  }

  /** Rows of weights, biases included. */
  int rows() {
    return inputs + (biased ? 1 : 0);
  }

  void write(LayerParameters parameters) {
    write(weights, biases, parameters);
  }

  void writeMoments(LayerParameters first, LayerParameters second) {
    write(firstMoments, biasFirstMoments, first);
    write(secondMoments, biasSecondMoments, second);
  }

  LayerParameters read() {
    return read(weights, biases);
  }

  LayerParameters readFirstMoments() {
    return read(firstMoments, biasFirstMoments);
  }

  LayerParameters readSecondMoments() {
    return read(secondMoments, biasSecondMoments);
  }

  private void write(DeviceMemory tiled, DeviceMemory vector, LayerParameters parameters) {
    float[] spread = new float[Math.toIntExact(layout.size())];
    layout.spread(parameters.weights(), spread);
    tiled.write(spread);
    if (biased) {
      /* All of it at once: Oclgrind takes what a host's write leaves out for never written. */
      vector.write(Arrays.copyOf(parameters.biases(), unitStride));
    }
  }

  private LayerParameters read(DeviceMemory tiled, DeviceMemory vector) {
    float[] spread = new float[Math.toIntExact(layout.size())];
    tiled.read(spread);
    float[] padded = new float[unitStride];
    if (biased) {
      vector.read(padded);
    }
    return new LayerParameters(layout.gather(spread), biased ? Arrays.copyOf(padded, units) : null);
  }

  @Override
  public void close() {
    owned.close();
  }
}
