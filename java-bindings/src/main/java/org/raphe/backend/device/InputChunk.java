package org.raphe.backend.device;

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
   * @param bytesEach local memory for each input of the chunk
   * @throws RunException if not even four inputs fit
   */
  static InputChunk of(
      KernelDevice device, String kernel, KernelSettings with, int inputs, int bytesEach) {
    LaunchLimits limits = device.launchLimits();
    if ((long) bytesEach * inputs <= limits.mostLocalMemory()) { // Else not even without the rest.
      KernelSettings whole = with.with("CHUNKED", false);
      int size = size(device.attributes(kernel, whole), inputs, bytesEach, limits);
      if (size >= inputs) {
        return new InputChunk(size, whole);
      }
    }
    KernelSettings chunked = with.with("CHUNKED", true);
    return new InputChunk(
        size(device.attributes(kernel, chunked), inputs, bytesEach, limits), chunked);
  }

  /**
   * Inputs of a chunk: as few chunks as the device has room for, all of about the same size. The
   * driver is asked for more memory than usual only where that saves a chunk.
   *
   * @throws RunException if not even four inputs fit
   */
  public static int size(KernelAttributes kernel, int inputs, int bytesEach, LaunchLimits limits) {
    int usual = fitting(limits.localMemory(), kernel, bytesEach);
    int most = fitting(limits.mostLocalMemory(), kernel, bytesEach);
    if (most < QUAD) {
      throw new RunException(
          "kernel "
              + kernel.kernel()
              + " takes "
              + kernel.localBytes()
              + " bytes of local memory and "
              + bytesEach
              + " for each input, but "
              + limits.device()
              + " allows "
              + limits.mostLocalMemory()
              + " in all; choose fewer steps or another device");
    }
    int whole = quads(inputs);
    int chunks = usual < QUAD ? Integer.MAX_VALUE : chunks(whole, usual);
    int fewest = Math.min(chunks, chunks(whole, most));
    return quads((whole + fewest - 1) / fewest);
  }

  private static int fitting(int memory, KernelAttributes kernel, int bytesEach) {
    return Math.max(0, memory - kernel.localBytes()) / bytesEach / QUAD * QUAD;
  }

  private static int chunks(int whole, int size) {
    return (whole + size - 1) / size;
  }

  /** Rounded up to whole quads. */
  private static int quads(int inputs) {
    return (inputs + QUAD - 1) / QUAD * QUAD;
  }
}
