package org.raphe.backend.opencl;

import java.nio.ByteBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.Kernel;

/** An OpenCL kernel with its arguments. */
final class OpenClKernel implements Kernel {
  private final OpenClContext context;
  private final String name;
  private final long groupX;
  private final long groupY;
  private cl_kernel kernel;
  private int arguments;

  OpenClKernel(OpenClContext context, String name, cl_program program, int groupX, int groupY) {
    this.context = context;
    this.name = name;
    this.groupX = groupX;
    this.groupY = groupY;
    kernel =
        context
            .calls()
            .create("clCreateKernel", name, status -> CL.clCreateKernel(program, name, status));
    context.resources().opened(0);
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
    long[] global = {groupX * groupsX, groupY * groupsY, groupsZ};
    long[] local = {groupX, groupY, 1};
    OpenClLaunchTimer timer = context.timer();
    cl_event event = timer == null ? null : timer.launching();
    context
        .calls()
        .run(
            "clEnqueueNDRangeKernel",
            name
                + ", "
                + groupsX
                + " x "
                + groupsY
                + " x "
                + groupsZ
                + " groups of "
                + groupX
                + " x "
                + groupY,
            () ->
                CL.clEnqueueNDRangeKernel(
                    context.queue(), kernel, 3, null, global, local, 0, null, event));
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
