package org.raphe.cli;

import java.util.concurrent.TimeUnit;

/**
 * On Ctrl-C or SIGTERM: lets the work at hand end and a checkpoint be written before the process
 * goes. Where the work takes longer than a moment - a large batch, a matrix that is solved - the
 * process goes without it; its last checkpoint stands whole.
 */
final class StopOnInterrupt implements AutoCloseable {
  private static final long MOMENT_MILLIS = 700;
  private static final long WRITE_SECONDS = 60;

  private enum Stage {
    WORKING,
    ASKED,
    STOPPING,
    STOPPED,
    LEFT
  }

  private final Runnable leave;
  private final Thread onInterrupt = new Thread(this::stopAndWait, "raphe-stop");
  private Stage stage = Stage.WORKING;

  /**
   * @param leave what is said before the process goes without an end of the work at hand
   */
  StopOnInterrupt(Runnable leave) {
    this.leave = leave;
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  private synchronized void stopAndWait() {
    try {
      if (stage != Stage.WORKING) {
        return;
      }
      stage = Stage.ASKED;
      awaitWhile(Stage.ASKED, MOMENT_MILLIS);
      awaitWhile(Stage.STOPPING, TimeUnit.SECONDS.toMillis(WRITE_SECONDS));
      if (stage != Stage.STOPPED) {
        stage = Stage.LEFT;
        leave.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitWhile(Stage current, long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long left = millis;
    while (stage == current && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    }
  }

  /**
   * Whether the process was asked to end. Who is told so has a minute to write what is to be kept;
   * who asks when the process is going already is not answered.
   */
  synchronized boolean requested() {
    if (stage == Stage.ASKED) {
      stage = Stage.STOPPING;
      notifyAll();
    }
    while (stage == Stage.LEFT) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    return stage == Stage.STOPPING;
  }

  /** The work has ended, and the process may go. */
  @Override
  public void close() {
    synchronized (this) {
      if (stage != Stage.LEFT) {
        stage = Stage.STOPPED;
      }
      notifyAll();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The process is ending already, and its hook now knows that the work has ended.
    }
  }
}
