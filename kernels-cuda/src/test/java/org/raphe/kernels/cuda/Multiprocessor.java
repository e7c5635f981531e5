package org.raphe.kernels.cuda;

/**
 * What a multiprocessor has for blocks: the CUDA C++ programming guide's table of compute
 * capabilities.
 *
 * @param warps that it holds at most
 * @param blocks that it holds at most
 * @param sharedBytes shared memory of all blocks
 */
record Multiprocessor(int warps, int blocks, int sharedBytes) {
  static final Multiprocessor SM_86 = new Multiprocessor(48, 16, 100 * 1024);
  static final Multiprocessor SM_90 = new Multiprocessor(64, 32, 228 * 1024);

  private static final int WARP = 32;
  private static final int PARTS = 4;
  private static final int PART_REGISTERS = 16384;
  private static final int REGISTER_UNIT = 256;
  private static final int SHARED_UNIT = 128;

  /** Shared memory of a block that is the driver's own. */
  private static final int RESERVED = 1024;

  /** Blocks of a kernel that it holds at a time. */
  int resident(int threads, int registers, int sharedBytes) {
    int blockWarps = (threads + WARP - 1) / WARP;
    int warpRegisters = roundedUp(WARP * registers, REGISTER_UNIT);
    int byRegisters = PARTS * (PART_REGISTERS / warpRegisters) / blockWarps;
    int byShared = this.sharedBytes / (roundedUp(sharedBytes, SHARED_UNIT) + RESERVED);
    return Math.min(Math.min(blocks, warps / blockWarps), Math.min(byRegisters, byShared));
  }

  private static int roundedUp(int number, int unit) {
    return (number + unit - 1) / unit * unit;
  }
}
