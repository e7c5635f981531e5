package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;

/** Launches stay within what each GPU allows, with the same bits; what does not fit is one line. */
class CudaLimitsTest {
  private static List<String> expected;

  @BeforeAll
  static void observeOnTheCpu() {
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      expected = LimitsProgram.observe(LimitsProgram.cases(), cpu);
    }
  }

  /** The shipped kernels need no stack, however long a window is. */
  @ParameterizedTest
  @ValueSource(ints = {75, 86, 90})
  void everyCapabilityGivesTheSameBitsWithoutAStack(int capability) {
    HarnessRun run =
        HarnessRun.of(Map.of("RAPHE_HARNESS_CAPABILITY", "" + capability), LimitsProgram.class)
            .succeeded();
    int seen = expected.size();
    assertEquals(String.join("\n", expected), String.join("\n", run.rows().subList(0, seen)));
    assertEquals("stacks 0", run.rows().get(seen));
    assertTrue(run.rows().get(seen + 1).matches("data [1-9][0-9]{5,7}"), run.output());
  }

  /** Planted stacks are counted for all threads that 4 multiprocessors hold. */
  @ParameterizedTest
  @CsvSource({"75, 1024", "86, 1536", "90, 2048"})
  void stacksAreCountedInTheDevicesPeak(int capability, long threads) {
    HarnessRun run =
        HarnessRun.of(
                Map.of("RAPHE_HARNESS_CAPABILITY", "" + capability),
                LimitsProgram.class,
                LimitsProgram.STACK)
            .succeeded();
    assertTrue(
        run.rows().contains("stacks " + 4 * threads * LimitsProgram.STACK_BYTES), run.output());
  }

  /** A window of 32 steps asks for more shared memory than usual, to stage a read-out's credits. */
  @Test
  void theDriverIsAskedForMoreSharedMemoryWhereALaunchNeedsIt() {
    String plan = "cuFuncSetAttribute:1:1";
    String row =
        HarnessRun.of(
                Map.of("RAPHE_HARNESS_CAPABILITY", "90", "RAPHE_HARNESS_FAIL", plan),
                LimitsProgram.class)
            .onlyRow();
    assertTrue(
        row.matches(
            "RunException: CUDA call cuFuncSetAttribute \\(learn_spiking, 58496 bytes of shared memory\\).*"),
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
                LimitsProgram.STACK)
            .onlyRow();
    long stacks = 132L * 2048 * LimitsProgram.STACK_BYTES;
    for (String part :
        List.of(
            "RunException: CUDA call cuLaunchKernel (hidden_layer_spiking, grid 2 x 1 x 1 of blocks 128 x 1,",
            " whose threads' stacks take " + stacks + " bytes of the device's memory) failed on ",
            "CUDA_ERROR_OUT_OF_MEMORY (2); choose a smaller network, batch or number of steps,")) {
      assertTrue(row.contains(part), row);
    }
  }
}
