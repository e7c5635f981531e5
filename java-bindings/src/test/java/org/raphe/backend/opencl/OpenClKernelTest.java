package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.Kernel;
import org.raphe.backend.device.KernelSettings;

/** A kernel is launched with what its parameters are bound to, and with nothing less. */
@NeedsOpenCl
class OpenClKernelTest {
  private static OpenClContext context;

  @BeforeAll
  static void open() {
    OpenClDevice device = OpenClPlatforms.devices().get(NeedsOpenCl.Device.number());
    context = new OpenClContext(device, device.limits, FaultPlan.none(), UnaryOperator.identity());
  }

  @AfterAll
  static void close() {
    if (context != null) {
      context.close();
    }
  }

  private static Kernel rows() {
    KernelSettings settings = KernelSettings.none().with("LANES", 1).with("GROUP", 1);
    return context.kernel("learn_inverse_correlation", settings, 1, 1);
  }

  @Test
  void whatIsBoundStaysUntilItIsBoundAnew() {
    try (Kernel kernel = rows();
        DeviceMemory numbers = context.allocate("t", 2 * Float.BYTES);
        DeviceMemory other = context.allocate("other t", 2 * Float.BYTES);
        DeviceMemory learned = context.allocate("learned", Integer.BYTES);
        DeviceMemory inverse = context.allocate("P", Float.BYTES)) {
      numbers.write(new float[] {2f, 3f});
      other.write(new float[] {1f, 1f});
      inverse.write(new float[] {100f});
      kernel.bind("inverse", inverse).bind("scaled", numbers).bind("learned", learned);
      kernel.bind("columns", 1).bind("batch", 2).launch(1, 1, 1);
      kernel.bind("scaled", other).launch(1, 1, 1);
      float[] left = new float[1];
      inverse.read(left);
      assertEquals(100f - 4f - 9f - 1f - 1f, left[0]);
    }
  }

  @Test
  void aLaunchWithoutAParameterIsRefused() {
    try (Kernel kernel = rows()) {
      kernel.bind("columns", 1).bind("batch", 2).bind("learned", (DeviceMemory) null);
      assertRefused("parameter scaled of kernel", () -> kernel.launch(1, 1, 1));
      assertRefused("parameter columns of kernel", () -> kernel.bind("columns", 1f));
      assertRefused("parameter rows of kernel", () -> kernel.bind("rows", 1));
      assertRefused("kernel learn_inverse_correlation", () -> kernel.room(16));
    }
  }

  private static void assertRefused(String begin, Runnable refused) {
    String said = assertThrows(IllegalStateException.class, refused::run).getMessage();
    assertTrue(said.startsWith(begin) && said.contains("learn_inverse_correlation"), said);
  }
}
