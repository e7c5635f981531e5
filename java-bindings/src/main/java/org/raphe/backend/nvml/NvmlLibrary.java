package org.raphe.backend.nvml;

import com.sun.jna.Native;
import org.raphe.RunException;
import org.raphe.backend.device.PrivateNatives;

/**
 * NVML as it was found, or why it was not.
 *
 * @param functions its functions; null where it could not be loaded
 * @param cause why it could not be loaded; null where it could
 */
record NvmlLibrary(Nvml functions, String cause) {
  private static final NvmlLibrary FOUND = load("libnvidia-ml.so.1");

  /** The library of this machine, looked for once. */
  static NvmlLibrary here() {
    return FOUND;
  }

  /** Loads a library of that file name. */
  static NvmlLibrary load(String file) {
    try {
      // Its first use unpacks and loads the binding's own library.
      PrivateNatives.whileLoading(() -> Native.getNativeSize(long.class));
    } catch (LinkageError e) {
      return none("the binding of NVML could not be loaded (" + firstLines(e) + ")");
    } catch (RunException e) {
      return none(e.getMessage());
    }
    try {
      return new NvmlLibrary(Native.load(file, Nvml.class), null);
    } catch (LinkageError e) {
      return none(
          "NVML, which comes with the driver of NVIDIA's GPUs, could not be loaded ("
              + firstLines(e)
              + ")");
    }
  }

  private static NvmlLibrary none(String cause) {
    return new NvmlLibrary(null, cause);
  }

  /** What failed and what the system says of it; the lines that follow repeat it. */
  static String firstLines(LinkageError e) {
    return String.join(" ", String.valueOf(e.getMessage()).lines().limit(2).toList());
  }
}
