package org.raphe.backend.cuda;

import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.raphe.RunException;
import org.raphe.backend.Availability;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.LoadFailure;
import org.raphe.backend.device.PrivateNatives;

/**
 * The CUDA driver of this machine and its devices, looked for once; and, where there is none, why.
 */
final class CudaDriver {
  private static final String INSTALL =
      "install the driver of your NVIDIA GPU (no toolkit is needed) and look at nvidia-smi";

  private static final LoadFailure.Library LIBRARY =
      new LoadFailure.Library(
          "JCuda, the binding of CUDA",
          "x86-64",
          "the CUDA driver (" + CudaFunctions.FILE + ")",
          CudaFunctions.FILE,
          INSTALL);

  /** Of CUDA 10.0, the first whose drivers know the kernels' version of PTX. */
  private static final int OLDEST = 10000;

  private static final CudaDriver FOUND = probe();

  private final List<CudaDevice> devices;
  private final int version;
  private final Availability availability;

  private CudaDriver(List<CudaDevice> devices, int version, Availability availability) {
    this.devices = List.copyOf(devices);
    this.version = version;
    this.availability = availability;
  }

  /** All devices; a device's number is its place here. */
  static List<CudaDevice> devices() {
    return FOUND.devices;
  }

  /** Whether there is any device at all. */
  static Availability availability() {
    return FOUND.availability;
  }

  /** The newest CUDA that the driver knows, such as {@code 12.4}. */
  static String version() {
    return words(FOUND.version);
  }

  private static String words(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  private static CudaDriver probe() {
    try {
      PrivateNatives.whileLoading(() -> JCudaDriver.setExceptionsEnabled(false));
      String lacking = CudaFunctions.lacking();
      return lacking == null ? ask() : none(LIBRARY.tooOld("it lacks " + lacking));
    } catch (LinkageError e) {
      return none(LIBRARY.cause(e));
    } catch (RunException e) {
      return none(e.getMessage());
    }
  }

  private static CudaDriver ask() {
    int status = JCudaDriver.cuInit(0);
    if (status != CUresult.CUDA_SUCCESS) {
      return none(
          "the CUDA driver is here, but cuInit says "
              + CUresult.stringFor(status)
              + "; "
              + INSTALL);
    }
    CudaCalls calls = new CudaCalls("the CUDA driver", FaultPlan.none());
    int[] version = new int[1];
    calls.run("cuDriverGetVersion", "version", () -> JCudaDriver.cuDriverGetVersion(version));
    if (version[0] < OLDEST) {
      String knows = "it knows CUDA " + words(version[0]) + ", and Raphe's kernels need ";
      return none(LIBRARY.tooOld(knows + words(OLDEST) + " or newer"));
    }
    int[] count = new int[1];
    calls.run("cuDeviceGetCount", "count", () -> JCudaDriver.cuDeviceGetCount(count));
    List<CudaDevice> devices = new ArrayList<>();
    for (int number = 0; number < count[0]; number++) {
      devices.add(new CudaDevice(number));
    }
    return devices.isEmpty()
        ? none("the CUDA driver is here, but it has no device; " + INSTALL)
        : new CudaDriver(devices, version[0], Availability.YES);
  }

  private static CudaDriver none(String cause) {
    return new CudaDriver(List.of(), 0, Availability.no(cause));
  }
}
