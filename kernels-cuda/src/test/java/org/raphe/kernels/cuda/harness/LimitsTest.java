package org.raphe.kernels.cuda.harness;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a GPU or its driver would refuse is refused, and what it takes at the very edge is taken.
 */
class LimitsTest {
  private static final String INVALID = "CUDA_ERROR_INVALID_VALUE";
  private static final String RESOURCES = "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES";
  private static final String MEMORY = "CUDA_ERROR_OUT_OF_MEMORY";
  private static final String TAKEN = "CUDA_SUCCESS";

  /** Registers are the documented bounds, so that a test does not depend on an assembler. */
  private static final Map<String, String> NO_ASSEMBLER = Map.of("RAPHE_HARNESS_PTXAS", "none");

  /** Asks one thing after another; {@code asked} is question and answer in turn. */
  private static HarnessRun answers(Map<String, String> conditions, String... asked) {
    String[] questions = new String[asked.length / 2];
    Arrays.setAll(questions, k -> asked[2 * k]);
    HarnessRun run = HarnessRun.of(conditions, LimitsProgram.class, questions).succeeded();
    for (int k = 0; k < asked.length; k += 2) {
      run.printed(asked[k] + ": " + asked[k + 1] + "\n");
    }
    return run;
  }

  private static Map<String, String> capability(int capability) {
    return Map.of("RAPHE_HARNESS_CAPABILITY", "" + capability, "RAPHE_HARNESS_PTXAS", "none");
  }

  /** Version 1 launched these bytes at 784 inputs and T = 32: 49,520 with the static part. */
  @Test
  void sharedMemoryAbove48KibIsRefusedWithoutOptingIn() {
    answers(
            NO_ASSEMBLER,
            "launch shared1424 1 64 48096",
            INVALID,
            "launch shared1424 1 64 47729",
            INVALID,
            "launch shared1424 1 64 47728",
            TAKEN,
            "node plain 1 1 49153",
            INVALID,
            "node plain 1 1 49152",
            TAKEN)
        .printed(
            "48096 bytes of dynamic shared memory beside 1424 static ones; the function allows")
        .printed("47728, since it has not opted in to more than 49152 in all");
  }

  @ParameterizedTest
  @CsvSource({
    "61, 49152",
    "75, 65536",
    "80, 166912",
    "86, 101376",
    "89, 101376",
    "90, 232448",
    "100, 232448",
    "120, 101376"
  })
  void sharedMemoryEndsAtTheDevicesOptInLimit(int capability, int most) {
    if (capability < 75) {
      HarnessRun.of(capability(capability), DriverProgram.class, "device")
          .printed("shared " + most);
      return;
    }
    int dynamic = most - 1424;
    answers(
            capability(capability),
            "allow shared1424 " + (dynamic + 1),
            INVALID,
            "allow shared1424 -1",
            INVALID,
            "launch shared1424 1 64 " + dynamic,
            INVALID,
            "allow shared1424 " + dynamic,
            TAKEN,
            "launch shared1424 1 64 " + (dynamic + 1),
            INVALID,
            "launch shared1424 2 64 " + dynamic,
            TAKEN)
        .printed(
            "bytes of dynamic shared memory beside 1424 static ones; a block has at most " + most);
  }

