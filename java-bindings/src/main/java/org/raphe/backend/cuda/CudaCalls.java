package org.raphe.backend.cuda;

import jcuda.driver.CUresult;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.NativeCalls;

/** The CUDA driver calls of one device. */
final class CudaCalls extends NativeCalls {

  CudaCalls(String device, FaultPlan faults) {
    super(device, faults);
  }

  @Override
  protected String programmingInterface() {
    return "CUDA";
  }

  @Override
  protected String name(int status) {
    return CUresult.stringFor(status) + " (" + status + ")";
  }

  @Override
  protected String remedy(int status) {
    return switch (status) {
      case CUresult.CUDA_ERROR_OUT_OF_MEMORY ->
          "choose a smaller network, batch or number of steps, or a device with more memory";
      case CUresult.CUDA_ERROR_UNSUPPORTED_PTX_VERSION ->
          "the driver is too old for Raphe's kernels: update it (raphe devices shows its version), or use the backend cpu, which gives the same bits";
      case CUresult.CUDA_ERROR_NO_DEVICE, CUresult.CUDA_ERROR_INVALID_DEVICE ->
          "no CUDA device is visible: look at nvidia-smi and CUDA_VISIBLE_DEVICES";
      case CUresult.CUDA_ERROR_NO_BINARY_FOR_GPU, CUresult.CUDA_ERROR_INVALID_PTX ->
          "the device is older than compute capability 7.5 or the driver cannot compile the kernels; use the backend cpu, which gives the same bits";
      case CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
          CUresult.CUDA_ERROR_LAUNCH_FAILED,
          CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
          CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION ->
          "a kernel failed: resume the run with sync, which waits for each launch and names the kernel, and report that line";
      case CUresult.CUDA_ERROR_ECC_UNCORRECTABLE, CUresult.CUDA_ERROR_DEVICE_UNAVAILABLE ->
          "the device was lost: look at nvidia-smi and the system's log, then resume the run";
      default -> "use the backend cpu, which gives the same bits, and report this line";
    };
  }
}
