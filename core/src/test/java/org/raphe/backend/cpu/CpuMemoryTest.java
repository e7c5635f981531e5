package org.raphe.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;

class CpuMemoryTest {
  private static final String PUBLISHED = "28x28x1-c64k5p2-pool-c128k5p2-pool-1000-10";

  private static Placement placement(String text, int batch, int steps) {
    return new Placement(
        NetworkText.parse(text, NeuronModel.LIF, Mode.CLASSIFICATION),
        LearningSpec.published(Mode.CLASSIFICATION, new Naca()),
        steps,
        batch,
        1f,
        0f,
        1);
  }

  @Test
  void thePublishedNetworkFitsTwoGibibytes() {
    CpuMemory memory = new CpuMemory(placement(PUBLISHED, 32, 20));
    assertDoesNotThrow(() -> memory.check(2L << 30));
    long credits = 4L * 32 * 20 * (50_176 + 25_088 + 1024 + 16);
    assertTrue(memory.bytes() > credits, memory.bytes() + " bytes");
    InputException refused =
        assertThrows(InputException.class, () -> memory.check(memory.bytes() - 1));
    assertTrue(
        refused.getMessage().matches("network .* needs at least [0-9]+ MiB on the cpu, .*heap"),
        refused.getMessage());
    assertEquals(-1, refused.getMessage().indexOf('\n'));
  }

  @Test
  void aBackendRefusesBeforeItAllocates() {
    try (CpuBackend backend = new CpuBackend(1)) {
      InputException array =
          assertThrows(InputException.class, () -> backend.place(placement(PUBLISHED, 4096, 1024)));
      assertTrue(array.getMessage().startsWith("layer 1 of 28x28x1-c64"), array.getMessage());
    }
  }
}
