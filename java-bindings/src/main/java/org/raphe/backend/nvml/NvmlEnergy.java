package org.raphe.backend.nvml;

import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.raphe.RunException;
import org.raphe.backend.device.OwnedResources;
import org.raphe.energy.EnergyMeter;
import org.raphe.energy.EnergyReading;

/**
 * Energy of one NVIDIA GPU from its own counter of millijoules ({@code
 * nvmlDeviceGetTotalEnergyConsumption}, Volta and newer). The counter is the whole GPU's, whichever
 * programs use it. NVML is initialised for each reading and shut down after it, so that nothing is
 * held in between.
 */
public final class NvmlEnergy implements EnergyMeter {
  private final Nvml functions;
  private final NvmlCalls calls;
  private final String busId;
  private long first;
  private String reason;

  NvmlEnergy(Nvml functions, String busId) {
    this.functions = functions;
    this.busId = busId;
    calls = new NvmlCalls(functions, busId);
    try {
      first = millijoules();
    } catch (RunException | LinkageError e) {
      reason = words(e);
    }
  }

  /**
   * Begins to measure; where that cannot be done, the reading says why.
   *
   * @param busId the GPU's place, domain:bus:device.function in hexadecimal digits. A number would
   *     not do: NVML's order of GPUs is not CUDA's, nor does it know CUDA_VISIBLE_DEVICES
   */
  public static EnergyMeter start(String busId) {
    NvmlLibrary library = NvmlLibrary.here();
    return library.functions() == null
        ? EnergyMeter.none(library.cause())
        : new NvmlEnergy(library.functions(), busId);
  }

  @Override
  public EnergyReading reading() {
    if (reason != null) {
      return EnergyReading.none(reason);
    }
    try {
      return since(millijoules());
    } catch (RunException | LinkageError e) {
      return EnergyReading.none(words(e));
    }
  }

  private EnergyReading since(long now) {
    String counter = "the NVML energy counter of the GPU at " + busId;
    if (now < first) {
      return EnergyReading.none(
          counter
              + " went back from "
              + first
              + " to "
              + now
              + " mJ: the driver was loaded anew during the run");
    }
    if (now == first) {
      return EnergyReading.none(
          counter + " did not move: the run was shorter than the time between its updates");
    }
    return new EnergyReading(
        (now - first) / 1e3,
        counter + "; the whole GPU during the whole run, tests and other programs included");
  }

  private long millijoules() {
    try (OwnedResources owned = new OwnedResources()) {
      calls.run("nvmlInit_v2", "for a reading", functions::nvmlInit_v2);
      owned.add(() -> calls.run("nvmlShutdown", "after a reading", functions::nvmlShutdown));
      PointerByReference device = new PointerByReference();
      calls.run(
          "nvmlDeviceGetHandleByPciBusId_v2",
          "by its place",
          () -> functions.nvmlDeviceGetHandleByPciBusId_v2(busId, device));
      LongByReference read = new LongByReference();
      calls.run(
          "nvmlDeviceGetTotalEnergyConsumption",
          "its counter",
          () -> functions.nvmlDeviceGetTotalEnergyConsumption(device.getValue(), read));
      return read.getValue();
    }
  }

  /** A failed call in its words; a function that the library lacks in those of the system. */
  private static String words(Throwable e) {
    return e instanceof LinkageError missing
        ? "the driver's NVML is too old ("
            + NvmlLibrary.firstLines(missing)
            + "); update the driver"
        : e.getMessage();
  }

  @Override
  public void close() {
    // Nothing is held between readings.
  }
}
