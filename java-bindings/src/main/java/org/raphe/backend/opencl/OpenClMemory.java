package org.raphe.backend.opencl;

import java.nio.ByteBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_mem;
import org.raphe.backend.device.DeviceMemory;
import org.raphe.backend.device.OwnedResources;

/** An OpenCL buffer. */
final class OpenClMemory implements DeviceMemory {
  /** Bytes that are cleared at a time. */
  private static final int ZEROS = 1 << 20;

  private final OpenClContext context;
  private final String holds;
  private final long bytes;
  private cl_mem buffer;

  OpenClMemory(OpenClContext context, String holds, long bytes) {
    this.context = context;
    this.holds = holds;
    this.bytes = bytes;
    buffer =
        context
            .calls()
            .create(
                "clCreateBuffer",
                about(),
                status ->
                    CL.clCreateBuffer(
                        context.context(), CL.CL_MEM_READ_WRITE, bytes, null, status));
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

  cl_mem buffer() {
    if (buffer == null) {
      throw new IllegalStateException(holds + " is used after it was closed");
    }
    return buffer;
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
    context.queue().send();
    write(values, 0, size);
  }

  /** Waits all the same: the binding would wait for a copy that does not on another thread. */
  @Override
  public void writeInOrder(ByteBuffer values) {
    checkFits(values.remaining());
    write(Pointer.toBuffer(values), 0, values.remaining());
  }

  private void write(Pointer values, long from, long size) {
    context
        .calls()
        .run(
            "clEnqueueWriteBuffer",
            about(),
            () ->
                CL.clEnqueueWriteBuffer(
                    context.commands(), buffer(), true, from, size, values, 0, null, null));
  }

  @Override
  public void clear() {
    context.queue().send();
    byte[] zeros = new byte[(int) Math.min(bytes, ZEROS)];
    for (long from = 0; from < bytes; from += zeros.length) {
      write(Pointer.to(zeros), from, Math.min(zeros.length, bytes - from));
    }
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
    context.queue().send();
    context
        .calls()
        .run(
            "clEnqueueReadBuffer",
            about(),
            () ->
                CL.clEnqueueReadBuffer(
                    context.commands(), buffer(), true, 0, size, values, 0, null, null));
  }

  private void checkFits(long size) {
    if (size > bytes) {
      throw new IllegalArgumentException(
          size + " bytes do not fit " + holds + " of " + bytes + " bytes");
    }
  }

  @Override
  public void close() {
    if (buffer == null) {
      return;
    }
    try {
      context.queue().send();
    } finally {
      cl_mem released = buffer;
      buffer = null;
      context.resources().closed(bytes);
      context.calls().run("clReleaseMemObject", about(), () -> CL.clReleaseMemObject(released));
    }
  }
}
