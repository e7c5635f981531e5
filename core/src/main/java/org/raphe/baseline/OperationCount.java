package org.raphe.baseline;

import java.util.concurrent.atomic.LongAdder;

/**
 * Operations, counted as they are executed: products with a feature or activity of 0 are left out
 * where they are skipped. Several threads may count at once; the sums are exact.
 */
public final class OperationCount {
  private final LongAdder macs = new LongAdder();
  private volatile String uncounted;

  /** Counts multiply-accumulates. */
  void add(long multiplyAccumulates) {
    macs.add(multiplyAccumulates);
  }

  /**
   * Says that a part is not counted, so that the whole is not known.
   *
   * @param what the part
   */
  void leaveOut(String what) {
    uncounted = what;
  }

  /** Multiply-accumulates; null where a part of them is not counted. */
  public Long macs() {
    return uncounted == null ? (Long) macs.sum() : null;
  }

  /** The part that is not counted; null if all is. */
  public String uncounted() {
    return uncounted;
  }
}
