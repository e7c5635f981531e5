package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.parity.ParityCase;
import org.raphe.parity.RecordedDigests;

/**
 * The shipped PTX comes to the CPU's bits and to those that were recorded, and to the numbers of
 * the published reference.
 */
class CudaParityTest {

  private static final Path RECORDED = Path.of("src", "test", "resources", "recorded-digests.txt");

  /** Both backends against the recorded digests, so that a failure tells which of them moved. */
  @Test
  void everyCaseHasTheRecordedDigestOnTheCpuAndOnCuda() {
    List<String> recorded = new ArrayList<>();
    RecordedDigests.read(RECORDED)
        .after(ParityProgram.BATCHES)
        .forEach((parityCase, digest) -> recorded.add(ParityProgram.row(parityCase, digest)));
    assertEquals(ParityCase.all().size(), recorded.size());
    try (CpuBackend cpu = new CpuBackend(2)) {
      String expected = String.join("\n", recorded);
      assertEquals(expected, String.join("\n", ParityProgram.digests(cpu)), "cpu");
    }
    HarnessRun run = HarnessRun.of(ParityProgram.class).succeeded();
    assertEquals(String.join("\n", recorded), String.join("\n", run.rows()), "cuda");
  }

  @Test
  void recordedVectorsHold() {
    Path folder = Path.of("..", "core", "src", "test", "resources", "vectors").toAbsolutePath();
    HarnessRun run = HarnessRun.of(ParityProgram.class, folder.toString()).succeeded();
    assertEquals(11, run.rows().size(), run.output());
    for (String row : run.rows()) {
      assertTrue(row.startsWith("PASSED "), row);
    }
  }
}
