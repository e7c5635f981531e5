package org.raphe.nir;

import java.util.HashSet;
import java.util.Set;
import org.raphe.InputException;

/**
 * What of a file has been looked at: each part once, so that no part is reached in two ways and
 * none leads back to itself, and no more of them, and no more values, than there may be.
 */
final class Hdf5Visits {
  private static final int MOST_PARTS = 1 << 20;

  private final Set<Long> addresses = new HashSet<>();
  private final long mostBytes;
  private int parts;
  private long bytes;

  /**
   * @param mostBytes of all values
   */
  Hdf5Visits(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Visits a part; fails where it was visited before. */
  void first(long address) {
    count();
    if (!addresses.add(address)) {
      throw Hdf5Bytes.damaged("a part of it is reached in two ways");
    }
  }

  /** Counts a part. */
  void count() {
    if (++parts > MOST_PARTS) {
      throw new InputException("it has more than " + MOST_PARTS + " parts, which is too many");
    }
  }

  /** Counts values that will be read. */
  void values(long count) {
    bytes += count;
    if (count < 0 || bytes > mostBytes) {
      throw new InputException(
          "its values take more than " + mostBytes + " bytes, which is too much");
    }
  }
}
