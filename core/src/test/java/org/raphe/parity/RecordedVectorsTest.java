package org.raphe.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;

class RecordedVectorsTest {

  @Test
  void allOfTheFolderComesWithTheProgram() throws URISyntaxException {
    Path folder = Path.of(RecordedVectorsTest.class.getResource("/vectors").toURI());
    assertEquals(Stream.of(folder.toFile().list()).sorted().toList(), RecordedVectors.BUNDLED);
    try (CpuBackend backend = new CpuBackend(1)) {
      assertEquals(RecordedVectors.check(folder, backend), RecordedVectors.checkBundled(backend));
    }
  }

  @ParameterizedTest
  @CsvSource({"plain,1", "plain,2", "vector,1", "vector,3"})
  void everyRecordedFileHolds(String kernels, int threads) throws URISyntaxException {
    Path folder = Path.of(RecordedVectorsTest.class.getResource("/vectors").toURI());
    try (CpuBackend backend = new CpuBackend(threads, KernelChoice.named(kernels))) {
      List<CheckRow> rows = RecordedVectors.check(folder, backend);
      assertEquals(11, rows.size());
      for (CheckRow row : rows) {
        System.out.println(row);
        assertEquals(CheckRow.Outcome.PASSED, row.outcome(), row.toString());
      }
    }
  }
}
