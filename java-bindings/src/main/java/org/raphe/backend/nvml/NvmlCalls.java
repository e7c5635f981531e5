package org.raphe.backend.nvml;

import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.NativeCalls;

/** The calls of NVML about one GPU. */
final class NvmlCalls extends NativeCalls {
  private static final int NOT_SUPPORTED = 3;
  private static final int NO_PERMISSION = 4;
  private static final int LIBRARY_VERSION_MISMATCH = 18;

  private final Nvml functions;

  NvmlCalls(Nvml functions, String busId) {
    super("the GPU at " + busId, FaultPlan.none());
    this.functions = functions;
  }

  @Override
  protected String programmingInterface() {
    return "NVML";
  }

  @Override
  protected String name(int status) {
    return functions.nvmlErrorString(status) + " (" + status + ")";
  }

  @Override
  protected String remedy(int status) {
    return switch (status) {
      case NOT_SUPPORTED -> "GPUs count their energy since the Volta generation";
      case NO_PERMISSION -> "ask who runs this machine for leave to read the GPU's counters";
      case LIBRARY_VERSION_MISMATCH ->
          "the driver was updated while it was loaded: restart the machine";
      default -> "look at nvidia-smi";
    };
  }
}
