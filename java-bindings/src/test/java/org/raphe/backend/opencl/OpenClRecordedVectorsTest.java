package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.backend.device.FaultPlan;
import org.raphe.parity.CheckRow;
import org.raphe.parity.RecordedVectors;

/** The numbers recorded from the published reference program hold on an OpenCL device. */
@NeedsOpenCl
class OpenClRecordedVectorsTest {
  /** Test resources of the module {@code core}; tests run in their own module's folder. */
  private static final Path VECTORS = Path.of("..", "core", "src", "test", "resources", "vectors");

  @Test
  void everyRecordedFileHolds() {
    int number = NeedsOpenCl.Device.number();
    try (OpenClBackend backend = new OpenClBackend(number, null, FaultPlan.none(), s -> s)) {
      List<CheckRow> rows = RecordedVectors.check(VECTORS, backend);
      assertEquals(11, rows.size());
      for (CheckRow row : rows) {
        System.out.println(row);
        assertEquals(CheckRow.Outcome.PASSED, row.outcome(), row.toString());
      }
    }
  }
}
