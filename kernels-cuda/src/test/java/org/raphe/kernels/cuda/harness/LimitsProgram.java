package org.raphe.kernels.cuda.harness;

import static jcuda.driver.JCudaDriver.*;

import jcuda.Pointer;
import jcuda.driver.CUDA_KERNEL_NODE_PARAMS;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphNode;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/**
 * What the device refuses and allows. Each argument asks one thing, and what came of it is printed:
 * {@code launch KERNEL GRID BLOCK SHARED}, {@code node} with the same words (a graph's node,
 * checked as a launch is but not run), {@code allow KERNEL BYTES} of dynamic shared memory, {@code
 * attributes KERNEL}, {@code allocate BYTES}, {@code free}, which prints the free memory.
 */
final class LimitsProgram {
  private final Gpu gpu = new Gpu("limits");
  private final CUdeviceptr out = gpu.copyOf(new int[128]);

  private LimitsProgram() {}

  public static void main(String[] arguments) {
    LimitsProgram program = new LimitsProgram();
    JCudaDriver.setExceptionsEnabled(false);
    for (String asked : arguments) {
      System.out.println(asked + ": " + program.answer(asked.split(" ")));
    }
    cuCtxSynchronize();
    program.gpu.close();
  }

  private String answer(String[] words) {
    return switch (words[0]) {
      case "launch" -> CUresult.stringFor(launch(words));
      case "node" -> CUresult.stringFor(node(words));
      case "allow" ->
          CUresult.stringFor(
              cuFuncSetAttribute(
                  gpu.function(words[1]),
                  CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                  Integer.parseInt(words[2])));
      case "attributes" -> attributes(words[1]);
      case "allocate" ->
          CUresult.stringFor(cuMemAlloc(new CUdeviceptr(), Long.parseLong(words[1])));
      case "free" -> String.valueOf(free());
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static int[] extent(String text) {
    String[] parts = text.split("x");
    int[] extent = {1, 1, 1};
    for (int axis = 0; axis < parts.length; axis++) {
      extent[axis] = Integer.parseUnsignedInt(parts[axis]);
    }
    return extent;
  }

  private int launch(String[] words) {
    int[] grid = extent(words[2]);
    int[] block = extent(words[3]);
    return cuLaunchKernel(
        gpu.function(words[1]),
        grid[0],
        grid[1],
        grid[2],
        block[0],
        block[1],
        block[2],
        Integer.parseInt(words[4]),
        null,
        Gpu.parameters(out),
        null);
  }

  private int node(String[] words) {
    int[] grid = extent(words[2]);
    int[] block = extent(words[3]);
    CUDA_KERNEL_NODE_PARAMS parameters = new CUDA_KERNEL_NODE_PARAMS();
    parameters.func = gpu.function(words[1]);
    parameters.gridDimX = grid[0];
    parameters.gridDimY = grid[1];
    parameters.gridDimZ = grid[2];
    parameters.blockDimX = block[0];
    parameters.blockDimY = block[1];
    parameters.blockDimZ = block[2];
    parameters.sharedMemBytes = Integer.parseInt(words[4]);
    parameters.kernelParams = Pointer.to(new Pointer[] {Pointer.to(out)});
    CUgraph graph = new CUgraph();
    cuGraphCreate(graph, 0);
    int status = cuGraphAddKernelNode(new CUgraphNode(), graph, new CUgraphNode[0], 0, parameters);
    cuGraphDestroy(graph);
    return status;
  }

  private String attributes(String kernel) {
    return "threads "
        + attribute(kernel, CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK)
        + ", shared "
        + attribute(kernel, CUfunction_attribute.CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES)
        + ", local "
        + attribute(kernel, CUfunction_attribute.CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES)
        + ", registers "
        + attribute(kernel, CUfunction_attribute.CU_FUNC_ATTRIBUTE_NUM_REGS)
        + ", PTX "
        + attribute(kernel, CUfunction_attribute.CU_FUNC_ATTRIBUTE_PTX_VERSION)
        + ", binary "
        + attribute(kernel, CUfunction_attribute.CU_FUNC_ATTRIBUTE_BINARY_VERSION)
        + ", dynamic "
        + attribute(kernel, CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES);
  }

  private int attribute(String kernel, int which) {
    int[] value = new int[1];
    int status = cuFuncGetAttribute(value, which, gpu.function(kernel));
    return status == CUresult.CUDA_SUCCESS ? value[0] : -status;
  }

  private long free() {
    long[] free = new long[1];
    cuMemGetInfo(free, new long[1]);
    return free[0];
  }
}
