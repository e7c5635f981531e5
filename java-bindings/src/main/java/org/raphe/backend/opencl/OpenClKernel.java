package org.raphe.backend.opencl;

import java.nio.ByteBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.Kernel;
import org.raphe.backend.device.KernelAttributes;
import org.raphe.backend.device.OwnedResources;

/** An OpenCL kernel with its arguments. */
final class OpenClKernel implements Kernel {
  private final OpenClContext context;
  private final String name;
  private final Extent group;
  private final KernelAttributes attributes;
  private cl_kernel kernel;
  private int arguments;
  private long roomBytes;

  OpenClKernel(OpenClContext context, String name, cl_program program, Extent group) {
    this.context = context;
    this.name = name;
    this.group = group;
    kernel =
        context
            .calls()
            .create("clCreateKernel", name, status -> CL.clCreateKernel(program, name, status));
    context.resources().opened(0);
    try {
      attributes = context.attributes(program, this);
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, this);
      throw e;
    }
  }

  /** Asks the device's compiler about this kernel, which must not have room yet. */
  KernelAttributes ask(cl_device_id device) {
    return new KernelAttributes(
        name,
        (int) Math.min(Integer.MAX_VALUE, ask(device, CL.CL_KERNEL_WORK_GROUP_SIZE)),
        (int) Math.min(Integer.MAX_VALUE, ask(device, CL.CL_KERNEL_LOCAL_MEM_SIZE)),
        0);
  }

  /** A number of 8 bytes: a size_t or a cl_ulong. */
  private long ask(cl_device_id device, int what) {
    long[] value = new long[1];
    context
        .calls()
        .run(
            "clGetKernelWorkGroupInfo",
            name + ", number " + what,
            () ->
                CL.clGetKernelWorkGroupInfo(
                    kernel, device, what, Sizeof.cl_ulong, Pointer.to(value), null));
    return value[0];
  }

  @Override
  public int memory(DeviceMemory memory) {
    set(arguments, memory);
    return arguments++;
  }

  @Override
  public int number(int value) {
    set(arguments, value);
    return arguments++;
  }

  @Override
  public int number(float value) {
    set(arguments, Sizeof.cl_float, Pointer.to(new float[] {value}));
    return arguments++;
  }

  @Override
  public int struct(ByteBuffer fields) {
    set(arguments, fields);
    return arguments++;
  }

  @Override
  public int room(int bytes) {
    set(arguments, bytes, null);
    roomBytes += bytes;
    return arguments++;
  }

  @Override
  public void set(int argument, int value) {
    set(argument, Sizeof.cl_int, Pointer.to(new int[] {value}));
  }

  @Override
  public void set(int argument, ByteBuffer fields) {
    set(argument, fields.remaining(), Pointer.toBuffer(fields));
  }

  @Override
  public void set(int argument, DeviceMemory memory) {
    cl_mem buffer = memory == null ? new cl_mem() : ((OpenClMemory) memory).buffer();
    set(argument, Sizeof.cl_mem, Pointer.to(buffer));
  }

  private void set(int argument, long size, Pointer value) {
    context
        .calls()
        .run(
            "clSetKernelArg",
            name + ", argument " + argument + " of " + size + " bytes",
            () -> CL.clSetKernelArg(kernel, argument, size, value));
  }

  @Override
  public void launch(int groupsX, int groupsY, int groupsZ) {
    Extent grid = new Extent(groupsX, groupsY, groupsZ);
    context.launchLimits().check(attributes, grid, group, roomBytes);
    long[] global = {group.x() * groupsX, group.y() * groupsY, groupsZ};
    long[] local = {group.x(), group.y(), 1};
    context
        .calls()
        .run(
            "clEnqueueNDRangeKernel",
            name + ", " + grid + " groups of " + group.x() + " x " + group.y(),
            () ->
                CL.clEnqueueNDRangeKernel(
                    context.queue(), kernel, 3, null, global, local, 0, null, null));
    context.resources().launched();
  }

  @Override
  public void close() {
    if (kernel == null) {
      return;
    }
    cl_kernel released = kernel;
    kernel = null;
    context.resources().closed(0);
    context.calls().run("clReleaseKernel", name, () -> CL.clReleaseKernel(released));
  }
}
