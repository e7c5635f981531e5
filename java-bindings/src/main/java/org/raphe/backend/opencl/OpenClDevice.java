package org.raphe.backend.opencl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.LaunchLimits;

/** One OpenCL device and what it says of itself. */
final class OpenClDevice {
  /**
   * Set to {@code true} to take a device that rounds division and square root correctly but does
   * not say so, such as the simulator Oclgrind.
   */
  static final String UNCLAIMED_ROUNDING = "raphe.opencl.unclaimed-rounding";

  /** Of the extension cl_khr_pci_bus_info, which JOCL does not name. */
  private static final int PCI_BUS_INFO = 0x410f;

  private static final long NEEDED_ARITHMETIC =
      CL.CL_FP_DENORM
          | CL.CL_FP_INF_NAN
          | CL.CL_FP_ROUND_TO_NEAREST
          | (Boolean.getBoolean(UNCLAIMED_ROUNDING) ? 0 : CL.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT);

  final cl_platform_id platform;
  final cl_device_id id;
  final String name;
  final String platformName;
  final String version;
  final String driver;
  final boolean gpu;
  final boolean doubles;

  /** Whether it is the host's own processor. */
  final boolean processor;

  /** The number of its maker, as on the PCI bus. */
  final long vendor;

  /** Whether {@link #busInfo} can be asked. */
  final boolean saysWhereItIs;

  final DeviceLimits limits;

  /** Most work-items of a group along each axis. */
  final Extent items;

  /** Why the device cannot be used; null if it can. */
  final String cause;

  private final OpenClCalls calls;

  OpenClDevice(cl_platform_id platform, cl_device_id id) {
    this.platform = platform;
    this.id = id;
    calls = new OpenClCalls("a device that was asked about itself", FaultPlan.none());
    name = text(CL.CL_DEVICE_NAME);
    platformName = platformText(CL.CL_PLATFORM_NAME) + " " + platformText(CL.CL_PLATFORM_VERSION);
    version = text(CL.CL_DEVICE_VERSION);
    driver = text(CL.CL_DRIVER_VERSION);
    long type = number(CL.CL_DEVICE_TYPE);
    gpu = (type & CL.CL_DEVICE_TYPE_GPU) != 0;
    processor = (type & CL.CL_DEVICE_TYPE_CPU) != 0;
    vendor = number(CL.CL_DEVICE_VENDOR_ID);
    String extensions = text(CL.CL_DEVICE_EXTENSIONS);
    doubles = extensions.contains("cl_khr_fp64");
    saysWhereItIs = extensions.contains("cl_khr_pci_bus_info");
    limits =
        new DeviceLimits(
            (int) number(CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT),
            (int) number(CL.CL_DEVICE_MAX_WORK_GROUP_SIZE),
            (int) Math.min(Integer.MAX_VALUE, number(CL.CL_DEVICE_LOCAL_MEM_SIZE)),
            number(CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE),
            number(CL.CL_DEVICE_GLOBAL_MEM_SIZE));
    items = items();
    cause = missing();
  }

  /** What a launch may be under limits, which are the device's own or narrower. */
  LaunchLimits launchLimits(DeviceLimits within) {
    long most = Integer.MAX_VALUE; // A launch's numbers are ints; the device's own end is not told.
    return new LaunchLimits(
        words(),
        new Extent(most, most, most),
        items,
        within.workGroup(),
        within.localMemory(),
        within.localMemory());
  }

  private Extent items() {
    int axes = (int) number(CL.CL_DEVICE_MAX_WORK_ITEM_DIMENSIONS);
    ByteBuffer sizes =
        ByteBuffer.wrap(bytes(CL.CL_DEVICE_MAX_WORK_ITEM_SIZES, Math.max(axes, 3) * Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    return new Extent(sizes.getLong(), sizes.getLong(), sizes.getLong());
  }

  /** The first thing the numeric contract needs that the device lacks; null if it has all. */
  private String missing() {
    if (number(CL.CL_DEVICE_AVAILABLE) == 0 || number(CL.CL_DEVICE_COMPILER_AVAILABLE) == 0) {
      return "the device or its compiler is not available; look into its driver's log";
    }
    if (number(CL.CL_DEVICE_ENDIAN_LITTLE) == 0) {
      return "its memory is big endian, which Raphe does not support";
    }
    long arithmetic = number(CL.CL_DEVICE_SINGLE_FP_CONFIG);
    if ((arithmetic & NEEDED_ARITHMETIC) != NEEDED_ARITHMETIC) {
      return "its float32 arithmetic lacks "
          + CL.stringFor_cl_device_fp_config(NEEDED_ARITHMETIC & ~arithmetic).strip()
          + ", so that its results would differ; use another device or the backend cpu";
    }
    return null;
  }

  /** What users read: name and platform. */
  String words() {
    return name + " (" + platformName + ")";
  }

  private String text(int what) {
    return text((size, bytes, needed) -> CL.clGetDeviceInfo(id, what, size, bytes, needed));
  }

  private String platformText(int what) {
    return text((size, bytes, needed) -> CL.clGetPlatformInfo(platform, what, size, bytes, needed));
  }

  /** A query of the form of clGetDeviceInfo. */
  private interface Query {
    int ask(long size, Pointer bytes, long[] needed);
  }

  private String text(Query query) {
    long[] needed = new long[1];
    calls.run("clGetDeviceInfo", "size of a text", () -> query.ask(0, null, needed));
    byte[] bytes = new byte[Math.toIntExact(needed[0])];
    calls.run("clGetDeviceInfo", "a text", () -> query.ask(bytes.length, Pointer.to(bytes), null));
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }

  /** A cl_device_pci_bus_info_khr. */
  byte[] busInfo() {
    return bytes(PCI_BUS_INFO, 16);
  }

  /** A whole number of up to 8 bytes. */
  private long number(int what) {
    return ByteBuffer.wrap(bytes(what, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private byte[] bytes(int what, int most) {
    byte[] bytes = new byte[most];
    calls.run(
        "clGetDeviceInfo",
        "number " + what,
        () -> CL.clGetDeviceInfo(id, what, bytes.length, Pointer.to(bytes), null));
    return bytes;
  }
}
