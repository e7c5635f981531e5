package org.raphe.backend.cuda;

import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import org.raphe.backend.device.KernelAttributes;

/** A kernel of a loaded module, and what the driver says of it. It lasts as long as its module. */
final class CudaFunction {
  private final CudaContext context;
  private final String name;

  /** Bytes of shared memory that a launch may add; the driver was asked for no more yet. */
  private int allowed;

  final CUfunction handle = new CUfunction();
  final KernelAttributes attributes;

  CudaFunction(CudaContext context, CUmodule module, String name) {
    this.context = context;
    this.name = name;
    context
        .calls()
        .run(
            "cuModuleGetFunction",
            name,
            () -> JCudaDriver.cuModuleGetFunction(handle, module, name));
    attributes =
        new KernelAttributes(
            name,
            attribute(CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK),
            attribute(CUfunction_attribute.CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES),
            attribute(CUfunction_attribute.CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES));
    allowed = context.launchLimits().localMemory() - attributes.localBytes();
  }

  private int attribute(int which) {
    int[] value = new int[1];
    context
        .calls()
        .run(
            "cuFuncGetAttribute",
            name + ", " + CUfunction_attribute.stringFor(which),
            () -> JCudaDriver.cuFuncGetAttribute(value, which, handle));
    return value[0];
  }

  /** Asks the driver for more shared memory than usual, where a launch needs it. */
  void allowShared(int bytes) {
    if (bytes > allowed) {
      context
          .calls()
          .run(
              "cuFuncSetAttribute",
              name + ", " + bytes + " bytes of shared memory",
              () ->
                  JCudaDriver.cuFuncSetAttribute(
                      handle,
                      CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                      bytes));
      allowed = bytes;
    }
  }
}
