package org.raphe.backend.device;

import java.util.Arrays;

/**
 * The order of an epoch's samples in a device's memory: it goes in once, and a batch is a place in
 * it. An order that was changed since is noticed and goes in again.
 */
final class BatchOrder implements AutoCloseable {
  private final KernelDevice device;
  private int[] placed = {};
  private DeviceMemory memory;
  private int begin;

  BatchOrder(KernelDevice device) {
    this.device = device;
  }

  /** The batch at hand is {@code indices[from ... from+count-1]}. */
  void begin(int[] indices, int from, int count) {
    boolean same =
        indices.length == placed.length
            && Arrays.equals(indices, from, from + count, placed, from, from + count);
    if (!same) {
      place(indices);
    }
    begin = from;
  }

  private void place(int[] indices) {
    placed = new int[0]; // Until the new order stands, should its writing fail.
    long bytes = (long) Integer.BYTES * indices.length;
    if (memory == null || memory.bytes() < bytes) {
      close();
      memory = device.allocate("order of the samples", bytes);
    }
    memory.write(indices);
    placed = indices.clone();
  }

  /** Where in the order the batch at hand begins. */
  int begin() {
    return begin;
  }

  /** Tells a kernel the order. */
  Kernel bind(Kernel kernel) {
    return kernel.bind("indices", memory);
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
      memory = null;
    }
  }
}
