package org.raphe.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.RunException;
import org.raphe.backend.Placement;
import org.raphe.backend.StripedSum;

class LaunchShapeTest {
  private static final int TILE = LaunchShape.TILE;
  private static final int[] NATIVE_LANES = {0, 1, 2, 3, 4, 7, 8, 16, 32};
  private static final int[] WORK_GROUPS = {4, 5, 8, 16, 63, 64, 100, 128, 256, 1000, 1024, 4096};

  private static LaunchShape shape(int lanes, int workGroup) {
    return LaunchShape.of(new DeviceLimits(lanes, workGroup, 1 << 14, 1 << 20, 1 << 20));
  }

  /** Every device's groups are powers of two within its limit, and cover whole tiles. */
  @Test
  void groupsFitEveryDevice() {
    for (int lanes : NATIVE_LANES) {
      for (int workGroup : WORK_GROUPS) {
        LaunchShape shape = shape(lanes, workGroup);
        String about = lanes + " lanes, at most " + workGroup + ": " + shape;
        assertEquals(1, Integer.bitCount(shape.group()), about);
        assertEquals(1, Integer.bitCount(shape.readoutGroup()), about);
        assertTrue(shape.group() <= workGroup && shape.readoutGroup() <= workGroup, about);
        assertEquals(0, shape.groupUnits() % TILE, about);
        assertEquals(TILE, shape.tileItems() * shape.learningVectors() * shape.lanes(), about);
        assertTrue(shape.tileItems() * shape.learningRows() <= workGroup, about);
        assertTrue(shape.learningRows() >= 1, about);
        assertEquals(StripedSum.LANES, shape.stripeItems() * shape.lanes(), about);
        assertTrue(shape.stripeItems() <= workGroup, about);
        assertEquals(1, Integer.bitCount(shape.competingGroup()), about);
        assertTrue(shape.competingGroup() <= workGroup, about);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,256,1",
    "1,256,1",
    "2,256,1",
    "4,256,4",
    "7,256,4",
    "8,256,8",
    "15,256,8",
    "16,256,16",
    "32,256,16",
    "1,32,4",
    "1,8,8",
    "4,4,16"
  })
  void lanesAreTheDevicesOwnUnlessAGroupWouldNotHoldATile(int nativeLanes, int group, int lanes) {
    assertEquals(lanes, shape(nativeLanes, group).lanes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aGroupThatCannotHoldATileIsRefused(int workGroup) {
    RunException refused = assertThrows(RunException.class, () -> shape(16, workGroup));
    assertEquals(
        "a work-group of " + workGroup + " cannot hold a tile of 64 units; use another device",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "256,1", "257,2", "512,2", "513,3", "1000,4"})
  void slicesCoverAllUnits(int units, int slices) {
    assertEquals(slices, shape(1, 256).slices(units));
  }

  /** A column is a bit of one word of spikes, so that blocks end where words end. */
  @Test
  void blocksOfStepsDivideAWordOfSpikes() {
    for (int lanes : new int[] {1, 4, 8, 16}) {
      LaunchShape shape = shape(lanes, 64);
      for (int steps = 1; steps <= Placement.MAX_STEPS; steps++) {
        int columns = shape.stepColumns(steps);
        assertTrue(columns == steps ? steps <= 32 : steps > columns && 32 % columns == 0);
        assertEquals(0, columns % shape.itemColumns(columns), steps + " steps");
      }
    }
  }

  @Test
  void samplesOfABlockAreNoMoreThanTheBatch() {
    for (int lanes : new int[] {1, 4, 8, 16}) {
      LaunchShape shape = shape(lanes, 64);
      for (int batch : new int[] {1, 3, 7, 8, 9, 16, 32, Placement.MAX_BATCH}) {
        int columns = shape.sampleColumns(batch);
        assertTrue(columns >= 1 && columns <= Math.min(batch, 16));
        assertEquals(0, columns % shape.itemColumns(columns), batch + " samples");
      }
    }
  }
}
