package org.raphe.backend.device;

/**
 * The memory in which a group lists the spikes of a layer's inputs and lays out what it integrates.
 * The kernels cut it up in {@code spike_list.h}.
 *
 * @param group work-items of the group
 * @param tiles tiles of units that it covers
 * @param words ints of a spike train
 * @param columns steps that are integrated together
 * @param laidOut numbers laid out for each listed input, if the whole list is; else 1
 * @param leastLaidOut numbers laid out at least, where the list is laid out a part at a time
 * @param padding entries that a list has past its last
 */
public record SpikeRoom(
    int group, int tiles, int words, int columns, int laidOut, int leastLaidOut, int padding) {
  /** Entries that the CUDA kernels lay out at a time: SEGMENT of hidden_currents.h's. */
  private static final int HIDDEN_SEGMENT = 128;

  /** The same of readout_currents.h. */
  private static final int READOUT_SEGMENT = 512;

  /** LIST_PADDING of the CUDA kernels. */
  private static final int PADDING = 16;

  /** Of a kernel that integrates a hidden layer. */
  public static SpikeRoom hidden(LaunchShape shape, int steps) {
    int columns = shape.stepColumns(steps);
    return of(shape, steps, shape.spikingGroup(), shape.spikingLanes(), HIDDEN_SEGMENT * columns);
  }

  /**
   * Of the kernel that integrates a read-out; one of a continual network lays out gates too, one
   * whose inputs were counted in pools two levels.
   */
  public static SpikeRoom readout(
      LaunchShape shape, int steps, boolean continual, boolean counted) {
    int lanes = shape.columns().compiled() ? 1 : shape.lanes();
    int pairs = Math.max(1, shape.stepColumns(steps) / 2);
    int each = shape.readoutGroup() / pairs / 4 * 4 + (continual ? 1 : 0) + (counted ? 2 : 0);
    return of(shape, steps, shape.readoutGroup(), lanes, READOUT_SEGMENT * each);
  }

  private static SpikeRoom of(LaunchShape shape, int steps, int group, int lanes, int segment) {
    boolean compiled = shape.columns().compiled();
    int columns = shape.stepColumns(steps);
    return new SpikeRoom(
        group,
        Math.max(1, group * lanes / LaunchShape.TILE),
        (steps + 31) / 32,
        columns,
        compiled ? 1 : columns,
        compiled ? segment : 0,
        compiled ? PADDING : 0);
  }

  /**
   * Bytes of the room of a convolution's group: inputs seen at each step of each site, and the
   * steps at which its channels have a credit.
   */
  public static int ofWindows(int steps) {
    return Integer.BYTES * DeviceSpikingConvolution.GROUP_SITES * ((steps + 31) / 32) * (32 + 1);
  }

  /** Bytes of the room for a chunk of inputs. */
  public int bytes(int chunk) {
    long list = 2L * (chunk + padding) + words * (32L + tiles);
    return Math.toIntExact(Float.BYTES * (Math.max((long) chunk * laidOut, leastLaidOut) + list));
  }
}
