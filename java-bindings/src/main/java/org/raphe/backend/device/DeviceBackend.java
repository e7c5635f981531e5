package org.raphe.backend.device;

import org.raphe.agent.LearnerDevice;
import org.raphe.backend.Backend;

/** A backend whose kernels run on a device with memory and a clock of its own. */
public interface DeviceBackend extends Backend {

  /** Native resources held, and kernels launched. */
  ResourceCount resources();

  /** Free memory of the device in bytes, as its driver says; null where that cannot be asked. */
  Long freeBytes();

  /**
   * Begins to time launches by the device's own clock, from now until this backend closes. Before,
   * no launch costs anything for it. The result belongs to this backend and may be asked for again.
   *
   * @throws org.raphe.RunException if the device cannot time
   */
  LaunchTimer timeLaunches();

  /** This backend as a device of learners, which are closed before it. */
  LearnerDevice learners();
}
