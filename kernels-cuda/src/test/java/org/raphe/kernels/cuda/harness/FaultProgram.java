package org.raphe.kernels.cuda.harness;

import static jcuda.driver.JCudaDriver.*;

import jcuda.CudaException;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;

/** Plants the fault that its argument names, and prints the error of the call that learns of it. */
final class FaultProgram {
  private FaultProgram() {}

  public static void main(String[] arguments) {
    Gpu gpu = new Gpu("faults");
    try {
      plant(gpu, arguments[0]);
      cuCtxSynchronize();
      System.out.println("no error");
      gpu.close();
    } catch (CudaException e) {
      System.out.println("error " + e.getMessage());
    }
  }

  private static void plant(Gpu gpu, String fault) {
    switch (fault) {
      case "wrong-grid" ->
          gpu.launch("unguarded", 5, 64, gpu.copyOf(new float[256]), gpu.allocate(1024));
      case "small-grid" -> smallGrid(gpu);
      case "unwritten" ->
          gpu.launch("doubled", 1, 32, gpu.allocate(128), gpu.allocate(128), Gpu.value(32));
      case "freed" -> freed(gpu);
      case "stale-parameter" -> staleParameter(gpu);
      case "misaligned" ->
          gpu.launch("misaligned", 1, 2, gpu.copyOf(new int[64]), gpu.allocate(128));
      case "onePastTheEnd" -> gpu.launch(fault, 1, 1, gpu.allocate(400), Gpu.value(100));
      case "pastSharedArray" -> gpu.launch(fault, 1, 32, gpu.allocate(256), Gpu.value(1));
      case "missingBarrier",
          "missingSecondBarrier",
          "divergentBarrier",
          "twoBarriers",
          "unwrittenShared" ->
          gpu.launch(fault, 1, 64, gpu.allocate(256));
      case "missingWarpBarrier", "halfWarpBarrier" -> gpu.launch(fault, 1, 32, gpu.allocate(256));
      case "shuffleFromNowhere" -> gpu.launch(fault, 1, 8, gpu.allocate(256));
      case "divided" -> gpu.launch(fault, 1, 4, gpu.copyOf(1, 2, 0, 4));
      case "endless" -> gpu.launch(fault, 1, 1, gpu.copyOf(0));
      case "stopped" -> gpu.launch(fault, 1, 1);
      case "leak" -> leak();
      case "host-freed" -> hostFreed(gpu);
      case "never-waited" ->
          gpu.launch("doubled", 1, 1, gpu.copyOf(1f), gpu.allocate(4), Gpu.value(1));
      default -> throw new IllegalArgumentException(fault);
    }
    if (fault.equals("never-waited")) System.exit(0);
  }

  private static void smallGrid(Gpu gpu) {
    CUdeviceptr out = gpu.allocate(1024);
    gpu.launch("unguarded", 3, 64, gpu.copyOf(new float[256]), out);
    gpu.floats(out, 256);
  }

  private static void freed(Gpu gpu) {
    CUdeviceptr in = gpu.copyOf(new float[32]);
    gpu.free(in);
    gpu.launch("doubled", 1, 32, in, gpu.allocate(128), Gpu.value(32));
  }

  /** A graph keeps the pointer it was captured with; the buffer has been replaced since. */
  private static void staleParameter(Gpu gpu) {
    CUdeviceptr in = gpu.copyOf(new float[32]), out = gpu.allocate(128);
    CUstream stream = new CUstream();
    cuStreamCreate(stream, 0);
    cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL);
    gpu.launch(stream, "doubled", 1, 32, 0, in, out, Gpu.value(32));
    CUgraph graph = new CUgraph();
    cuStreamEndCapture(stream, graph);
    CUgraphExec executable = new CUgraphExec();
    cuGraphInstantiate(executable, graph, 0);
    cuGraphLaunch(executable, stream);
    cuStreamSynchronize(stream);
    gpu.free(in);
    gpu.copyOf(new float[32]);
    cuGraphLaunch(executable, stream);
  }

  private static void leak() {
    CUdeviceptr lost = new CUdeviceptr();
    cuMemAlloc(lost, 12345);
  }

  private static void hostFreed(Gpu gpu) {
    Pointer host = new Pointer();
    cuMemAllocHost(host, 64);
    CUstream stream = new CUstream();
    cuStreamCreate(stream, 0);
    cuMemcpyHtoDAsync(gpu.allocate(64), host, 64, stream);
    cuMemFreeHost(host);
    cuStreamDestroy(stream);
  }
}
