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
