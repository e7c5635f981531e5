package org.raphe.backend.opencl;

import java.nio.ByteBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.Extent;
import org.raphe.backend.device.Kernel;
import org.raphe.backend.device.KernelArguments;
import org.raphe.backend.device.KernelAttributes;
import org.raphe.backend.device.OwnedResources;
import org.raphe.kernels.shared.KernelSignature;

/** An OpenCL kernel with its arguments. */
final class OpenClKernel implements Kernel {
  private final OpenClContext context;
  private final String name;
  private final KernelArguments arguments;
  private final Extent group;
  private final KernelAttributes attributes;
  private cl_kernel kernel;
  private int roomBytes;

  OpenClKernel(OpenClContext context, KernelSignature signature, cl_program program, Extent group) {
    this.context = context;
    name = signature.kernel();
    arguments = new KernelArguments(signature);
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
  public Kernel bind(String parameter, DeviceMemory memory) {
    cl_mem buffer = memory == null ? new cl_mem() : ((OpenClMemory) memory).buffer();
    return set(arguments.memory(parameter), Sizeof.cl_mem, Pointer.to(buffer));
  }

  @Override
  public Kernel bind(String parameter, int value) {
    return set(arguments.wholeNumber(parameter), Sizeof.cl_int, Pointer.to(new int[] {value}));
  }

  @Override
  public Kernel bind(String parameter, float value) {
    return set(arguments.number(parameter), Sizeof.cl_float, Pointer.to(new float[] {value}));
  }

  @Override
  public Kernel bind(String parameter, ByteBuffer struct) {
    int bytes = struct.remaining();
    return set(arguments.struct(parameter, bytes), bytes, Pointer.toBuffer(struct));
  }

  @Override
  public Kernel room(int bytes) {
    roomBytes = bytes;
    return set(arguments.room(), bytes, null);
  }

  private Kernel set(int argument, long size, Pointer value) {
    context
        .calls()
        .run(
            "clSetKernelArg",
            name + ", argument " + argument + " of " + size + " bytes",
            () -> CL.clSetKernelArg(kernel, argument, size, value));
    return this;
  }

  @Override
  public void launch(int groupsX, int groupsY, int groupsZ) {
    arguments.checkComplete();
    Extent grid = new Extent(groupsX, groupsY, groupsZ);
    context.launchLimits().check(attributes, grid, group, roomBytes);
    long[] global = {group.x() * groupsX, group.y() * groupsY, groupsZ};
    long[] local = {group.x(), group.y(), 1};
    OpenClLaunchTimer timer = context.timer();
    cl_event event = timer == null ? null : timer.launching();
    context
        .calls()
        .run(
            "clEnqueueNDRangeKernel",
            name + ", " + grid + " groups of " + group.x() + " x " + group.y(),
            () ->
                CL.clEnqueueNDRangeKernel(
                    context.commands(), kernel, 3, null, global, local, 0, null, event));
    if (event != null) {
      timer.launched(name, event);
    }
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
