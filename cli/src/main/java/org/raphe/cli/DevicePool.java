package org.raphe.cli;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.raphe.InputException;

/**
 * Devices that the jobs of a sweep run on, one for each job at a time. Where there are more jobs
 * than devices, the first devices have one more than the last.
 */
final class DevicePool {
  /** Null where no devices are named, and runs take what their options say. */
  private final BlockingQueue<Integer> free;

  private DevicePool(BlockingQueue<Integer> free) {
    this.free = free;
  }

  /**
   * A pool for some jobs.
   *
   * @param devices their numbers; empty for none, which hands out null
   * @param jobs how many take one at a time
   * @throws InputException if a number is negative or given twice
   */
  static DevicePool of(List<Integer> devices, int jobs) {
    if (devices.isEmpty()) {
      return new DevicePool(null);
    }
    if (devices.stream().anyMatch(device -> device < 0)
        || new HashSet<>(devices).size() < devices.size()) {
      throw new InputException(
          "--devices takes the numbers of devices, each once, as raphe devices lists them; not "
              + devices);
    }
    BlockingQueue<Integer> free = new LinkedBlockingQueue<>();
    for (int job = 0; job < jobs; job++) {
      free.add(devices.get(job % devices.size()));
    }
    return new DevicePool(free);
  }

  /** A device that has no job, or has room for another; null where none are named. */
  Integer take() throws InterruptedException {
    return free == null ? null : free.take();
  }

  /** The job on it has ended. */
  void giveBack(Integer device) {
    if (free != null) {
      free.add(device);
    }
  }
}
