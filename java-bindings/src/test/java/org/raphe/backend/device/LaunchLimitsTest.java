package org.raphe.backend.device;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.RunException;

/** A launch is taken at the device's very ends, and refused in one line past them. */
class LaunchLimitsTest {
  private static final LaunchLimits GPU =
      new LaunchLimits(
          "a GPU",
          new Extent(Integer.MAX_VALUE, 65535, 65535),
          new Extent(1024, 1024, 64),
          1024,
          49152,
          65536);
  private static final KernelAttributes KERNEL = new KernelAttributes("learn", 256, 1424, 0);

  private static Extent extent(String text) {
    String[] axes = text.split("x");
    return new Extent(Long.parseLong(axes[0]), Long.parseLong(axes[1]), Long.parseLong(axes[2]));
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647x65535x65535, 256x1x1, 0",
    "1x1x1, 16x16x1, 64112",
    "1x1x1, 4x1x64, 64112",
    "1x1x1, 1x1x1, 49152"
  })
  void whatTheDeviceAllowsIsTaken(String grid, String group, int room) {
    assertDoesNotThrow(() -> GPU.check(KERNEL, extent(grid), extent(group), room));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1x65536x1 | 1x1x1 | 0 | 1 x 65536 x 1 work-groups, but a GPU allows 2147483647 x 65535 x 65535; choose a smaller network or batch,",
        "1x1x65536 | 1x1x1 | 0 | 1 x 1 x 65536 work-groups, but a GPU allows 2147483647 x 65535 x 65535; choose a smaller network or batch,",
        "2147483648x1x1 | 1x1x1 | 0 | 2147483648 x 1 x 1 work-groups, but a GPU allows 2147483647 x 65535 x 65535; choose a smaller network or batch,",
        "0x1x1 | 1x1x1 | 0 | 0 x 1 x 1 work-groups, but a GPU allows 2147483647 x 65535 x 65535; choose a smaller network or batch,",
        "1x1x1 | 1025x1x1 | 0 | work-groups of 1025 x 1 x 1 work-items, but a GPU allows 1024 x 1024 x 64, and 1024 in all; use another device,",
        "1x1x1 | 1x1x65 | 0 | work-groups of 1 x 1 x 65 work-items, but a GPU allows 1024 x 1024 x 64, and 1024 in all; use another device,",
        "1x1x1 | 32x33x1 | 0 | work-groups of 32 x 33 x 1 work-items, but a GPU allows 1024 x 1024 x 64, and 1024 in all; use another device,",
        "1x1x1 | 257x1x1 | 0 | work-groups of 257 x 1 x 1 work-items, but on a GPU it can have 256 in all; use another device,",
        "1x1x1 | 64x1x1 | 64113 | 64113 bytes of local memory beside its own 1424, but a GPU allows 65536 in all; choose fewer steps, another device,"
      })
  void whatItDoesNotAllowIsRefusedInOneLine(String grid, String group, int room, String why) {
    RunException refused =
        assertThrows(
            RunException.class, () -> GPU.check(KERNEL, extent(grid), extent(group), room));
    assertEquals(
        "kernel learn asks for " + why + " or the backend cpu, which gives the same bits",
        refused.getMessage());
  }
}
