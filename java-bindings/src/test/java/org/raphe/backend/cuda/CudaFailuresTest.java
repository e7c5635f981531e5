package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.kernels.cuda.CudaSources;

/**
 * A failure is one line that names call, subject and device and says what to do. After a first
 * failure every later call fails, closing included, as on a lost GPU: the first one is what is
 * read.
 */
class CudaFailuresTest {
  private static final String DEVICE = "raphe-harness (no GPU) (compute capability 7.5)";

  /** What the user reads under conditions. */
  private static String failure(Map<String, String> conditions, String... words) {
    HarnessRun run = HarnessRun.of(conditions, FailureProgram.class, words);
    assertFalse(run.output().contains("Exception in thread"), run.output());
    return run.onlyRow();
  }

  private static void assertSays(String message, String... parts) {
    for (String part : parts) {
      assertEquals(part, message.contains(part) ? part : "not in: " + message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cuCtxCreate:1:2 | one device | CUDA_ERROR_OUT_OF_MEMORY (2) | choose a smaller network",
        "cuMemAlloc:2:2 | weights of layer 1, 2304 bytes | CUDA_ERROR_OUT_OF_MEMORY (2) | choose a smaller",
        "cuMemAlloc:9:2 | signals of layer 1 | CUDA_ERROR_OUT_OF_MEMORY (2) | choose a smaller",
        "cuMemsetD8:5:46 | of layer 1 | CUDA_ERROR_DEVICE_UNAVAILABLE (46) | resume the run",
        "cuModuleGetFunction:3:500 | open_gate | CUDA_ERROR_NOT_FOUND (500) | the backend cpu",
        "cuMemcpyHtoD:3:700 | labels of features, 20 bytes | CUDA_ERROR_ILLEGAL_ADDRESS (700) | resume the run with sync",
        "cuLaunchKernel:13:719 | grid 1 x 1 x 1 | CUDA_ERROR_LAUNCH_FAILED (719) | resume the run with sync",
        "cuStreamSynchronize:60:46 | waiting | CUDA_ERROR_DEVICE_UNAVAILABLE (46) | nvidia-smi",
        "cuStreamSynchronize:61:214 | waiting | CUDA_ERROR_ECC_UNCORRECTABLE (214) | resume the run",
        "cuMemcpyDtoH:9:46 | bytes | CUDA_ERROR_DEVICE_UNAVAILABLE (46) | nvidia-smi",
        "cuMemFree:20:46 | bytes | CUDA_ERROR_DEVICE_UNAVAILABLE (46) | nvidia-smi",
        "cuModuleUnload:1:46 | learn_spiking | CUDA_ERROR_DEVICE_UNAVAILABLE (46) | nvidia-smi"
      })
  void theFirstFailedCallIsRead(String plan, String about, String status, String remedy) {
    String message = failure(Map.of("RAPHE_HARNESS_FAIL", plan));
    String call = plan.substring(0, plan.indexOf(':'));
    assertSays(message, "RunException: CUDA call " + call + " (", about, DEVICE, status, remedy);
  }

  @Test
  void memoryThatRunsOutNamesTheBuffer() {
    String message = failure(Map.of("RAPHE_HARNESS_MEMORY", "10000"));
    assertSays(
        message,
        "RunException: CUDA call cuMemAlloc (",
        "innervation, 120",
        " bytes) failed on " + DEVICE,
        "CUDA_ERROR_OUT_OF_MEMORY (2); choose a smaller network, batch or number of steps");
  }

  @Test
  void aDriverThatIsTooOldForTheKernelsIsToldToBeUpdated() {
    assertEquals(
        "InputException: backend cuda cannot run here: the CUDA driver (libcuda.so.1) is too old (it"
            + " knows CUDA 9.2, and Raphe's kernels need 10.0 or newer): update it, or use the backend cpu,"
            + " which gives the same bits",
        failure(Map.of("RAPHE_HARNESS_DRIVER", "9020")));
    String oldest = failure(Map.of("RAPHE_HARNESS_DRIVER", "10000"), FailureProgram.BROKEN);
    assertSays(oldest, "cuModuleLoadDataEx (learn_spiking)"); // The others were loaded.
  }

  /** One whose version it does not even tell, as of old: that a function is missing says it. */
  @Test
  void aDriverThatLacksAFunctionIsTooOld(@TempDir Path folder) throws Exception {
    HarnessRun.requireCompiler();
    Path source = Files.writeString(folder.resolve("driver.c"), "int cuInit(int f) { return 0; }");
    Process compiled =
        new ProcessBuilder(
                "cc",
                "-shared",
                "-fPIC",
                "-Wl,-soname,libcuda.so.1",
                source.toString(),
                "-o",
                folder.resolve("libcuda.so.1").toString())
            .inheritIO()
            .start();
    assertEquals(0, compiled.waitFor());
    for (String bound : List.of("", "1")) { // Functions looked for when called; all at once.
      HarnessRun run = HarnessRun.withLibraries(folder, bound, FailureProgram.class);
      String lacks = bound.isEmpty() ? "it lacks cuDriverGetVersion" : "undefined symbol: cu";
      run.onlyRow(
          "InputException: backend cuda cannot run here: the CUDA driver (libcuda.so.1) is too old (",
          lacks,
          "update it, or use the backend cpu");
    }
  }

  /** JCuda has libraries for x86-64 alone. */
  @Test
  void anotherProcessorIsNamed() {
    HarnessRun run = HarnessRun.on("aarch64", FailureProgram.class);
    run.onlyRow(
        "InputException: backend cuda cannot run here: JCuda, the binding of CUDA, has no library for",
        " aarch64, but for x86-64 (No resource found with name '/lib/libJCudaDriver-",
        "; use the backend cpu, which gives the same bits");
  }

  /** The functions looked for are those that the backend calls. */
  @Test
  void everyFunctionThatIsCalledIsLookedFor() throws IOException {
    Pattern call = Pattern.compile("JCudaDriver\\s*\\.(cu\\w+)\\(");
    Path sources = Path.of("src", "main", "java", "org", "raphe", "backend", "cuda");
    Set<String> called = new TreeSet<>();
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        call.matcher(Files.readString(file)).results().forEach(each -> called.add(each.group(1)));
      }
    }
    called.remove("cuModuleLoadDataJIT"); // JCuda's own name.
    called.add("cuModuleLoadDataEx");
    called.remove("cuGraphInstantiate"); // The driver's name of it in CUDA 11.
    called.add("cuGraphInstantiateWithFlags");
    Set<String> lookedFor = new TreeSet<>();
    CudaFunctions.CALLED.forEach(name -> lookedFor.add(name.replaceFirst("_v\\d+$", "")));
    assertEquals(called, lookedFor);
    assertTrue(
        CudaSources.readPtx("self_test").contains("\n.version 6.3\n"), "CUDA 10.0 knows 6.3");
  }

  @Test
  void ptxThatCannotBeCompiledComesWithTheCompilersWords() {
    String message = failure(Map.of(), FailureProgram.BROKEN);
    assertSays(
        message,
        "RunException: CUDA call cuModuleLoadDataEx (learn_spiking) failed on " + DEVICE,
        "CUDA_ERROR_INVALID_PTX (218)",
        "; the driver's compiler says: error: PTX line ",
        "no_instruction");
  }

  @Test
  void aMachineWithoutDeviceSaysSo() {
    HarnessRun run =
        HarnessRun.of(
            Map.of("RAPHE_HARNESS_DEVICES", "0"), FailureProgram.class, FailureProgram.TWICE);
    String refused = "InputException: backend cuda cannot run here: the CUDA driver is here, but";
    assertSaysTwice(run, refused, "CUDA_ERROR_NO_DEVICE", "nvidia-smi");
  }

  @Test
  void aMachineWithoutDriverSaysSoTwice(@TempDir Path folder) throws IOException {
    HarnessRun run = HarnessRun.withoutDriver(folder, FailureProgram.class, FailureProgram.TWICE);
    String refused = "InputException: backend cuda cannot run here: the CUDA driver (libcuda.so.1)";
    String said =
        "could not be loaded (" + folder.resolve("libcuda.so.1") + ": invalid ELF header)";
    assertSaysTwice(run, refused, said, "install the driver");
  }

  /** The second use in a process finds the same cause, though classes are then half loaded. */
  private static void assertSaysTwice(HarnessRun run, String... parts) {
    assertEquals(0, run.status(), run.output());
    assertEquals(3, run.rows().size(), run.output());
    assertSays(run.rows().get(0), parts);
    assertEquals(run.rows().get(0), run.rows().get(1));
    String cause =
        run.rows().get(0).substring("InputException: backend cuda cannot run here: ".length());
    assertEquals("Availability[available=false, cause=" + cause + "] []", run.rows().get(2));
  }

  @Test
  void aDeviceThatIsTooOldIsRefused() {
    String message = failure(Map.of("RAPHE_HARNESS_CAPABILITY", "61"));
    assertSays(
        message,
        "InputException: CUDA device 0, raphe-harness (no GPU) (compute capability 6.1), cannot be used",
        "below 7.5; use another device or the backend cpu");
  }

  @Test
  void aFailureOfAKernelIsFoundLaterAndNamedWhereLaunchesAreWaitedFor() {
    String later = failure(Map.of(), FailureProgram.TRAP);
    assertSays(
        later,
        "RunException: CUDA call cuStreamSynchronize (waiting for all that was launched)",
        "CUDA_ERROR_LAUNCH_FAILED (719); a kernel failed",
        "resume the run with sync");
    String named = failure(Map.of(), FailureProgram.TRAP, FailureProgram.SYNCHRONOUS);
    assertSays(
        named,
        "RunException: CUDA call cuStreamSynchronize (after learn_spiking, grid 2 x 1 x 1 of blocks",
        DEVICE,
        "CUDA_ERROR_LAUNCH_FAILED (719)");
  }
}
