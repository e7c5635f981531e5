package org.raphe.kernels.cuda.harness;

import static jcuda.driver.JCudaDriver.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** Prints registers, static shared memory and stack of the kernel of each module that is named. */
final class AttributesProgram {
  private static final Pattern ENTRY = Pattern.compile("\\.entry (\\w+)\\(");

  private AttributesProgram() {}

  public static void main(String[] modules) throws IOException {
    JCudaDriver.setExceptionsEnabled(true);
    cuInit(0);
    CUdevice device = new CUdevice();
    cuDeviceGet(device, 0);
    CUcontext context = new CUcontext();
    cuCtxCreate(context, 0, device);
    for (String module : modules) {
      print(Path.of(module));
    }
    cuCtxDestroy(context);
  }

  private static void print(Path file) throws IOException {
    String ptx = Files.readString(file);
    Matcher entry = ENTRY.matcher(ptx);
    if (!entry.find()) {
      throw new IllegalArgumentException(file + " has no kernel");
    }
    CUmodule module = new CUmodule();
    cuModuleLoadData(module, ptx);
    CUfunction function = new CUfunction();
    cuModuleGetFunction(function, module, entry.group(1));
    System.out.println(
        file.getFileName()
            + " "
            + attribute(function, CUfunction_attribute.CU_FUNC_ATTRIBUTE_NUM_REGS)
            + " "
            + attribute(function, CUfunction_attribute.CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES)
            + " "
            + attribute(function, CUfunction_attribute.CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES));
    cuModuleUnload(module);
  }

  private static int attribute(CUfunction function, int which) {
    int[] value = new int[1];
    cuFuncGetAttribute(value, which, function);
    return value[0];
  }
}
