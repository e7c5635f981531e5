package org.raphe.backend.cuda;

import java.nio.ByteBuffer;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.OwnedResources;

/** A block of a CUDA device's memory. */
final class CudaMemory implements DeviceMemory {
  private final CudaContext context;
  private final String holds;
  private final long bytes;
  private CUdeviceptr pointer;

  CudaMemory(CudaContext context, String holds, long bytes) {
    this.context = context;
    this.holds = holds;
    this.bytes = bytes;
    CUdeviceptr allocated = new CUdeviceptr();
    context.makeCurrent();
    context.calls().run("cuMemAlloc", about(), () -> JCudaDriver.cuMemAlloc(allocated, bytes));
    pointer = allocated;
    context.resources().opened(bytes);
    try {
      clear();
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, this);
      throw e;
    }
  }

  private String about() {
    return holds + ", " + bytes + " bytes";
  }

  CUdeviceptr pointer() {
    if (pointer == null) {
      throw new IllegalStateException(holds + " is used after it was closed");
    }
    return pointer;
  }

  @Override
  public String holds() {
    return holds;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void write(float[] values) {
    write(Pointer.to(values), (long) Float.BYTES * values.length);
  }

  @Override
  public void write(int[] values) {
    write(Pointer.to(values), (long) Integer.BYTES * values.length);
  }

  @Override
  public void write(byte[] values) {
    write(Pointer.to(values), values.length);
  }

  private void write(Pointer values, long size) {
    checkFits(size);
    context.finish();
    context
        .calls()
        .run("cuMemcpyHtoD", about(), () -> JCudaDriver.cuMemcpyHtoD(pointer(), values, size));
  }

  @Override
  public void writeInOrder(ByteBuffer values) {
    int size = values.remaining();
    checkFits(size);
    context.makeCurrent();
    context
        .calls()
        .run(
            "cuMemcpyHtoDAsync",
            about(),
            () ->
                JCudaDriver.cuMemcpyHtoDAsync(
                    pointer(), Pointer.to(values), size, context.stream()));
  }

  @Override
  public void clear() {
    context.finish();
    context
        .calls()
        .run("cuMemsetD8", about(), () -> JCudaDriver.cuMemsetD8(pointer(), (byte) 0, bytes));
  }

  @Override
  public void read(float[] values) {
    read(Pointer.to(values), (long) Float.BYTES * values.length);
  }

  @Override
  public void read(int[] values) {
    read(Pointer.to(values), (long) Integer.BYTES * values.length);
  }

  @Override
  public void read(long[] values) {
    read(Pointer.to(values), (long) Long.BYTES * values.length);
  }

  private void read(Pointer values, long size) {
    checkFits(size);
    context.finish();
    context
        .calls()
        .run("cuMemcpyDtoH", about(), () -> JCudaDriver.cuMemcpyDtoH(values, pointer(), size));
  }

  private void checkFits(long size) {
    if (size > bytes) {
      throw new IllegalArgumentException(
          size + " bytes do not fit " + holds + " of " + bytes + " bytes");
    }
  }

  @Override
  public void close() {
    if (pointer == null) {
      return;
    }
    try {
      context.queue().send();
    } finally {
      CUdeviceptr released = pointer;
      pointer = null;
      context.resources().closed(bytes);
      context.makeCurrent();
      context.calls().run("cuMemFree", about(), () -> JCudaDriver.cuMemFree(released));
    }
  }
}
