package org.raphe.backend.device;

import java.util.Arrays;
import org.raphe.backend.TileLayout;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;

/**
 * A layer's memory on a device: weights and moments {@code [tile][input][TILE]}, biases and theirs,
 * of units rounded up to tiles (zeros that never change where the layer has no biases). Of a
 * convolution the inputs are those of a window, and the units its channels.
 */
final class DeviceLayer implements AutoCloseable {
  final int inputs;
  final int units;

  /** Places at which its channels stand; 1 of a dense layer. */
  final int sites;

  final boolean biased;
  final TileLayout layout;

  /** Units rounded up to whole tiles: the distance between samples in what the layer emits. */
  final int unitStride;

  /** The same of what it takes. */
  final int inputStride;

  /** The same of what it hands on, pooled perhaps. */
  final int outputStride;

  final DeviceMemory weights;
  final DeviceMemory firstMoments;
  final DeviceMemory secondMoments;
  final DeviceMemory biases;
  final DeviceMemory biasFirstMoments;
  final DeviceMemory biasSecondMoments;

  private final OwnedResources owned = new OwnedResources();

  DeviceLayer(KernelDevice device, Layer shape, int number) {
    inputs = shape.inputs();
    units = shape.units();
    sites = units / shape.channels();
    biased = shape.biased();
    layout = new TileLayout(shape.fanIn(), shape.channels(), LaunchShape.TILE);
    unitStride = padded(units);
    inputStride = padded(inputs);
    outputStride = padded(shape.outputs());
    try {
      weights = allocate(device, number, "weights", layout.size());
      firstMoments = allocate(device, number, "first moments", layout.size());
      secondMoments = allocate(device, number, "second moments", layout.size());
      long channels = layout.paddedUnits();
      biases = allocate(device, number, "biases", channels);
      biasFirstMoments = allocate(device, number, "first moments of biases", channels);
      biasSecondMoments = allocate(device, number, "second moments of biases", channels);
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, owned);
      throw e;
    }
  }

  /** So many numbers rounded up to whole tiles. */
  static int padded(int numbers) {
    return new TileLayout(1, numbers, LaunchShape.TILE).paddedUnits();
  }

  private DeviceMemory allocate(KernelDevice device, int number, String what, long numbers) {
    DeviceMemory memory =
        device.allocate(what + " of layer " + (number + 1), Float.BYTES * numbers);
    owned.add(memory);
    return memory;
  }

  /** Rows of weights, biases included. */
  int rows() {
    return layout.inputs() + (biased ? 1 : 0);
  }

  /** Numbers from sample to sample of what its units are credited with at a step. */
  long creditStride() {
    return (long) sites * layout.paddedUnits();
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
      vector.write(Arrays.copyOf(parameters.biases(), layout.paddedUnits()));
    }
  }

  private LayerParameters read(DeviceMemory tiled, DeviceMemory vector) {
    float[] spread = new float[Math.toIntExact(layout.size())];
    tiled.read(spread);
    float[] padded = new float[layout.paddedUnits()];
    if (biased) {
      vector.read(padded);
    }
    return new LayerParameters(
        layout.gather(spread), biased ? Arrays.copyOf(padded, layout.units()) : null);
  }

  @Override
  public void close() {
    owned.close();
  }
}
