package org.raphe.backend.device;

import org.raphe.RunException;

/**
 * What a device allows of a launch, as it says itself.
 *
 * @param device what users call it
 * @param groups most work-groups along each axis
 * @param items most work-items of a group along each axis
 * @param groupItems most work-items of a group in all
 * @param localMemory bytes that a group shares, what its kernel takes by itself included
 * @param mostLocalMemory the same for a kernel for which the driver is asked for more
 */
public record LaunchLimits(
    String device,
    Extent groups,
    Extent items,
    int groupItems,
    int localMemory,
    int mostLocalMemory) {
  private static final String CPU = "or the backend cpu, which gives the same bits";

  /**
   * Checks a launch before the driver is asked for it.
   *
   * @param kernel what is launched
   * @param grid work-groups
   * @param group work-items of a group
   * @param room bytes of local memory that the launch adds to the kernel's own
   * @throws RunException if the device or the kernel does not allow it, in one line
   */
  public void check(KernelAttributes kernel, Extent grid, Extent group, long room) {
    if (!grid.isWithin(groups)) {
      throw refused(
          kernel,
          grid + " work-groups",
          device + " allows " + groups,
          "choose a smaller network or batch, " + CPU);
    }
    String asked = "work-groups of " + group + " work-items";
    if (!group.isWithin(items) || group.count() > groupItems) {
      String allowed = device + " allows " + items + ", and " + groupItems + " in all";
      throw refused(kernel, asked, allowed, "use another device, " + CPU);
    }
    if (group.count() > kernel.groupItems()) {
      String allowed = "on " + device + " it can have " + kernel.groupItems() + " in all";
      throw refused(kernel, asked, allowed, "use another device, " + CPU);
    }
    if (kernel.localBytes() + room > mostLocalMemory) {
      throw refused(
          kernel,
          room + " bytes of local memory beside its own " + kernel.localBytes(),
          device + " allows " + mostLocalMemory + " in all",
          "choose fewer steps, another device, " + CPU);
    }
  }

  private static RunException refused(
      KernelAttributes kernel, String asked, String allowed, String remedy) {
    return new RunException(
        "kernel " + kernel.kernel() + " asks for " + asked + ", but " + allowed + "; " + remedy);
  }
}
