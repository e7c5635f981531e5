package org.raphe.kernels.cuda.harness;

import static jcuda.driver.JCudaDriver.*;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jcuda.CudaException;
import jcuda.Pointer;
import jcuda.driver.CUDA_KERNEL_NODE_PARAMS;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUgraphNode;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;
import jcuda.driver.JITOptions;

/** What the driver does around kernels; the argument names the scene. Prints what it sees. */
final class DriverProgram {
  private DriverProgram() {}

  public static void main(String[] arguments) throws IOException {
    try {
      switch (arguments[0]) {
        case "device" -> device();
        case "load" -> load(arguments[1]);
        case "memory" -> memory();
        case "deferred" -> deferred();
        case "graph" -> graph();
        case "launches" -> launches();
        case "wrong-launches" -> wrongLaunches();
        case "sticky" -> sticky();
        case "speed" -> speed(Integer.parseInt(arguments[1]));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (CudaException e) {
      System.out.println("error " + e.getMessage());
    }
  }

  private static void device() {
    JCudaDriver.setExceptionsEnabled(true);
    cuInit(0);
    CUdevice device = new CUdevice();
    cuDeviceGet(device, 0);
    byte[] name = new byte[64];
    int[] version = new int[1], major = new int[1], minor = new int[1], shared = new int[1];
    cuDeviceGetName(name, 64, device);
    cuDriverGetVersion(version);
    cuDeviceGetAttribute(
        major, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device);
    cuDeviceGetAttribute(
        minor, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device);
    cuDeviceGetAttribute(
        shared, CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN, device);
    System.out.println(
        new String(name).trim()
            + ", driver "
            + version[0]
            + ", sm_"
            + major[0]
            + minor[0]
            + ", shared "
            + shared[0]);
  }

  /** Loads PTX with a log buffer, which is printed. */
  private static void load(String ptx) throws IOException {
    JCudaDriver.setExceptionsEnabled(false);
    cuInit(0);
    CUdevice device = new CUdevice();
    cuDeviceGet(device, 0);
    CUcontext context = new CUcontext();
    cuCtxCreate(context, 0, device);
    byte[]
        text = Arrays.copyOf(Files.readAllBytes(Path.of(ptx)), (int) Files.size(Path.of(ptx)) + 1),
        log = new byte[1000];
    CUmodule module = new CUmodule();
    JITOptions options = new JITOptions();
    options.putBytes(jcuda.driver.CUjit_option.CU_JIT_ERROR_LOG_BUFFER, log);
    options.putInt(jcuda.driver.CUjit_option.CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES, log.length);
    int result = cuModuleLoadDataJIT(module, Pointer.to(text), options);
    System.out.println(CUresult.stringFor(result) + ", log: " + new String(log).trim());
    if (result == CUresult.CUDA_SUCCESS) cuModuleUnload(module);
    cuCtxDestroy(context);
  }

  private static void memory() {
    try (Gpu gpu = new Gpu("cooperation")) {
      long[] free = new long[1], total = new long[1];
      gpu.allocate(600_000);
      cuMemGetInfo(free, total);
      System.out.println(free[0] + " of " + total[0]);
      gpu.allocate(600_000);
    }
  }

  /** A copy from pinned memory happens when it is waited for, so it sees what is there by then. */
  private static void deferred() {
    try (Gpu gpu = new Gpu("cooperation")) {
      Pointer pinned = new Pointer();
      cuMemAllocHost(pinned, 4);
      pinned.getByteBuffer(0, 4).order(ByteOrder.nativeOrder()).putInt(0, 1);
      CUstream stream = new CUstream(), other = new CUstream();
      CUevent event = new CUevent();
      cuStreamCreate(stream, 1);
      cuStreamCreate(other, 1);
      cuEventCreate(event, 0);
      CUdeviceptr device = gpu.allocate(4);
      cuMemcpyHtoDAsync(device, pinned, 4, stream);
      pinned.getByteBuffer(0, 4).order(ByteOrder.nativeOrder()).putInt(0, 2);
      cuEventRecord(event, stream);
      cuStreamWaitEvent(other, event, 0);
      int[] number = {40};
      gpu.launch(other, "increment", 1, 1, 0, device, Pointer.to(number), Gpu.value(1));
      number[0] = 1000;
      JCudaDriver.setExceptionsEnabled(false);
      System.out.println(
          "query "
              + CUresult.stringFor(cuStreamQuery(other))
              + " then "
              + CUresult.stringFor(cuStreamQuery(other)));
      JCudaDriver.setExceptionsEnabled(true);
      System.out.println("value " + gpu.ints(device, 1)[0]);
      cuMemFreeHost(pinned);
      cuEventDestroy(event);
      cuStreamDestroy(other);
      cuStreamDestroy(stream);
    }
  }

  private static void graph() {
    try (Gpu gpu = new Gpu("cooperation")) {
      CUdeviceptr data = gpu.copyOf(new int[100]), copy = gpu.allocate(400);
      CUstream stream = new CUstream();
      cuStreamCreate(stream, 1);
      cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL);
      gpu.launch(stream, "increment", 1, 128, 0, data, Gpu.value(5), Gpu.value(100));
      cuMemcpyDtoDAsync(copy, data, 400, stream);
      CUgraph graph = new CUgraph();
      cuStreamEndCapture(stream, graph);
      CUgraphExec executable = new CUgraphExec();
      cuGraphInstantiate(executable, graph, 0);
      for (int k = 0; k < 3; k++) cuGraphLaunch(executable, stream);
      cuStreamSynchronize(stream);
      System.out.println("captured, value " + gpu.ints(copy, 100)[99]);
      cuGraphExecDestroy(executable);
      cuGraphDestroy(graph);
      addedNodes(gpu, stream, data);
      cuStreamDestroy(stream);
    }
  }

  /** Two nodes, one after the other; the second gets other parameters before the second launch. */
  private static void addedNodes(Gpu gpu, CUstream stream, CUdeviceptr data) {
    CUgraph graph = new CUgraph();
    CUgraphExec executable = new CUgraphExec();
    CUgraphNode first = new CUgraphNode(), second = new CUgraphNode();
    cuGraphCreate(graph, 0);
    cuGraphAddKernelNode(first, graph, new CUgraphNode[0], 0, increment(gpu, data, 100));
    cuGraphAddKernelNode(second, graph, new CUgraphNode[] {first}, 1, increment(gpu, data, 200));
    cuGraphInstantiate(executable, graph, 0);
    cuGraphLaunch(executable, stream);
    cuGraphExecKernelNodeSetParams(executable, second, increment(gpu, data, 1000));
    cuGraphLaunch(executable, stream);
    cuStreamSynchronize(stream);
    System.out.println("added, value " + gpu.ints(data, 100)[99]);
    cuGraphExecDestroy(executable);
    cuGraphDestroy(graph);
  }

  private static CUDA_KERNEL_NODE_PARAMS increment(Gpu gpu, CUdeviceptr data, int by) {
    CUDA_KERNEL_NODE_PARAMS parameters = new CUDA_KERNEL_NODE_PARAMS();
    parameters.func = gpu.function("increment");
    parameters.gridDimX = parameters.gridDimY = parameters.gridDimZ = 1;
    parameters.blockDimX = 128;
    parameters.blockDimY = parameters.blockDimZ = 1;
    parameters.kernelParams = Gpu.parameters(data, Gpu.value(by), Gpu.value(100));
    return parameters;
  }

  /**
   * A thousand launches, with allocation and copies, leave the memory of the process as it was
   * after the first hundred.
   */
  private static void launches() throws IOException {
    try (Gpu gpu = new Gpu("cooperation")) {
      int[] host = new int[1 << 16];
      CUdeviceptr data = gpu.copyOf(host);
      long before = 0;
      for (int k = 0; k < 1000; k++) {
        CUdeviceptr extra = gpu.copyOf(host);
        gpu.launch("increment", 256, 256, data, Gpu.value(1), Gpu.value(1 << 16));
        gpu.launch("increment", 256, 256, extra, Gpu.value(1), Gpu.value(1 << 16));
        gpu.free(extra);
        if (k == 100) before = resident();
      }
      System.out.println("value " + gpu.ints(data, 1 << 16)[65535]);
      System.out.println(
          resident() - before < 40_000
              ? "memory constant"
              : "memory grew from " + before + " to " + resident() + " KiB");
    }
  }

  private static long resident() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status")))
      if (line.startsWith("RssAnon")) return Long.parseLong(line.replaceAll("\\D", ""));
    throw new IOException("no RssAnon in /proc/self/status");
  }

