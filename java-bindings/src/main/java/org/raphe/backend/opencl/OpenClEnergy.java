package org.raphe.backend.opencl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.raphe.RunException;
import org.raphe.backend.nvml.NvmlEnergy;
import org.raphe.energy.EnergyMeter;

/** Energy of an OpenCL device, where it is an NVIDIA GPU that says where it is. */
final class OpenClEnergy {
  private static final int NVIDIA = 0x10de;

  private OpenClEnergy() {}

  /** Begins to measure; null for the host's own processor. */
  static EnergyMeter start(OpenClDevice device) {
    if (device.processor) {
      return null;
    }
    if (device.vendor != NVIDIA) {
      return EnergyMeter.none(
          "no counter of " + device.words() + " is known; NVIDIA's GPUs have one, read by NVML");
    }
    if (!device.saysWhereItIs) {
      return EnergyMeter.none(
          device.words() + " does not say where it is (OpenCL extension cl_khr_pci_bus_info)");
    }
    try {
      return NvmlEnergy.start(busId(device.busInfo()));
    } catch (RunException e) {
      return EnergyMeter.none(e.getMessage());
    }
  }

  /**
   * The place as NVML takes it.
   *
   * @param info a cl_device_pci_bus_info_khr: domain, bus, device and function, 4 bytes each
   */
  static String busId(byte[] info) {
    ByteBuffer numbers = ByteBuffer.wrap(info).order(ByteOrder.LITTLE_ENDIAN);
    return String.format(
        Locale.ROOT,
        "%04x:%02x:%02x.%x",
        numbers.getInt(),
        numbers.getInt(),
        numbers.getInt(),
        numbers.getInt());
  }
}
