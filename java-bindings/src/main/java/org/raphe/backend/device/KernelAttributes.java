package org.raphe.backend.device;

/**
 * What a compiled kernel takes and allows on a device, as the device's driver says.
 *
 * @param kernel its name
 * @param groupItems most work-items of a group
 * @param localBytes local memory of a group that it takes by itself, whatever is launched
 * @param stackBytes memory of a work-item's own that stands in the device's memory; 0 if not known
 */
public record KernelAttributes(String kernel, int groupItems, int localBytes, long stackBytes) {}
