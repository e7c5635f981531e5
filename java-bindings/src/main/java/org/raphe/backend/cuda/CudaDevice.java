package org.raphe.backend.cuda;

import java.nio.charset.StandardCharsets;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.JCudaDriver;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.LaunchLimits;

/** One CUDA device and what it says of itself. */
final class CudaDevice {
  /** The kernels' PTX is made for this compute capability, and runs on newer ones. */
  private static final int OLDEST = 75;

  final CUdevice id;
  final String name;
  final int capability;
  final int multiprocessors;
  final DeviceLimits limits;
  final LaunchLimits launchLimits;

  /** Threads that all multiprocessors can hold at once: the driver keeps a stack for each. */
  final long residentThreads;

  /** Why the device cannot be used; null if it can. */
  final String cause;

  private final CudaCalls calls =
      new CudaCalls("a device that was asked about itself", FaultPlan.none());

  CudaDevice(int number) {
    id = new CUdevice();
    calls.run("cuDeviceGet", "device " + number, () -> JCudaDriver.cuDeviceGet(id, number));
    name = readName();
    capability =
        10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
            + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    multiprocessors = attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
    long[] memory = new long[1];
    calls.run(
        "cuDeviceTotalMem", "device " + number, () -> JCudaDriver.cuDeviceTotalMem(memory, id));
    limits =
        new DeviceLimits(
            1,
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK),
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK),
            memory[0],
            memory[0]);
    launchLimits = readLaunchLimits();
    residentThreads =
        (long) multiprocessors
            * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR);
    cause =
        capability >= OLDEST
            ? null
            : "its compute capability is below 7.5; use another device or the backend cpu";
  }

  private LaunchLimits readLaunchLimits() {
    return new LaunchLimits(
        words(),
        new Extent(
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_X),
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Y),
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Z)),
        new Extent(
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_X),
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_Y),
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_Z)),
        limits.workGroup(),
        limits.localMemory(),
        Math.max(
            limits.localMemory(),
            attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN)));
  }

  private String readName() {
    byte[] bytes = new byte[256];
    calls.run(
        "cuDeviceGetName", "a device", () -> JCudaDriver.cuDeviceGetName(bytes, bytes.length, id));
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  private int attribute(int what) {
    int[] value = new int[1];
    calls.run(
        "cuDeviceGetAttribute",
        CUdevice_attribute.stringFor(what),
        () -> JCudaDriver.cuDeviceGetAttribute(value, what, id));
    return value[0];
  }

  /** Where the device is, such as {@code 0000:3b:00.0}: the same for the driver and for NVML. */
  String pciBusId() {
    String[] text = new String[1];
    calls.run(
        "cuDeviceGetPCIBusId", "a device", () -> JCudaDriver.cuDeviceGetPCIBusId(text, 32, id));
    return text[0];
  }

  /** What users read: name and compute capability. */
  String words() {
    return name + " (compute capability " + capability / 10 + "." + capability % 10 + ")";
  }
}
