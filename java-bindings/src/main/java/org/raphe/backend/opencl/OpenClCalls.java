package org.raphe.backend.opencl;

import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jocl.CL;
import org.raphe.RunException;
import org.raphe.backend.device.FaultPlan;

/**
 * Makes the native calls of one device and checks each: a failure names call, subject and device.
 */
final class OpenClCalls {
  private final String device;
  private final FaultPlan faults;

  OpenClCalls(String device, FaultPlan faults) {
    this.device = device;
    this.faults = faults;
  }

  /**
   * Makes a call that returns its status.
   *
   * @param about what it is made for
   * @throws RunException if it fails
   */
  void run(String call, String about, IntSupplier made) {
    int status = faults.strikes(call) ? faults.status() : made.getAsInt();
    if (status != CL.CL_SUCCESS) {
      throw failure(call, about, status);
    }
  }

  /**
   * Makes a call that returns an object and writes its status to element 0.
   *
   * @throws RunException if it fails
   */
  <T> T create(String call, String about, Function<int[], T> made) {
    if (faults.strikes(call)) {
      throw failure(call, about, faults.status());
    }
    int[] status = {CL.CL_SUCCESS};
    T object = made.apply(status);
    if (status[0] != CL.CL_SUCCESS) {
      throw failure(call, about, status[0]);
    }
    return object;
  }

  RunException failure(String call, String about, int status) {
    return new RunException(
        "OpenCL call "
            + call
            + " ("
            + about
            + ") failed on "
            + device
            + ": "
            + name(status)
            + "; "
            + remedy(status));
  }

  /** A status in words, such as {@code CL_OUT_OF_RESOURCES (-5)}. */
  static String name(int status) {
    String name = CL.stringFor_errorCode(status);
    return (name.startsWith("CL_") ? name : "unknown status") + " (" + status + ")";
  }

  private static String remedy(int status) {
    return switch (status) {
      case CL.CL_MEM_OBJECT_ALLOCATION_FAILURE,
          CL.CL_INVALID_BUFFER_SIZE,
          CL.CL_OUT_OF_HOST_MEMORY ->
          "choose a smaller network, batch or number of steps, or a device with more memory";
      case CL.CL_OUT_OF_RESOURCES, CL.CL_DEVICE_NOT_AVAILABLE, CL.CL_INVALID_COMMAND_QUEUE ->
          "the device is out of resources or was lost: look into its driver's log, then continue with raphe train --resume";
      case CL.CL_BUILD_PROGRAM_FAILURE, CL.CL_COMPILER_NOT_AVAILABLE ->
          "update the OpenCL driver, or use --backend cpu, which gives the same bits";
      default -> "use --backend cpu, which gives the same bits, and report this line";
    };
  }
}
