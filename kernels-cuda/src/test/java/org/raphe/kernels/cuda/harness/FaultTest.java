package org.raphe.kernels.cuda.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/**
 * Each planted fault is found, named, and placed; and the driver's error is the one that a GPU
 * gives.
 */
class FaultTest {
  /**
   * The program prints the error, whose name and number this gives; the report is one line with
   * these parts.
   */
  private static void finds(String fault, String error, String... parts) {
    HarnessRun.of(FaultProgram.class, fault).reported(parts).printed("error " + error);
  }

  @Test
  void aMissingBarrier() {
    finds(
        "missingBarrier",
        "CUDA_ERROR_LAUNCH_FAILED",
        "shared-memory race, write after read",
        "kernel missingBarrier, block (0,0,0), thread (0,0,0)",
        "the access by thread (32,0,0)");
  }

  @Test
  void aMissingSecondBarrierOfALoop() {
    finds(
        "missingSecondBarrier",
        "CUDA_ERROR_LAUNCH_FAILED",
        "shared-memory race, write after read: kernel missingSecondBarrier, block (0,0,0)");
  }

  @Test
  void aMissingWarpBarrierBetweenBytes() {
    finds(
        "missingWarpBarrier",
        "CUDA_ERROR_LAUNCH_FAILED",
        "shared-memory race, write after read: kernel missingWarpBarrier, block (0,0,0), thread (0,0,0)",
        "byte 0 of",
        "the access by thread (31,0,0)");
  }

  @Test
  void aBarrierOfHalfAWarpForTheWhole() {
    finds(
        "halfWarpBarrier",
        "CUDA_ERROR_LAUNCH_FAILED",
        "shared-memory race, ",
        "kernel halfWarpBarrier, block (0,0,0)");
  }

  @Test
  void anIndexOnePastTheEnd() {
    finds(
        "onePastTheEnd",
        "CUDA_ERROR_ILLEGAL_ADDRESS",
        "out-of-bounds write of 4 bytes: kernel onePastTheEnd, block (0,0,0), thread (0,0,0), PTX line ",
        "`st.global",
        "0 bytes past the end of an allocation of 400 bytes made by cuMemAlloc #1");
  }

  @Test
  void anIndexPastASharedArray() {
    finds(
        "pastSharedArray",
        "CUDA_ERROR_ILLEGAL_ADDRESS",
        "out-of-bounds shared write",
        "thread (31,0,0)",
        "past the end of");
  }

  @Test
  void anUnwrittenRead() {
    finds(
        "unwritten",
        "CUDA_ERROR_LAUNCH_FAILED",
        "read of memory never written: kernel doubled, block (0,0,0), thread (0,0,0)",
        "byte 0 of an allocation of 128 bytes");
  }

  @Test
  void anUnwrittenReadOfSharedMemory() {
    finds(
        "unwrittenShared",
        "CUDA_ERROR_LAUNCH_FAILED",
        "read of shared memory never written: kernel unwrittenShared, block (0,0,0), thread (63,0,0)",
        "byte 256 of");
  }

  @Test
  void aFreedBuffer() {
    finds(
        "freed",
        "CUDA_ERROR_ILLEGAL_ADDRESS",
        "use after free, read of 4 bytes: kernel doubled, block (0,0,0), thread (0,0,0)",
        "made by cuMemAlloc #1 and freed by cuMemFree #1");
  }

  @Test
  void aStaleParameterOfAGraph() {
    finds(
        "stale-parameter",
        "CUDA_ERROR_ILLEGAL_ADDRESS",
        "use after free, read of 4 bytes: kernel doubled, block (0,0,0), thread (0,0,0)",
        "freed by cuMemFree #1");
  }

  @Test
  void aGridTooLarge() {
    finds(
        "wrong-grid",
        "CUDA_ERROR_ILLEGAL_ADDRESS",
        "out-of-bounds read of 4 bytes: kernel unguarded, block (4,0,0), thread (0,0,0)");
  }

  @Test
  void aGridTooSmall() {
    finds(
        "small-grid",
        "CUDA_ERROR_LAUNCH_FAILED",
        "copy to the host of memory never written: cuMemcpyDtoH #1 of 1024 bytes",
        "byte 768 of");
  }

  @Test
  void aMisalignedAccess() {
    finds(
        "misaligned",
        "CUDA_ERROR_MISALIGNED_ADDRESS",
        "misaligned read of 4 bytes: kernel misaligned, block (0,0,0), thread (1,0,0)");
  }

  @Test
  void aBarrierThatSomeNeverReach() {
    finds(
        "divergentBarrier",
        "CUDA_ERROR_LAUNCH_FAILED",
        "barrier divergence: kernel divergentBarrier, block (0,0,0), thread (0,0,0)",
        "32 threads wait and 32 have ended");
  }

  @Test
  void twoBarriersForOneBlock() {
    finds(
        "twoBarriers",
        "CUDA_ERROR_LAUNCH_FAILED",
        "barrier divergence: kernel twoBarriers, block (0,0,0), thread (63,0,0)",
        "thread (0,0,0) waits at PTX line");
  }

  @Test
  void aShuffleFromALaneThatIsNotThere() {
    finds(
        "shuffleFromNowhere",
        "CUDA_ERROR_LAUNCH_FAILED",
        "shuffle from a lane that takes no part: kernel shuffleFromNowhere",
        "lane 31");
  }

  @Test
  void aDivisionByZero() {
    finds(
        "divided",
        "CUDA_ERROR_LAUNCH_FAILED",
        "integer division by zero: kernel divided, block (0,0,0), thread (2,0,0)");
  }

  @Test
  void aTrap() {
    finds("stopped", "CUDA_ERROR_LAUNCH_FAILED", "trap: kernel stopped");
  }

  @Test
  void aKernelWithoutEnd() {
    finds("endless", "CUDA_ERROR_LAUNCH_TIMEOUT", "kernel without end: kernel endless");
  }

  @Test
  void aLeakFailsARunThatSucceeds() {
    HarnessRun run =
        HarnessRun.of(FaultProgram.class, "leak")
            .reported(
                "leak: device memory of 12345 bytes made by cuMemAlloc #1 is not freed at cuCtxDestroy #1");
    assertEquals(3, run.status(), run.output());
  }

  @Test
  void hostMemoryFreedWhileACopyUsesIt() {
    HarnessRun run =
        HarnessRun.of(FaultProgram.class, "host-freed")
            .reported(
                "host memory freed in use: cuMemFreeHost #1",
                "cuMemcpyHtoDAsync #1 has not finished with");
    assertEquals(3, run.status(), run.output());
  }

  @Test
  void workThatNothingWaitedFor() {
    HarnessRun run = HarnessRun.of(FaultProgram.class, "never-waited");
    assertEquals(3, run.status(), run.output());
    run.printed(
        "1 operations, from cuLaunchKernel #1 on, were queued and never waited for at the end of the process");
  }
}
