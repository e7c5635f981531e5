package org.raphe.backend.opencl;

import java.util.function.Function;
import org.jocl.CL;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.NativeCalls;

/** The OpenCL calls of one device. */
final class OpenClCalls extends NativeCalls {

  OpenClCalls(String device, FaultPlan faults) {
    super(device, faults);
  }

  /**
   * Makes a call that returns an object and writes its status to element 0.
   *
   * @throws org.raphe.RunException if it fails
   */
  <T> T create(String call, String about, Function<int[], T> made) {
    if (strikes(call)) {
      throw failure(call, about, plannedStatus());
    }
    int[] status = {CL.CL_SUCCESS};
    T object = made.apply(status);
    if (status[0] != CL.CL_SUCCESS) {
      throw failure(call, about, status[0]);
    }
    return object;
  }

  @Override
  protected String programmingInterface() {
    return "OpenCL";
  }

  @Override
  protected String name(int status) {
    String name = CL.stringFor_errorCode(status);
    return (name.startsWith("CL_") ? name : "unknown status") + " (" + status + ")";
  }

  @Override
  protected String remedy(int status) {
    return switch (status) {
      case CL.CL_MEM_OBJECT_ALLOCATION_FAILURE,
          CL.CL_INVALID_BUFFER_SIZE,
          CL.CL_OUT_OF_HOST_MEMORY ->
          "choose a smaller network, batch or number of steps, or a device with more memory";
      case CL.CL_OUT_OF_RESOURCES, CL.CL_DEVICE_NOT_AVAILABLE, CL.CL_INVALID_COMMAND_QUEUE ->
          "the device is out of resources or was lost: look into its driver's log, then resume the run";
      case CL.CL_BUILD_PROGRAM_FAILURE, CL.CL_COMPILER_NOT_AVAILABLE ->
          "update the OpenCL driver, or use the backend cpu, which gives the same bits";
      default -> "use the backend cpu, which gives the same bits, and report this line";
    };
  }
}