  @Test
  void whatAFunctionOptedInToIsAllItMayHave() {
    answers(
        NO_ASSEMBLER,
        "allow shared1424 2048",
        TAKEN,
        "launch shared1424 1 64 2049",
        INVALID,
        "launch shared1424 1 64 2048",
        TAKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x65536", "1x1x65536", "2147483648", "0", "1x0", "1x1x0"})
  void gridsBeyondTheirAxesAreRefused(String grid) {
    answers(NO_ASSEMBLER, "launch plain " + grid + " 1 0", INVALID)
        .printed("blocks; there are 1 to 2147483647 x 65535 x 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "1x65535", "1x1x65535", "2147483647x65535x65535"})
  void gridsAtTheirEndsAreTaken(String grid) {
    answers(NO_ASSEMBLER, "node plain " + grid + " 1 0", TAKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "1025, INVALID_VALUE",
    "1x1025, INVALID_VALUE",
    "1x1x65, INVALID_VALUE",
    "32x33, INVALID_VALUE",
    "0, INVALID_VALUE",
    "1x1x64, SUCCESS",
    "256, SUCCESS"
  })
  void blocksHaveTheirEndsToo(String block, String status) {
    String answer = status.equals("SUCCESS") ? TAKEN : "CUDA_ERROR_" + status;
    answers(NO_ASSEMBLER, "node plain 1 " + block + " 0", answer);
  }

  @Test
  void launchBoundsAreKept() {
    answers(
            NO_ASSEMBLER,
            "launch bounded 1 65 0",
            RESOURCES,
            "launch bounded 1 8x9 0",
            RESOURCES,
            "launch bounded 1 64 0",
            TAKEN)
        .printed("a block of 65 x 1 x 1 threads, but its .maxntid is 64 x 1 x 1");
  }

  /**
   * 96 numbers at once: with any assembler above 64 registers, of which 1,024 threads have room.
   */
  @ParameterizedTest
  @ValueSource(strings = {"none", "ptxas"})
  void aBlockThatTheRegistersHaveNoRoomForIsRefused(String assembler) {
    answers(
            Map.of("RAPHE_HARNESS_PTXAS", assembler, "RAPHE_HARNESS_CAPABILITY", "90"),
            "launch manyRegisters 1 1024 0",
            RESOURCES,
            "launch manyRegisters 1 256 0",
            TAKEN)
        .printed("registers, but a multiprocessor has 65536: at most ");
  }

  /** What no assembler was asked about is sure to fit with 256 threads and no more. */
  @Test
  void withoutAnAssemblerTheDocumentedBoundsHold() {
    answers(
        NO_ASSEMBLER,
        "attributes plain",
        "threads 256, shared 0, local 0, registers 255, PTX 75, binary 75, dynamic 49152",
        "attributes bounded",
        "threads 64, shared 0, local 0, registers 255, PTX 75, binary 75, dynamic 49152",
        "attributes shared1424",
        "threads 64, shared 1424, local 0, registers 255, PTX 75, binary 75, dynamic 47728",
        "attributes deepStack",
        "threads 64, shared 0, local 32768, registers 255, PTX 75, binary 75, dynamic 49152");
  }

  /**
   * 4 multiprocessors of 1,024 threads hold 128 MiB of such stacks; of 2,048 threads twice that.
   */
  @ParameterizedTest
  @CsvSource({"75, 4, 134217728", "80, 4, 268435456", "86, 1, 50331648", "90, 16, 1073741824"})
  void stacksOfAllThreadsAreReservedAtTheFirstLaunch(
      int capability, int multiprocessors, long stacks) {
    long memory = (4L << 30) - 512;
    answers(
        Map.of(
            "RAPHE_HARNESS_CAPABILITY",
            "" + capability,
            "RAPHE_HARNESS_MULTIPROCESSORS",
            "" + multiprocessors),
        "launch plain 1 1 0",
        TAKEN,
        "free",
        "" + memory,
        "launch deepStack 1 1 0",
        TAKEN,
        "free",
        "" + (memory - stacks),
        "launch deepStack 2 64 0",
        TAKEN,
        "launch plain 1 1 0",
        TAKEN,
        "free",
        "" + (memory - stacks));
  }

  /** An H100's 132 multiprocessors would take 8.9 GB. */
  @Test
  void stacksForWhichThereIsNoMemoryAreRefused() {
    answers(
            Map.of("RAPHE_HARNESS_CAPABILITY", "90", "RAPHE_HARNESS_MULTIPROCESSORS", "132"),
            "launch deepStack 1 1 0",
            MEMORY,
            "launch plain 1 1 0",
            TAKEN)
        .printed("32768 bytes of stack for each thread that the device can hold are 8858370048");
  }

  @Test
  void memoryThatStacksTookIsNotAllocated() {
    answers(
        Map.of("RAPHE_HARNESS_MEMORY", "140000000"),
        "launch deepStack 1 1 0",
        TAKEN,
        "allocate 6000000",
        MEMORY);
  }
}
