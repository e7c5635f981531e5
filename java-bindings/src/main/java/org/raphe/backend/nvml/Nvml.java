package org.raphe.backend.nvml;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** The functions of NVML, the NVIDIA Management Library, that are called; each is as in nvml.h. */
interface Nvml extends Library {

  int nvmlInit_v2();

  int nvmlShutdown();

  /** The words for a status; may be called before {@link #nvmlInit_v2}. */
  String nvmlErrorString(int status);

  /** The device at domain:bus:device.function, in hexadecimal digits. */
  int nvmlDeviceGetHandleByPciBusId_v2(String busId, PointerByReference device);

  /** Millijoules since the driver was loaded. */
  int nvmlDeviceGetTotalEnergyConsumption(Pointer device, LongByReference millijoules);
}
