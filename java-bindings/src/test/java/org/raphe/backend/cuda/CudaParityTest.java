package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.parity.ParityCase;

/** The shipped PTX comes to the CPU's bits, and to the numbers of the published reference. */
class CudaParityTest {

  @Test
  void everyCaseHasTheDigestOfTheCpu() {
    List<String> expected;
    try (CpuBackend cpu = new CpuBackend(2)) {
      expected = ParityProgram.digests(cpu);
    }
    HarnessRun run = HarnessRun.of(ParityProgram.class).succeeded();
    assertEquals(ParityCase.all().size(), expected.size());
    assertEquals(String.join("\n", expected), String.join("\n", run.rows()));
  }

  @Test
  void recordedVectorsHold() {
    Path folder = Path.of("..", "core", "src", "test", "resources", "vectors").toAbsolutePath();
    HarnessRun run = HarnessRun.of(ParityProgram.class, folder.toString()).succeeded();
    assertEquals(9, run.rows().size(), run.output());
    for (String row : run.rows()) {
      assertTrue(row.startsWith("PASSED "), row);
    }
  }
}
