package org.raphe.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.RunException;

class InputChunkTest {

  private static KernelAttributes kernel(int localBytes) {
    return new KernelAttributes("a_kernel", 64, localBytes, 0);
  }

  private static LaunchLimits limits(int usual, int most) {
    Extent all = new Extent(1024, 1024, 64);
    return new LaunchLimits("a device", all, all, 1024, usual, most);
  }

  /** Whole quads of inputs, in as few chunks as fit, all of about the same size. */
  @ParameterizedTest
  @CsvSource({
    "37, 1000, 0, 10, 40",
    "37, 400, 0, 10, 40",
    "37, 399, 0, 10, 20",
    "37, 100, 60, 10, 4",
    "1, 1000, 0, 10, 4",
    "784, 16384, 3000, 88, 132",
    "784, 49152, 1424, 72, 392"
  })
  void chunksAreWholeQuadsThatFit(int inputs, int memory, int own, int each, int chunk) {
    assertEquals(
        chunk, InputChunk.size(kernel(own), inputs, n -> (long) n * each, limits(memory, memory)));
    assertTrue(own + chunk * each <= memory);
  }

  /** Of 784 inputs of 88 bytes 546 fit into 48 KiB, all of them into 69 KB. */
  @ParameterizedTest
  @CsvSource({"49152, 392", "65536, 392", "69951, 392", "69952, 784", "101376, 784"})
  void moreMemoryThanUsualIsAskedForWhereThatSavesChunks(int most, int chunk) {
    assertEquals(chunk, InputChunk.size(kernel(960), 784, n -> 88L * n, limits(49152, most)));
  }

  @Test
  void moreMemoryThanUsualIsAskedForWhereNothingFitsElse() {
    assertEquals(20, InputChunk.size(kernel(900), 20, n -> 30L * n, limits(1000, 1500)));
    assertEquals(12, InputChunk.size(kernel(900), 20, n -> 30L * n, limits(1000, 1300)));
  }

  @ParameterizedTest
  @CsvSource({"99,60", "60,60", "40,60", "0,60"})
  void localMemoryThatHoldsNotFourInputsIsRefused(int memory, int own) {
    RunException refused =
        assertThrows(
            RunException.class,
            () -> InputChunk.size(kernel(own), 37, n -> 10L * n, limits(memory, memory)));
    assertEquals(
        "kernel a_kernel takes "
            + own
            + " bytes of local memory and 40 for four inputs, but a device allows "
            + memory
            + " in all; choose fewer steps or another device",
        refused.getMessage());
  }
}
