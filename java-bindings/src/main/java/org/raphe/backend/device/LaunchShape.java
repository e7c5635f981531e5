package org.raphe.backend.device;

import org.raphe.RunException;

/**
 * How kernels are cut to a device. No number here changes a bit of a result.
 *
 * @param lanes units that a work-item computes side by side: 1, 4, 8 or 16
 * @param group work-items of a group that integrates a layer, a power of two
 * @param localMemory bytes that a group shares
 */
public record LaunchShape(int lanes, int group, int localMemory) {
  /** Units of a tile of weights, as in the kernels. */
  public static final int TILE = 64;

  /** Units that one group of a wide layer covers where work-items hold several. */
  private static final int GROUP_UNITS = 1024;

  private static final int WIDEST_GROUP = 256;

  private static final int READOUT_GROUP = 128;

  /** Work-items of a group where work-items hold several units. */
  private static final int NARROW_GROUP = 16;

  private static final int[] LANES = {16, 8, 4, 1};

  /**
   * The shape that fits a device.
   *
   * @throws RunException if its work-groups cannot hold a tile of units
   */
  public static LaunchShape of(DeviceLimits limits) {
    int lanes = 1;
    for (int possible : LANES) {
      if (possible <= limits.nativeLanes()) {
        lanes = possible;
        break;
      }
    }
    while (lanes * limits.workGroup() < TILE && lanes < LANES[0]) {
      lanes = lanes == 1 ? 4 : lanes * 2;
    }
    if (lanes * limits.workGroup() < TILE) {
      throw new RunException(
          "a work-group of "
              + limits.workGroup()
              + " cannot hold a tile of "
              + TILE
              + " units; use another device");
    }
    int wanted = lanes == 1 ? WIDEST_GROUP : Math.min(WIDEST_GROUP, GROUP_UNITS / lanes);
    int group = Integer.highestOneBit(Math.min(wanted, limits.workGroup()));
    return new LaunchShape(lanes, group, limits.localMemory());
  }

  /** Units that a group covers. */
  public int groupUnits() {
    return group * lanes;
  }

  /** Groups side by side that cover {@code units}. */
  public int slices(int units) {
    return (units + groupUnits() - 1) / groupUnits();
  }

  /** Vectors of {@code lanes} units that a work-item learns. */
  public int learningVectors() {
    return lanes == 1 ? 1 : TILE / LANES[0];
  }

  /** Work-items that share the learning of a tile. */
  public int tileItems() {
    return TILE / (lanes * learningVectors());
  }

  /** Work-items of a group of the read-out, a power of two. */
  public int readoutGroup() {
    return Math.min(group, lanes == 1 ? READOUT_GROUP : NARROW_GROUP);
  }

  /** Rows of weights that a learning group takes. */
  public int learningRows() {
    return Math.max(1, (lanes == 1 ? group : Math.min(group, NARROW_GROUP)) / tileItems());
  }

  /** Steps of a window that are integrated together: all, or as many as stand in registers. */
  public int stepColumns(int steps) {
    int most = lanes == 8 ? 12 : 24;
    int block = lanes == 8 ? 8 : 16;
    return steps <= most ? steps : block;
  }

  /** Samples of rate units that are integrated together. */
  public int sampleColumns(int batch) {
    int most = lanes == 1 ? 8 : lanes == 8 ? 8 : 16;
    return Math.min(most, batch);
  }

  /** Columns that a work-item of the read-out integrates: a divisor of {@code columns}. */
  public int itemColumns(int columns) {
    if (lanes > 1) {
      return columns;
    }
    for (int divisor = 2; divisor <= 3; divisor++) {
      if (columns % divisor == 0) {
        return divisor;
      }
    }
    return columns % 5 == 0 ? 5 : 1;
  }

  /**
   * Inputs that a group lists at a time.
   *
   * @param inputs all inputs of the layer
   * @param fixedBytes local memory that the kernel takes in any case
   * @param bytesEach local memory for each input of the chunk
   * @throws RunException if not even four inputs fit
   */
  public int chunk(int inputs, int fixedBytes, int bytesEach) {
    int fits = (localMemory - fixedBytes) / bytesEach & ~3;
    if (fits < 4) {
      throw new RunException(
          "the device's local memory of "
              + localMemory
              + " bytes is too small for this layer; choose fewer steps or another device");
    }
    return Math.min(fits, (inputs + 3) & ~3);
  }
}
