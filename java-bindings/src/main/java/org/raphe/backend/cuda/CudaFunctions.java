package org.raphe.backend.cuda;

import com.sun.jna.NativeLibrary;
import java.util.List;
import org.raphe.backend.device.PrivateNatives;

/**
 * The driver's functions that the backend calls, by the names under which the library exports them.
 * JCuda finds each when it is first called, and one that is not there ends the process; so they are
 * looked for before.
 */
final class CudaFunctions {
  /** The file of the driver's library. */
  static final String FILE = "libcuda.so.1";

  static final List<String> CALLED =
      List.of(
          "cuInit",
          "cuDriverGetVersion",
          "cuDeviceGetCount",
          "cuDeviceGet",
          "cuDeviceGetName",
          "cuDeviceGetAttribute",
          "cuDeviceGetPCIBusId",
          "cuDeviceTotalMem_v2",
          "cuCtxCreate_v2",
          "cuCtxDestroy_v2",
          "cuCtxSetCurrent",
          "cuStreamCreate",
          "cuStreamDestroy_v2",
          "cuStreamSynchronize",
          "cuModuleLoadDataEx",
          "cuModuleUnload",
          "cuModuleGetFunction",
          "cuFuncGetAttribute",
          "cuFuncSetAttribute",
          "cuLaunchKernel",
          "cuStreamBeginCapture_v2",
          "cuStreamEndCapture",
          "cuGraphInstantiateWithFlags",
          "cuGraphLaunch",
          "cuGraphExecDestroy",
          "cuGraphDestroy",
          "cuMemAlloc_v2",
          "cuMemFree_v2",
          "cuMemcpyHtoD_v2",
          "cuMemcpyHtoDAsync_v2",
          "cuMemcpyDtoH_v2",
          "cuMemsetD8_v2",
          "cuMemGetInfo_v2",
          "cuMemAllocHost_v2",
          "cuMemFreeHost",
          "cuEventCreate",
          "cuEventDestroy_v2",
          "cuEventRecord",
          "cuEventQuery",
          "cuEventElapsedTime");

  private CudaFunctions() {}

  /**
   * The first function that this machine's driver lacks; null if it has all.
   *
   * @throws LinkageError if the library cannot be loaded
   */
  static String lacking() {
    String[] lacking = new String[1];
    // JNA's first use unpacks its own library.
    PrivateNatives.whileLoading(() -> lacking[0] = lacking(NativeLibrary.getInstance(FILE)));
    return lacking[0];
  }

  private static String lacking(NativeLibrary library) {
    for (String function : CALLED) {
      try {
        library.getFunction(function);
      } catch (UnsatisfiedLinkError e) {
        return function;
      }
    }
    return null;
  }
}
