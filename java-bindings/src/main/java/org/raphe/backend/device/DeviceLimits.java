package org.raphe.backend.device;

/**
 * What a device allows, as it says itself.
 *
 * @param nativeLanes float32 numbers of its own vectors; 1 where work-items are the vectors
 * @param workGroup most work-items of a work-group
 * @param localMemory bytes a work-group shares
 * @param allocation bytes of the largest single allocation
 * @param memory bytes of all memory
 */
public record DeviceLimits(
    int nativeLanes, int workGroup, int localMemory, long allocation, long memory) {}
