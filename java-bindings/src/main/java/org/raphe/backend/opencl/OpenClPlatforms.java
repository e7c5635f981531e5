package org.raphe.backend.opencl;

import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.raphe.RunException;
import org.raphe.backend.Availability;
import org.raphe.backend.device.LoadFailure;
import org.raphe.backend.device.PrivateNatives;

/** Every OpenCL device of this machine, looked for once; and, where there is none, why. */
final class OpenClPlatforms {
  private static final String INSTALL =
      "install an OpenCL driver of your GPU, or PoCL for the processor (Debian: apt-get install pocl-opencl-icd)";

  private static final LoadFailure.Library LIBRARY =
      new LoadFailure.Library(
          "JOCL, the binding of OpenCL",
          "x86-64 and ARM",
          "the OpenCL library (libOpenCL)",
          "native OpenCL library",
          INSTALL);

  /** What was found, in the order in which platforms and their devices name themselves. */
  private static final OpenClPlatforms FOUND = probe();

  private final List<OpenClDevice> devices;
  private final Availability availability;

  private OpenClPlatforms(List<OpenClDevice> devices, Availability availability) {
    this.devices = List.copyOf(devices);
    this.availability = availability;
  }

  /** Devices of all platforms; a device's number is its place here. */
  static List<OpenClDevice> devices() {
    return FOUND.devices;
  }

  /** Whether there is any device at all. */
  static Availability availability() {
    return FOUND.availability;
  }

  private static OpenClPlatforms probe() {
    try {
      String absence = OpenClLibrary.absence();
      if (absence != null) {
        return none(LIBRARY.absent(absence));
      }
      PrivateNatives.whileLoading(() -> CL.setExceptionsEnabled(false));
    } catch (LinkageError e) {
      return none(LIBRARY.cause(e));
    } catch (RunException e) {
      return none(e.getMessage());
    }
    List<OpenClDevice> devices = new ArrayList<>();
    String cause = "the OpenCL library is here, but it has no device; " + INSTALL;
    for (cl_platform_id platform : platforms()) {
      for (cl_device_id id : devicesOf(platform)) {
        try {
          devices.add(new OpenClDevice(platform, id));
        } catch (RunException e) {
          // A device that does not even give its name leaves the others usable.
          cause = e.getMessage();
        }
      }
    }
    return devices.isEmpty() ? none(cause) : new OpenClPlatforms(devices, Availability.YES);
  }

  private static OpenClPlatforms none(String cause) {
    return new OpenClPlatforms(List.of(), Availability.no(cause));
  }

  /** Empty where the loader knows no platform, which it reports as a failure. */
  private static cl_platform_id[] platforms() {
    int[] count = new int[1];
    if (CL.clGetPlatformIDs(0, null, count) != CL.CL_SUCCESS) {
      return new cl_platform_id[0];
    }
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    CL.clGetPlatformIDs(count[0], platforms, null);
    return platforms;
  }

  private static cl_device_id[] devicesOf(cl_platform_id platform) {
    int[] count = new int[1];
    if (CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count) != CL.CL_SUCCESS) {
      return new cl_device_id[0];
    }
    cl_device_id[] devices = new cl_device_id[count[0]];
    CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, count[0], devices, null);
    return devices;
  }
}
