package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A thousand batches hold no more than one does, and all of it is given back. */
class CudaResourcesTest {

  @Test
  void aThousandBatchesHoldWhatOneHoldsAndLaunchLittle() {
    HarnessRun run = HarnessRun.of(ResourcesProgram.class).succeeded();
    assertEquals(
        List.of(
            "constant true, released true, launches 4",
            "constant true, released true, launches 5",
            "constant true, released true, launches 4",
            "constant true, released true, launches 5",
            "constant true, released true, launches 5",
            "constant true, released true, launches 6",
            "closed: held 0, bytes 0"),
        run.rows());
  }
}
