package org.raphe.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * On Ctrl-C or SIGTERM: lets the batch at hand end and its checkpoint be written before the process
 * goes.
 */
final class StopOnInterrupt implements AutoCloseable {
  private static final long STOP_SECONDS = 60;

  private final PrintWriter err;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread onInterrupt = new Thread(this::stopAndWait, "raphe-stop");
  private volatile boolean requested;

  StopOnInterrupt(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  private void stopAndWait() {
    requested = true;
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        err.println("raphe: no checkpoint within " + STOP_SECONDS + " s of the interrupt");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the process was asked to end. */
  boolean requested() {
    return requested;
  }

  /** The run has stopped, and the process may go. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The process is ending already, and its hook now knows that the run has stopped.
    }
  }
}
