package org.raphe.backend.device;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Launches of a device that are kept until they are sent together, in their order: what several
 * batches launch costs the host little more than what one does. Whatever else touches the device's
 * memory, or waits for the device, sends them first; so nobody sees that they were kept.
 */
public final class LaunchQueue {
  private final KernelDevice device;
  private List<KeptLaunch> kept = new ArrayList<>();
  private long sendings;

  /** Nothing is kept yet. */
  public LaunchQueue(KernelDevice device) {
    this.device = device;
  }

  /**
   * How often launches were sent: a launch that was kept at the present number waits.
   *
   * @return a number that grows with each sending
   */
  long sendings() {
    return sendings;
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    return kept.isEmpty();
  }

  /** Keeps a launch, or sends it at once where the device asks for that. */
  void keep(KeptLaunch launch) {
    kept.add(launch);
    if (device.sendsAtOnce()) {
      send();
    }
  }

  /**
   * Sends what is kept. A failure leaves nothing in the queue: what was not launched never is, and
   * the network that it belongs to is good for nothing but closing.
   *
   * @throws org.raphe.RunException if the device fails
   */
  public void send() {
    if (kept.isEmpty()) {
      return;
    }
    List<KeptLaunch> sent = kept;
    kept = new ArrayList<>(sent.size());
    sendings++;
    Set<BatchTable> tables = new LinkedHashSet<>();
    for (KeptLaunch launch : sent) {
      if (launch.table() != null) {
        tables.add(launch.table());
      }
    }
    tables.forEach(BatchTable::bring);
    device.launch(sent);
  }
}
