package org.raphe.backend.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.backend.Counters;

/**
 * Counters in a device's memory: each work-group adds to slots of its own, so that sums need no
 * atomics. Hidden layers hold [2][slots], active inputs and synapse updates; the read-out also hits
 * and squared error, the latter in multiples of 2^-24.
 */
final class DeviceCounters implements AutoCloseable {
  private static final int HIDDEN = 2;
  private static final int READOUT = 4;
  private static final double SQUARED_ERROR_UNIT = 0x1p-24;

  private final List<DeviceMemory> layers = new ArrayList<>();
  private final OwnedResources owned = new OwnedResources();
  private final List<Integer> slots = new ArrayList<>();
  private final boolean hasSquaredError;
  private long samples;

  DeviceCounters(boolean hasSquaredError) {
    this.hasSquaredError = hasSquaredError;
  }

  /** Makes room for the next layer. */
  void addLayer(KernelDevice device, int layerSlots, boolean readout) {
    int rows = readout ? READOUT : HIDDEN;
    String holds = "counters of layer " + (layers.size() + 1);
    DeviceMemory memory = device.allocate(holds, (long) Long.BYTES * rows * layerSlots);
    owned.add(memory);
    layers.add(memory);
    slots.add(layerSlots);
  }

  DeviceMemory memory(int layer) {
    return layers.get(layer);
  }

  int slots(int layer) {
    return slots.get(layer);
  }

  void shown(int count) {
    samples += count;
  }

  /** Reads all and begins anew; squared error is NaN where the device cannot measure it. */
  Counters take() {
    int depth = layers.size();
    long[] active = new long[depth];
    long[] updates = new long[depth];
    long hits = 0;
    double squaredError = hasSquaredError ? 0 : Double.NaN;
    for (int layer = 0; layer < depth; layer++) {
      int rows = layer == depth - 1 ? READOUT : HIDDEN;
      int each = slots.get(layer);
      long[] values = new long[rows * each];
      layers.get(layer).read(values);
      layers.get(layer).clear();
      active[layer] = sum(values, 0, each);
      updates[layer] = sum(values, 1, each);
      if (rows == READOUT) {
        hits = sum(values, 2, each);
        squaredError += sum(values, 3, each) * SQUARED_ERROR_UNIT;
      }
    }
    Counters taken = new Counters(samples, hits, squaredError, active, updates);
    samples = 0;
    return taken;
  }

  private static long sum(long[] values, int row, int each) {
    return Arrays.stream(values, row * each, (row + 1) * each).sum();
  }

  @Override
  public void close() {
    owned.close();
    layers.clear();
  }
}
