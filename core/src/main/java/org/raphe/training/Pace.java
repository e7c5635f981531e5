package org.raphe.training;

/**
 * How many batches are handed to a device between two waits for it: as many as it works off in a
 * fraction of a second, so that whoever asks it to stop is soon heard, and counters stay fresh.
 */
final class Pace {
  private static final double MOST_NANOS = 2e8;

  private final int most;
  private int between = 1;
  private int handed;
  private long waitedNanos = System.nanoTime();

  /**
   * @param most batches between two waits, however fast they are
   */
  Pace(int most) {
    this.most = most;
  }

  /** Another batch is handed over; gives whether to wait for the device now. */
  boolean batch() {
    return ++handed >= between;
  }

  /** The device was waited for. */
  void waited() {
    long now = System.nanoTime();
    double nanosOfBatch = Math.max(1.0, (double) (now - waitedNanos) / Math.max(1, handed));
    double fitting = Math.min(MOST_NANOS / nanosOfBatch, 2.0 * between);
    between = (int) Math.max(1, Math.min(most, fitting));
    handed = 0;
    waitedNanos = now;
  }
}
