package org.raphe.kernels.cuda.harness;

import static jcuda.driver.JCudaDriver.*;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/** A context with one module of test kernels; gives back all it made when it is closed. */
final class Gpu implements AutoCloseable {
  private final CUcontext context = new CUcontext();
  private final CUmodule module = new CUmodule();
  private final List<CUdeviceptr> memory = new ArrayList<>();

  /** Loads {@code harness/<name>.ptx} from the test resources. */
  Gpu(String name) {
    JCudaDriver.setExceptionsEnabled(true);
    cuInit(0);
    CUdevice device = new CUdevice();
    cuDeviceGet(device, 0);
    cuCtxCreate(context, 0, device);
    cuModuleLoadData(module, ptx(name));
  }

  static String ptx(String name) {
    try (InputStream stream = Gpu.class.getResourceAsStream("/harness/" + name + ".ptx")) {
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read harness/" + name + ".ptx", e);
    }
  }

  CUfunction function(String name) {
    CUfunction function = new CUfunction();
    cuModuleGetFunction(function, module, name);
    return function;
  }

  CUdeviceptr allocate(long bytes) {
    CUdeviceptr pointer = new CUdeviceptr();
    cuMemAlloc(pointer, bytes);
    memory.add(pointer);
    return pointer;
  }

  void free(CUdeviceptr pointer) {
    cuMemFree(pointer);
    memory.remove(pointer);
  }

  /** Device memory that holds a copy of the host's. */
  CUdeviceptr copyOf(Pointer host, long bytes) {
    CUdeviceptr pointer = allocate(bytes);
    cuMemcpyHtoD(pointer, host, bytes);
    return pointer;
  }

  CUdeviceptr copyOf(float... values) {
    return copyOf(Pointer.to(values), 4L * values.length);
  }

  CUdeviceptr copyOf(int... values) {
    return copyOf(Pointer.to(values), 4L * values.length);
  }

  float[] floats(CUdeviceptr from, int count) {
    float[] values = new float[count];
    cuMemcpyDtoH(Pointer.to(values), from, 4L * count);
    return values;
  }

  int[] ints(CUdeviceptr from, int count) {
    int[] values = new int[count];
    cuMemcpyDtoH(Pointer.to(values), from, 4L * count);
    return values;
  }

  long[] longs(CUdeviceptr from, int count) {
    long[] values = new long[count];
    cuMemcpyDtoH(Pointer.to(values), from, 8L * count);
    return values;
  }

  /** Parameters as a kernel launch takes them: device pointers, and host pointers to values. */
  static Pointer parameters(NativePointerObject... values) {
    Pointer[] pointers = new Pointer[values.length];
    for (int i = 0; i < values.length; i++)
      pointers[i] = values[i] instanceof CUdeviceptr ? Pointer.to(values[i]) : (Pointer) values[i];
    return Pointer.to(pointers);
  }

  static Pointer value(int... value) {
    return Pointer.to(value);
  }

  void launch(String kernel, int blocks, int threads, NativePointerObject... values) {
    launch(null, kernel, blocks, threads, 0, values);
  }

  void launch(
      CUstream stream,
      String kernel,
      int blocks,
      int threads,
      int shared,
      NativePointerObject... values) {
    cuLaunchKernel(
        function(kernel), blocks, 1, 1, threads, 1, 1, shared, stream, parameters(values), null);
  }

  @Override
  public void close() {
    for (CUdeviceptr pointer : memory) cuMemFree(pointer);
    cuModuleUnload(module);
    cuCtxDestroy(context);
  }
}
