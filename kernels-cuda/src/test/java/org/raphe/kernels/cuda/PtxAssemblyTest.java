package org.raphe.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.api.Test;

/** Assemblers take each module for each device, and no register is spilled to memory. */
class PtxAssemblyTest {
  /** The devices that the driver's compiler of CUDA 12.6 knows. */
  private static final List<String> KNOWN_TO_12_6 = Ptxas.DEVICES.subList(0, 5);

  private static final String NOT_SPILLED = "0 bytes spill stores, 0 bytes spill loads";

  @Test
  void ptxasAssemblesEveryModuleForEveryDevice() {
    String ptxas = Ptxas.program();
    if (ptxas == null) {
      skip("there is no ptxas: modules are not assembled with it");
    }
    for (String device : Ptxas.known(ptxas)) {
      assertNone(
          ShippedPtx.modules().parallelStream()
              .map(module -> Ptxas.assemble(ptxas, device, module))
              .filter(each -> !each.succeeded() || !each.said().contains(NOT_SPILLED))
              .map(each -> each.module() + " for " + device + ": " + each.said())
              .toList());
    }
  }

  /** The compiler inside drivers of CUDA 12.6; where ptxas is there, its ends only. */
  @Test
  void theDriversCompilerTakesEveryModule() {
    try {
      JNvPTXCompiler.setExceptionsEnabled(false);
    } catch (LinkageError e) {
      skip("the native library of jcuda.nvptxcompiler cannot be loaded: " + e.getMessage());
    }
    List<String> devices = Ptxas.program() == null ? KNOWN_TO_12_6 : List.of("sm_75", "sm_90");
    for (String device : devices) {
      assertNone(
          ShippedPtx.modules().parallelStream()
              .map(module -> compiled(device, module))
              .filter(Objects::nonNull)
              .toList());
    }
  }

  /** What went wrong; null if nothing did. */
  private static String compiled(String device, Path module) {
    byte[] ptx = (ShippedPtx.read(module) + "\0").getBytes(StandardCharsets.US_ASCII);
    nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
    int created = JNvPTXCompiler.nvPTXCompilerCreate(compiler, ptx.length, ptx);
    assertEquals(nvPTXCompileResult.NVPTXCOMPILE_SUCCESS, created);
    try {
      String[] options = {"--gpu-name=" + device, "--verbose"};
      int status = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
      boolean succeeded = status == nvPTXCompileResult.NVPTXCOMPILE_SUCCESS;
      String said = said(compiler, succeeded);
      return succeeded && said.contains(NOT_SPILLED)
          ? null
          : module.getFileName() + " for " + device + ": " + status + " " + said;
    } finally {
      JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
    }
  }

  /** What the compiler says of registers, or of errors. */
  private static String said(nvPTXCompilerHandle compiler, boolean succeeded) {
    long[] size = new long[1];
    byte[] log;
    if (succeeded) {
      JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(compiler, size);
      log = new byte[(int) size[0] + 1];
      JNvPTXCompiler.nvPTXCompilerGetInfoLog(compiler, log);
    } else {
      JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size);
      log = new byte[(int) size[0] + 1];
      JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, log);
    }
    return new String(log, StandardCharsets.UTF_8).replace('\0', ' ').strip();
  }

  private static void assertNone(List<String> faults) {
    assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
  }

  private static void skip(String reason) {
    System.out.println(reason);
    abort(reason);
  }
}
