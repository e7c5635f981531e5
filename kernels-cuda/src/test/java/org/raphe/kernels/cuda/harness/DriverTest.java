package org.raphe.kernels.cuda.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver around the kernels: device, modules, memory, deferred streams, graphs, and failures
 * made on purpose.
 */
class DriverTest {
  private static final String HEAD = ".version %s\n.target sm_%s\n.address_size 64\n";
  @TempDir Path folder;

  private HarnessRun load(Map<String, String> environment, String head, String... instructions)
      throws IOException {
    Path file = folder.resolve("kernel.ptx");
    String body =
        ".visible .entry k()\n{\n.reg .f32 %f<4>;\n.reg .b32 %r<4>;\n"
            + String.join("\n", instructions)
            + "\nret;\n}\n";
    Files.writeString(file, head + body);
    return HarnessRun.of(environment, DriverProgram.class, "load", file.toString()).succeeded();
  }

  private HarnessRun load(String... instructions) throws IOException {
    return load(Map.of(), HEAD.formatted("6.3", "75"), instructions);
  }

  private void refuses(String instruction, String why) throws IOException {
    load("mov.u32 %r1, 1;", instruction)
        .printed("CUDA_ERROR_INVALID_PTX, log: error: PTX line 9: " + why)
        .printed("`" + instruction + "`");
  }

  @Test
  void theDeviceSaysThatItIsNone() {
    HarnessRun.of(DriverProgram.class, "device")
        .succeeded()
        .printed("raphe-harness (no GPU), driver 12000, sm_75, shared 65536");
  }

  @Test
  void anotherDevice() {
    Map<String, String> other =
        Map.of("RAPHE_HARNESS_CAPABILITY", "90", "RAPHE_HARNESS_DRIVER", "12060");
    HarnessRun.of(other, DriverProgram.class, "device")
        .succeeded()
        .printed("driver 12060, sm_90, shared 232448");
  }

  @Test
  void noDevice() {
    HarnessRun.of(Map.of("RAPHE_HARNESS_DEVICES", "0"), DriverProgram.class, "device")
        .printed("error CUDA_ERROR_NO_DEVICE");
  }

  @Test
  void soundPtxLoads() throws IOException {
    load("mov.u32 %r1, %tid.x;").printed("CUDA_SUCCESS, log:");
  }

  @Test
  void unknownInstructionsAreRefused() throws IOException {
    refuses("frobnicate.u32 %r1, %r2;", "instruction 'frobnicate' is not known to the harness");
    refuses("add.wide.u32 %r1, %r1, %r2;", "");
    refuses("mov.u32 %r1, %clock;", "special register %clock is not known");
    refuses("add.u32 %r1, %r9, %r2;", "register %r9 is not declared");
    refuses("add.s64 %r1, %r1, %r2;", "%r1 read as .s64 is a .b32");
  }

  @Test
  void arithmeticThatTheContractForbidsIsRefused() throws IOException {
    refuses("add.rn.ftz.f32 %f1, %f1, %f2;", ".ftz flushes denormals to zero");
    refuses("mul.f32 %f1, %f1, %f2;", "without .rn an assembler may contract it");
    refuses("div.approx.f32 %f1, %f1, %f2;", ".approx is not correctly rounded");
    refuses("ex2.approx.f32 %f1, %f1;", "instruction 'ex2' is not known");
  }

  @Test
  void ptxThatIsTooNew() throws IOException {
    Map<String, String> old = Map.of("RAPHE_HARNESS_DRIVER", "11020");
    load(old, HEAD.formatted("7.2", "75")).printed("CUDA_SUCCESS");
    load(old, HEAD.formatted("7.3", "75")).printed("CUDA_ERROR_UNSUPPORTED_PTX_VERSION");
    load(Map.of(), HEAD.formatted("7.0", "80")).printed("CUDA_ERROR_NO_BINARY_FOR_GPU");
  }

  /** What an assembler would refuse of a kernel's own memory, whatever its launches ask for. */
  @Test
  void kernelsThatAreTooLargeDoNotLoad() throws IOException {
    load(".shared .align 4 .b8 s[49152];", ".local .align 4 .b8 l[524288];")
        .printed("CUDA_SUCCESS");
    load(".shared .align 4 .b8 s[49156];")
        .printed("CUDA_ERROR_INVALID_PTX, log: error: kernel k has 49156 bytes of static shared");
    load(".local .align 4 .b8 l[524296];")
        .printed("CUDA_ERROR_INVALID_PTX, log: error: kernel k has 524296 bytes of local memory");
  }

  @Test
  void memoryRunsOut() {
    HarnessRun.of(Map.of("RAPHE_HARNESS_MEMORY", "1000000"), DriverProgram.class, "memory")
        .printed("400000 of 1000000")
        .printed("error CUDA_ERROR_OUT_OF_MEMORY");
  }

  @Test
  void streamsAreDeferredAndParametersAreCopiedAtLaunch() {
    HarnessRun.of(DriverProgram.class, "deferred")
        .succeeded()
        .printed("query CUDA_ERROR_NOT_READY then CUDA_SUCCESS")
        .printed("value 42");
  }

  @Test
  void graphsRunWhatWasCaptured() {
    HarnessRun.of(DriverProgram.class, "graph")
        .succeeded()
        .printed("captured, value 15")
        .printed("added, value 1415");
  }

  @Test
  void aThousandLaunchesLeaveMemoryConstantAndAreCounted() throws IOException {
    Path counts = folder.resolve("launches");
    HarnessRun.of(
            Map.of("RAPHE_HARNESS_LAUNCHES", counts.toString()), DriverProgram.class, "launches")
        .succeeded()
        .printed("value 1000")
        .printed("memory constant");
    List<String> lines = Files.readAllLines(counts);
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).startsWith("increment 2000 "), lines.get(0));
  }

  @Test
  void wrongLaunchesAreRefused() {
    String invalid = "CUDA_ERROR_INVALID_VALUE\n";
    HarnessRun run =
        HarnessRun.of(DriverProgram.class, "wrong-launches")
            .succeeded()
            .printed("a block of 1025 x 1 x 1 threads")
            .printed("treeSum 1024 threads, 1024 bytes");
    String results =
        String.join(
            "",
            run.output()
                .lines()
                .filter(line -> line.startsWith("CUDA_"))
                .map(line -> line + "\n")
                .toList());
    assertEquals(invalid.repeat(4) + "CUDA_SUCCESS\n", results);
    run.printed("missing CUDA_ERROR_INVALID_HANDLE");
  }

  @Test
  void anInjectedFailureSticks() {
    HarnessRun.of(
            Map.of("RAPHE_HARNESS_FAIL", "cuLaunchKernel:3:719"), DriverProgram.class, "sticky")
        .succeeded()
        .printed("2 CUDA_SUCCESS")
        .printed("3 CUDA_ERROR_LAUNCH_FAILED")
        .printed("4 CUDA_ERROR_LAUNCH_FAILED")
        .printed("then CUDA_ERROR_LAUNCH_FAILED");
  }
}
