package org.raphe.backend.device;

import org.raphe.agent.LearnerArrays;
import org.raphe.agent.LearnerConstants;
import org.raphe.agent.LearnerDevice;
import org.raphe.agent.PlacedLearners;

/**
 * A device of kernels as a device of learners.
 *
 * @param device stays the caller's
 * @param bytes the largest block of memory that the device gives
 * @param loops what runs, in a line
 */
public record DeviceLearnerDevice(KernelDevice device, long bytes, String loops)
    implements LearnerDevice {

  /**
   * All of a device, half of whose memory is left for trials and to others.
   *
   * @param name of the device
   */
  public static DeviceLearnerDevice on(KernelDevice device, DeviceLimits limits, String name) {
    long bytes = Math.min(limits.allocation(), limits.memory() / 2);
    return new DeviceLearnerDevice(device, bytes, "a learner a work-group on " + name);
  }

  @Override
  public void check(LearnerConstants constants, int learners) {
    LearnerArrays.check(constants, learners, bytes);
  }

  @Override
  public PlacedLearners placeLearners(LearnerConstants constants, int learners, long seed) {
    check(constants, learners);
    return new DeviceLearners(device, constants, learners, seed);
  }
}
