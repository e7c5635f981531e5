package org.raphe.backend.cuda;

import org.raphe.backend.device.TimedBatches;

/** Times batches, and prints what is held and how much memory is free at the end. */
final class LaunchTimerProgram {
  private LaunchTimerProgram() {}

  public static void main(String[] arguments) {
    try (CudaBackend backend = new CudaBackend(0, false)) {
      long before = backend.freeBytes();
      HarnessRun.row(TimedBatches.on(backend).toString());
      long held = backend.resources().bytes();
      HarnessRun.row("free " + (before - backend.freeBytes() == held && held > 0));
      backend.close();
      HarnessRun.row("held " + backend.resources().held() + ", " + backend.resources().bytes());
    }
    try (CudaBackend waiting = new CudaBackend(0, true)) {
      HarnessRun.row("waiting " + TimedBatches.on(waiting).kernels());
    }
  }
}
