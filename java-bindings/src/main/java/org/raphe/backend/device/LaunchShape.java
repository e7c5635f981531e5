package org.raphe.backend.device;

import org.raphe.RunException;
import org.raphe.backend.StripedSum;

/**
 * How kernels are cut to a device. No number here changes a bit of a result.
 *
 * @param lanes units that a work-item computes side by side: 1, 4, 8 or 16
 * @param spikingLanes the same of a hidden layer of LIF units, whose groups cover as many units
 * @param group work-items of a group that integrates a layer, a power of two
 * @param readoutGroup work-items of a group of the read-out, a power of two
 * @param gateGroup work-items of the group that opens gates, a power of two
 * @param learningVectors vectors of {@code lanes} units that a work-item learns
 * @param learningRows rows of weights that a learning group takes
 * @param columns what is integrated together
 */
public record LaunchShape(
    int lanes,
    int spikingLanes,
    int group,
    int readoutGroup,
    int gateGroup,
    int learningVectors,
    int learningRows,
    Columns columns) {
  /** Units of a tile of weights, as in the kernels. */
  public static final int TILE = 64;

  /** Units that one group of a wide layer covers where work-items hold several. */
  private static final int GROUP_UNITS = 1024;

  private static final int WIDEST_GROUP = 256;
  private static final int READOUT_GROUP = 128;

  /** Work-items of a group where work-items hold several units. */
  private static final int NARROW_GROUP = 16;

  private static final int COMPETING_GROUP = 32;
  private static final int CONVOLUTION_PARTS = 4;

  /** Chains of a convolution's gradient, by the numeric contract. */
  private static final int GRADIENT_STRIPES = 16;

  private static final int MOST_TAPS = 5;

  private static final int[] LANES = {16, 8, 4, 1};

  /**
   * Columns that are integrated together, so that a weight is loaded once for all of them.
   *
   * @param mostSteps steps of a window that is integrated as a whole
   * @param stepBlock steps of a longer window that are integrated at a time; divides 32
   * @param samples samples of rate units
   * @param compiled whether kernels are compiled ahead for exactly these numbers
   */
  public record Columns(int mostSteps, int stepBlock, int samples, boolean compiled) {}

  /**
   * The shape that fits a device for which kernels are compiled when they are asked for.
   *
   * @throws RunException if its work-groups cannot hold a tile of units
   */
  public static LaunchShape of(DeviceLimits limits) {
    int lanes = lanes(limits);
    int wanted = lanes == 1 ? WIDEST_GROUP : Math.min(WIDEST_GROUP, GROUP_UNITS / lanes);
    int group = Integer.highestOneBit(Math.min(wanted, limits.workGroup()));
    int vectors = lanes == 1 ? 1 : TILE / LANES[0];
    int tileItems = TILE / (lanes * vectors);
    int learningGroup = lanes == 1 ? group : Math.min(group, NARROW_GROUP);
    // Sums of a whole window stay in registers: 16 or 8 lanes of 32 or 16 registers, or one number
    // each.
    Columns columns =
        lanes == 8 ? new Columns(12, 8, 8, false) : new Columns(24, 16, lanes == 1 ? 8 : 16, false);
    return new LaunchShape(
        lanes,
        lanes,
        group,
        Math.min(group, lanes == 1 ? READOUT_GROUP : NARROW_GROUP),
        group,
        vectors,
        Math.max(1, learningGroup / tileItems),
        columns);
  }

  /**
   * The shape for which the CUDA kernels are compiled; their constants are these.
   *
   * @throws RunException if the device's blocks cannot hold it
   */
  public static LaunchShape compiled(DeviceLimits limits) {
    if (limits.workGroup() < WIDEST_GROUP) {
      throw new RunException(
          "the device's blocks hold "
              + limits.workGroup()
              + " threads, but the kernels are compiled for "
              + WIDEST_GROUP
              + "; use another device");
    }
    return new LaunchShape(
        4, 2, 64, READOUT_GROUP, WIDEST_GROUP, 1, 8, new Columns(20, 32, 8, true));
  }

  /** The device's own vectors, or wider ones where its groups are too small for a tile. */
  private static int lanes(DeviceLimits limits) {
    for (int k = LANES.length - 1; k >= 0; k--) {
      boolean isNative = k == 0 || LANES[k - 1] > limits.nativeLanes();
      if (isNative && LANES[k] * limits.workGroup() >= TILE) {
        return LANES[k];
      }
    }
    throw new RunException(
        "a work-group of "
            + limits.workGroup()
            + " cannot hold a tile of "
            + TILE
            + " units; use another device");
  }

  /** Units that a group covers. */
  public int groupUnits() {
    return group * lanes;
  }

  /** Work-items of a group that integrates a hidden layer of LIF units. */
  public int spikingGroup() {
    return groupUnits() / spikingLanes;
  }

  /** Groups side by side that cover {@code units}. */
  public int slices(int units) {
    return (units + groupUnits() - 1) / groupUnits();
  }

  /** Work-items that share the learning of a tile. */
  public int tileItems() {
    return TILE / (lanes * learningVectors);
  }

  /** Channels that a work-item of a convolution has: as few as let four sites share a group. */
  public int convolutionLanes() {
    int side = lanes;
    while (convolutionGroup(side) > group && side < LANES[0]) {
      side *= side == 1 ? TILE / LANES[0] : 2;
    }
    return side;
  }

  /** Work-items of a group that runs a convolution forward: four that have the same channels. */
  public int convolutionGroup() {
    return convolutionGroup(convolutionLanes());
  }

  private static int convolutionGroup(int side) {
    return CONVOLUTION_PARTS * TILE / side;
  }

  /** Work-items that share the stripes of a convolution's gradient. */
  public int convolutionStripes() {
    if (columns.compiled()) {
      return GRADIENT_STRIPES;
    }
    int most = Math.max(1, group * convolutionLanes() / TILE);
    return Math.min(GRADIENT_STRIPES, Integer.highestOneBit(most));
  }

  /** Weights of a kernel's row that a group learns together. */
  public int convolutionTaps(int side) {
    return columns.compiled() ? MOST_TAPS : Math.min(MOST_TAPS, side);
  }

  /** Work-items that share the stripes of a sum: {@link StripedSum}. */
  public int stripeItems() {
    return columns.compiled() ? StripedSum.LANES : StripedSum.LANES / lanes;
  }

  /** Work-items of the group in which a class's columns compete. */
  public int competingGroup() {
    return Math.min(COMPETING_GROUP, readoutGroup);
  }

  /** Steps of a window that are integrated together: all, or as many as stand in registers. */
  public int stepColumns(int steps) {
    if (!oneBlock(steps)) {
      return columns.stepBlock();
    }
    return columns.compiled() ? columns.mostSteps() : steps;
  }

  /** Whether a window is integrated as a whole. */
  public boolean oneBlock(int steps) {
    return steps <= columns.mostSteps();
  }

  /** Samples of rate units that are integrated together. */
  public int sampleColumns(int batch) {
    return columns.compiled() ? columns.samples() : Math.min(columns.samples(), batch);
  }

  /** Columns that a work-item of the read-out integrates: a divisor of {@code together}. */
  public int itemColumns(int together) {
    if (lanes > 1) {
      return together;
    }
    for (int divisor = 2; divisor <= 3; divisor++) {
      if (together % divisor == 0) {
        return divisor;
      }
    }
    return together % 5 == 0 ? 5 : 1;
  }
}
