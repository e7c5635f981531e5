package org.raphe.backend.device;

import java.util.List;

/** Times the launches of a batch by the device's clock. Batches do not nest. */
public interface LaunchTimer {

  /** What is launched from now on is timed. */
  void beginBatch();

  /**
   * Waits for what was launched since {@link #beginBatch}.
   *
   * @return the launches in their order; empty if the device waited for the host between them, so
   *     that the times would hold the host's delay. The next batch then gets more of a head start.
   */
  List<LaunchTime> endBatch();
}
