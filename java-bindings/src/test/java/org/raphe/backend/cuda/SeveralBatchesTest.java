package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.SeveralBatches;

/** Batches that are sent together: the CPU's bits, a call for eight of them, clear failures. */
class SeveralBatchesTest {
  private static final String DEVICE = "raphe-harness (no GPU) (compute capability 7.5)";

  @Test
  void whatIsSentTogetherHasTheCpusBits() {
    List<String> expected;
    try (CpuBackend cpu = new CpuBackend(1, KernelChoice.named("plain"))) {
      expected = SeveralBatches.rows(cpu, true);
    }
    HarnessRun run =
        HarnessRun.of(SeveralBatchesProgram.class, SeveralBatchesProgram.STATES).succeeded();
    assertEquals(expected, run.rows().subList(0, run.rows().size() - 1));
    assertEquals("closed: held 0, bytes 0", run.rows().get(run.rows().size() - 1));
  }

  @Test
  void eightBatchesThatComeAgainAreOneCall() {
    HarnessRun run =
        HarnessRun.of(SeveralBatchesProgram.class, SeveralBatchesProgram.LAUNCHES).succeeded();
    assertEquals(
        List.of(
            "32 launches by 32 calls, 0 graphs",
            "32 launches by 1 calls, 1 graphs",
            "32 launches by 1 calls, 1 graphs",
            "closed: held 0, bytes 0"),
        run.rows());
  }

  @Test
  void whereLaunchesAreWaitedForEachIsSentByItself() {
    HarnessRun run =
        HarnessRun.of(SeveralBatchesProgram.class, SeveralBatchesProgram.SYNCHRONOUS).succeeded();
    String single = "32 launches by 32 calls, 0 graphs";
    assertEquals(List.of(single, single, single, "closed: held 0, bytes 0"), run.rows());
  }

  /** A call that fails once: one line, all is given back, and what is done anew has its bits. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cuGraphLaunch:1:46 | 32 launches of several batches | CUDA_ERROR_DEVICE_UNAVAILABLE (46)",
        "cuGraphLaunch:2:700 | 32 launches of several batches | resume the run with sync",
        "cuGraphInstantiateWithFlags:1:2 | 32 launches of | CUDA_ERROR_OUT_OF_MEMORY (2)",
        "cuStreamBeginCapture:1:1 | 32 launches of | CUDA_ERROR_INVALID_VALUE (1)",
        "cuGraphDestroy:1:1 | 32 launches of | CUDA_ERROR_INVALID_VALUE (1)",
        "cuLaunchKernel:40:719 | , grid | CUDA_ERROR_LAUNCH_FAILED (719)",
        "cuMemcpyHtoDAsync:1:46 | rows of batches, 128 bytes | resume the run",
        "cuMemcpyHtoDAsync:4:46 | steps of batches, 448 bytes | resume the run"
      })
  void aFailedCallIsOneLineAndLosesNothing(String plan, String about, String said) {
    HarnessRun run = HarnessRun.of(SeveralBatchesProgram.class, plan);
    String call = plan.substring(0, plan.indexOf(':'));
    List<String> rows = run.rows();
    assertEquals(5, rows.size(), run.output());
    assertTrue(rows.get(0).startsWith("RunException: CUDA call " + call + " ("), rows.get(0));
    for (String part : List.of(about, "failed on " + DEVICE, said)) {
      assertTrue(rows.get(0).contains(part), rows.get(0));
    }
    String undisturbed = HarnessRun.of(SeveralBatchesProgram.class, "none:1:1").rows().get(0);
    assertTrue(undisturbed.startsWith("weights "), undisturbed);
    assertEquals(
        List.of("bytes 0", undisturbed, "bytes 0", "closed: held 0, bytes 0"), rows.subList(1, 5));
  }

  /** After it every later call fails, as on a lost GPU. */
  @Test
  void aDeviceLostAtAGraphIsTheFirstFailure() {
    HarnessRun run =
        HarnessRun.of(
            Map.of("RAPHE_HARNESS_FAIL", "cuGraphLaunch:1:46"),
            SeveralBatchesProgram.class,
            "none:1:1");
    String row = run.rows().get(0);
    assertTrue(
        row.startsWith(
            "RunException: CUDA call cuGraphLaunch (32 launches of several batches) failed on "
                + DEVICE
                + ": CUDA_ERROR_DEVICE_UNAVAILABLE (46); "),
        run.output());
    assertEquals("closed: held 0, bytes 0", run.rows().get(run.rows().size() - 1), run.output());
  }
}
