package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.kernels.cuda.CudaSources;

/** Launches stay within what each GPU allows, with the same bits; what does not fit is one line. */
class CudaLimitsTest {
  private static final Pattern STACK = Pattern.compile("__local_depot\\d+\\[(\\d+)\\]");

  private static List<String> expected;

  @BeforeAll
  static void observeOnTheCpu() {
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      expected = LimitsProgram.observe(LimitsProgram.cases(), cpu);
    }
  }

  /** The stack of the longest window's kernels, of all threads that 4 multiprocessors hold. */
  @ParameterizedTest
  @CsvSource({"75, 1024", "86, 1536", "90, 2048"})
  void everyCapabilityGivesTheSameBitsAndCountsItsStacks(int capability, long threads) {
    HarnessRun run =
        HarnessRun.of(Map.of("RAPHE_HARNESS_CAPABILITY", "" + capability), LimitsProgram.class)
            .succeeded();
    int seen = expected.size();
    assertEquals(String.join("\n", expected), String.join("\n", run.rows().subList(0, seen)));
    assertEquals("stacks " + 4 * threads * deepestStack(), run.rows().get(seen));
    assertTrue(run.rows().get(seen + 1).matches("data [1-9][0-9]{5,6}"), run.output());
  }

  /** Bytes, as the PTX that ships declares them. */
  private static long deepestStack() {
    return Stream.of("hidden_layer_spiking_continual_1024", "readout_spiking_continual_1024")
        .map(CudaSources::read)
        .mapToLong(
            ptx -> {
              Matcher depot = STACK.matcher(ptx);
              return depot.find() ? Long.parseLong(depot.group(1)) : 0;
            })
        .max()
        .orElseThrow();
  }

  /** Where all inputs fit with more shared memory than usual, the driver is asked for it. */
  @Test
  void theDriverIsAskedForMoreSharedMemoryWhereThatSavesChunks() {
    String plan = "cuFuncSetAttribute:2:1";
    String row =
        HarnessRun.of(
                Map.of("RAPHE_HARNESS_CAPABILITY", "90", "RAPHE_HARNESS_FAIL", plan),
                LimitsProgram.class)
            .onlyRow();
    assertTrue(
        row.matches(
            "RunException: CUDA call cuFuncSetAttribute \\(hidden_layer_spiking, 68992 bytes of shared memory\\).*"),
        row);
  }

  @Test
  void aLayerOfMoreThan524280InputsLearns() {
    String learned;
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      learned = LimitsProgram.widest(cpu);
    }
    HarnessRun run = HarnessRun.of(LimitsProgram.class, LimitsProgram.WIDEST).succeeded();
    assertEquals(List.of(learned), run.rows());
  }

  @Test
  void aDeviceWithoutMemoryForStacksSaysHowMuchTheyTake() {
    String row =
        HarnessRun.of(
                Map.of("RAPHE_HARNESS_CAPABILITY", "90", "RAPHE_HARNESS_MULTIPROCESSORS", "132"),
                LimitsProgram.class,
                LimitsProgram.LONGEST)
            .onlyRow();
    long stacks = 132 * 2048 * deepestStack();
    for (String part :
        List.of(
            "RunException: CUDA call cuLaunchKernel (hidden_layer_spiking, grid 2 x 1 x 1 of blocks 64 x 1,",
            " whose threads' stacks take " + stacks + " bytes of the device's memory) failed on ",
            "CUDA_ERROR_OUT_OF_MEMORY (2); choose a smaller network, batch or number of steps,")) {
      assertTrue(row.contains(part), row);
    }
  }
}
