package org.raphe.backend.opencl;

import java.nio.ByteBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.Kernel;
import org.raphe.backend.device.KernelArguments;
import org.raphe.kernels.shared.KernelSignature;

/** An OpenCL kernel with its arguments. */
final class OpenClKernel implements Kernel {
  private final OpenClContext context;
  private final String name;
  private final long groupX;
  private final long groupY;
  private final KernelArguments arguments;
  private cl_kernel kernel;

  OpenClKernel(
      OpenClContext context,
      KernelSignature signature,
      cl_program program,
      int groupX,
      int groupY) {
    this.context = context;
    name = signature.kernel();
    arguments = new KernelArguments(signature);
    this.groupX = groupX;
    this.groupY = groupY;
    kernel =
        context
            .calls()
            .create("clCreateKernel", name, status -> CL.clCreateKernel(program, name, status));
    context.resources().opened(0);
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
    long[] global = {groupX * groupsX, groupY * groupsY, groupsZ};
    long[] local = {groupX, groupY, 1};
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
