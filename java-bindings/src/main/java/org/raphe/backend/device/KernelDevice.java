package org.raphe.backend.device;

import java.util.List;

/**
 * What a network needs of a device: memory, kernels and an order in which launches run. Everything
 * it gives is closed by whoever asked for it, before the device itself.
 */
public interface KernelDevice {

  /** How kernels are cut to this device. */
  LaunchShape shape();

  /** What the device allows of a launch. */
  LaunchLimits launchLimits();

  /**
   * What a kernel takes and allows here, once it is compiled.
   *
   * @param name its name in the sources
   * @param settings what it is compiled with
   */
  KernelAttributes attributes(String name, KernelSettings settings);

  /**
   * Allocates memory that holds zeros.
   *
   * @param holds what it is for
   * @param bytes its size, at least 1
   * @throws org.raphe.RunException if the device refuses
   */
  DeviceMemory allocate(String holds, long bytes);

  /**
   * A kernel by its name.
   *
   * @param name its name in the sources
   * @param settings what it is compiled with
   * @param groupX work-items of a work-group, first dimension
   * @param groupY second dimension
   */
  Kernel kernel(String name, KernelSettings settings, int groupX, int groupY);

  /** Whether double precision is at hand, which squared errors are counted in. */
  boolean hasDoubles();

  /** Keeps the launches of networks until they are sent together. */
  LaunchQueue queue();

  /** Whether launches are to be sent one by one, as when each is waited for or timed. */
  boolean sendsAtOnce();

  /** Launches these, in their order, after all that was launched before. */
  void launch(List<KeptLaunch> launches);

  /** Sends what the queue keeps, and waits until all that was launched is done. */
  void finish();
}
