package org.raphe.backend.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import org.raphe.backend.device.KernelSettings;

/**
 * Which compiled variant of a kernel serves its settings, and which of them are passed at each
 * launch.
 */
final class CudaVariant {
  /** Kernels that integrate a window, compiled for the steps that they integrate together. */
  private static final Set<String> WINDOWED = Set.of("hidden_layer_spiking", "readout_spiking");

  private static final String[] LAUNCHED = {"STEPS", "DRAWN", "PIXELS", "SAMPLED", "CONTINUAL"};

  private CudaVariant() {}

  /** The name of the module. */
  static String of(String kernel, KernelSettings settings) {
    Map<String, Integer> values = settings.values();
    if (values.getOrDefault("STAGED", 0) == 1) {
      return kernel + "_staged";
    }
    boolean counted = values.getOrDefault("COUNTED", 0) == 1;
    if (kernel.equals("convolve_spiking")) {
      return kernel + "_" + values.get("COLUMNS");
    }
    if (!WINDOWED.contains(kernel)) {
      return counted ? kernel + "_counted" : kernel;
    }
    String mode = values.get("CONTINUAL") == 1 ? "continual" : "classification";
    return kernel + "_" + (counted ? "counted" : mode) + "_" + values.get("COLUMNS");
  }

  /** The struct launch_settings of the kernels; what a kernel does not have is 0. */
  static ByteBuffer launchSettings(KernelSettings settings) {
    ByteBuffer struct =
        ByteBuffer.allocateDirect(Integer.BYTES * LAUNCHED.length).order(ByteOrder.nativeOrder());
    for (String name : LAUNCHED) {
      struct.putInt(settings.values().getOrDefault(name, 0));
    }
    return struct.flip();
  }
}
