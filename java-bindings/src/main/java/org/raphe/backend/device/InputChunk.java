package org.raphe.backend.device;

import java.util.function.IntToLongFunction;
import org.raphe.RunException;

/**
 * How many inputs of a layer a work-group lists at a time in its local memory.
 *
 * @param size inputs of a chunk, a multiple of 4
 * @param settings what the kernel is compiled with, CHUNKED among it
 */
public record InputChunk(int size, KernelSettings settings) {
  private static final int QUAD = 4;

  /**
   * The chunk for a kernel, from what the device says of the very kernel.
   *
   * @param with what it is compiled with, but for CHUNKED
   * @param inputs all inputs of the layer
   * @param room bytes of local memory for a chunk of so many inputs
   * @throws RunException if not even four inputs fit
   */
  static InputChunk of(
      KernelDevice device, String kernel, KernelSettings with, int inputs, IntToLongFunction room) {
    LaunchLimits limits = device.launchLimits();
    if (room.applyAsLong(quads(inputs))
        <= limits.mostLocalMemory()) { // Else not even without the rest.
      KernelSettings whole = with.with("CHUNKED", false);
      int size = size(device.attributes(kernel, whole), inputs, room, limits);
      if (size >= inputs) {
        return new InputChunk(size, whole);
      }
    }
    KernelSettings chunked = with.with("CHUNKED", true);
    return new InputChunk(size(device.attributes(kernel, chunked), inputs, room, limits), chunked);
  }

  /**
   * Inputs of a chunk: as few chunks as the device has room for, all of about the same size. The
   * driver is asked for more memory than usual only where that saves a chunk.
   *
   * @throws RunException if not even four inputs fit
   */
  public static int size(
      KernelAttributes kernel, int inputs, IntToLongFunction room, LaunchLimits limits) {
    int whole = quads(inputs);
    int usual = fitting(limits.localMemory() - kernel.localBytes(), whole, room);
    int most = fitting(limits.mostLocalMemory() - kernel.localBytes(), whole, room);
    if (most < QUAD) {
      throw new RunException(
          "kernel "
              + kernel.kernel()
              + " takes "
              + kernel.localBytes()
              + " bytes of local memory and "
              + room.applyAsLong(QUAD)
              + " for four inputs, but "
              + limits.device()
              + " allows "
              + limits.mostLocalMemory()
              + " in all; choose fewer steps or another device");
    }
    int chunks = usual < QUAD ? Integer.MAX_VALUE : chunks(whole, usual);
    int fewest = Math.min(chunks, chunks(whole, most));
    return quads((whole + fewest - 1) / fewest);
  }

  /** The largest chunk of at most {@code whole} inputs whose room fits; 0 if none does. */
  private static int fitting(int memory, int whole, IntToLongFunction room) {
    int fits = 0;
    int most = whole / QUAD;
    while (fits < most) {
      int middle = fits + (most - fits + 1) / 2;
      if (room.applyAsLong(QUAD * middle) <= memory) {
        fits = middle;
      } else {
        most = middle - 1;
      }
    }
    return QUAD * fits;
  }

  private static int chunks(int whole, int size) {
    return (whole + size - 1) / size;
  }

  /** Rounded up to whole quads. */
  private static int quads(int inputs) {
    return (inputs + QUAD - 1) / QUAD * QUAD;
  }
}
