package org.raphe.backend.device;

import java.util.List;
import org.raphe.RunException;

/**
 * Whether a device computes as the numeric contract asks (docs/NUMERICS.md, section 14), whatever
 * it says of itself.
 */
public final class SelfTest {
  /** What each test shows when it fails, in the kernel's order. */
  private static final List<String> FAULTS =
      List.of(
          "denormal numbers do not survive",
          "division is not correctly rounded",
          "square root is not correctly rounded",
          "products and sums are contracted",
          "fma is not rounded once");

  private SelfTest() {}

  /**
   * Runs the kernel {@code self_test}.
   *
   * @param words the device, for messages
   * @throws RunException if the device's arithmetic is another
   */
  public static void check(KernelDevice device, String words) {
    int[] passed = new int[FAULTS.size()];
    KernelSettings scalars = KernelSettings.none().with("LANES", 1).with("STEPS", 1);
    try (DeviceMemory results = device.allocate("self test", Integer.BYTES * passed.length);
        Kernel kernel = device.kernel("self_test", scalars, 1, 1)) {
      kernel
          .bind("least_normal", 0x1p-126f)
          .bind("one_half", 0.5f)
          .bind("one", 1f)
          .bind("three", 3f)
          .bind("two", 2f)
          .bind("a", 0x1.000002p0f)
          .bind("c", -0x1.000004p0f)
          .bind("passed", results)
          .launch(1, 1, 1);
      results.read(passed);
    }
    for (int k = 0; k < passed.length; k++) {
      if (passed[k] != 1) {
        throw new RunException(
            "the arithmetic of "
                + words
                + " is not that of the numeric contract: "
                + FAULTS.get(k)
                + "; use another device or the backend cpu, which gives the same bits everywhere");
      }
    }
  }
}
