package org.raphe.backend.device;

import java.util.List;

/**
 * A launch that waits in a {@link LaunchQueue}. What its kernel is bound to stays as it is until it
 * is sent.
 *
 * @param kernel the device's own kernel
 * @param bindings what it is bound to but for the slot: equal where all is
 * @param table where the batch's row stands; null if the kernel reads none
 * @param slot the row's place there
 * @param groupsX groups along the first axis
 * @param groupsY along the second
 * @param groupsZ along the third
 */
public record KeptLaunch(
    Kernel kernel,
    Object bindings,
    BatchTable table,
    int slot,
    int groupsX,
    int groupsY,
    int groupsZ) {

  /** Tells the kernel the slot of its batch. */
  public void bindSlot() {
    if (table != null) {
      kernel.bind("slot", slot);
    }
  }

  /** Launches the kernel. */
  public void launch() {
    bindSlot();
    kernel.launch(groupsX, groupsY, groupsZ);
  }

  /** Whether launches are those of as many batches as a table has room for, from its first slot. */
  public static boolean fillTable(List<KeptLaunch> launches) {
    KeptLaunch first = launches.get(0);
    KeptLaunch last = launches.get(launches.size() - 1);
    return first.table != null
        && first.table == last.table
        && first.slot == 0
        && last.slot == BatchTable.ROWS - 1;
  }
}
