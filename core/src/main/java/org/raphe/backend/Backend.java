package org.raphe.backend;

import java.util.Map;
import org.raphe.energy.EnergyMeter;

/**
 * A kind of device that runs the fused kernels: one implementation a device interface, and nothing
 * else to add.
 */
public interface Backend extends AutoCloseable {

  /** The name users type, such as {@code cpu}. */
  String name();

  /** Whether it can run here; probed once and kept. */
  Availability availability();

  /** The device in words. */
  String device();

  /** Versions that decide how kernels run, such as driver or kernel set; for provenance. */
  Map<String, String> versions();

  /** Memory of the device in bytes. */
  long memoryBytes();

  /**
   * Most memory of the device, in bytes, that networks and samples have held at once, and with them
   * what the driver is known to keep for kernels' stacks; null where it is the host's own and
   * counted there.
   */
  default Long peakDeviceBytes() {
    return null;
  }

  /**
   * Begins to measure the energy of the device; null where that is the host's own and counted
   * there. The caller closes the result, before this backend.
   */
  default EnergyMeter measureEnergy() {
    return null;
  }

  /**
   * Places a network on the device. The caller owns the result and closes it.
   *
   * @throws org.raphe.RunException if the device cannot hold it
   */
  PlacedNetwork place(Placement placement);

  /**
   * The state of a network before any sample: what {@link PlacedNetwork#writeState} takes to begin
   * with, and the names and shapes that a saved state is checked against.
   */
  default NetworkState initialState(Placement placement) {
    return placement.initialState();
  }

  @Override
  void close();
}
