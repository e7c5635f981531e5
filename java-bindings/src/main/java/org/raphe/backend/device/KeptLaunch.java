package org.raphe.backend.device;

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

  /** Whether it is of the last batch that its table has room for. */
  public boolean endsTable() {
    return table != null && slot == BatchTable.ROWS - 1;
  }
}