  private static void wrongLaunches() {
    try (Gpu gpu = new Gpu("cooperation")) {
      JCudaDriver.setExceptionsEnabled(false);
      CUdeviceptr data = gpu.copyOf(new int[8]);
      Pointer parameters = Gpu.parameters(data, Gpu.value(1), Gpu.value(8));
      int[][] shapes = {{0, 8, 0}, {1, 1025, 0}, {1, 0, 0}, {1, 8, 48 * 1024 + 1}, {1, 8, 0}};
      for (int[] shape : shapes)
        System.out.println(
            CUresult.stringFor(
                cuLaunchKernel(
                    gpu.function("increment"),
                    shape[0],
                    1,
                    1,
                    shape[1],
                    1,
                    1,
                    shape[2],
                    null,
                    parameters,
                    null)));
      System.out.println(
          "missing "
              + CUresult.stringFor(
                  cuModuleGetFunction(new jcuda.driver.CUfunction(), new CUmodule(), "nothing")));
      int[] most = new int[1], local = new int[1];
      cuFuncGetAttribute(
          most,
          CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK,
          gpu.function("treeSum"));
      cuFuncGetAttribute(
          local, CUfunction_attribute.CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES, gpu.function("treeSum"));
      System.out.println("treeSum " + most[0] + " threads, " + local[0] + " bytes");
    }
  }

  private static void sticky() {
    Gpu gpu = new Gpu("cooperation");
    JCudaDriver.setExceptionsEnabled(false);
    CUdeviceptr data = gpu.copyOf(new int[8]);
    Pointer parameters = Gpu.parameters(data, Gpu.value(1), Gpu.value(8));
    for (int k = 1; k <= 4; k++)
      System.out.println(
          k
              + " "
              + CUresult.stringFor(
                  cuLaunchKernel(
                      gpu.function("increment"), 1, 1, 1, 8, 1, 1, 0, null, parameters, null)));
    System.out.println("then " + CUresult.stringFor(cuCtxSynchronize()));
    gpu.close();
  }

  private static void speed(int turns) {
    try (Gpu gpu = new Gpu("cooperation")) {
      CUdeviceptr data = gpu.copyOf(new float[256 * 64]);
      for (String kernel : new String[] {"busy", "busyTogether"}) {
        long start = System.nanoTime();
        gpu.launch(kernel, 64, 256, data, Gpu.value(turns));
        cuCtxSynchronize();
        System.out.printf("%s %.3f s%n", kernel, (System.nanoTime() - start) / 1e9);
      }
    }
  }
}
