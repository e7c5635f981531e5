package org.raphe.backend.device;

import org.raphe.InputException;
import org.raphe.backend.Availability;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.Placement;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/** Which of the networks of this package a placement asks for. */
public final class DeviceNetworks {
  private DeviceNetworks() {}

  /** Whether there are kernels for all layers of a network. */
  public static Availability holds(String backend, NetworkSpec network) {
    return network.hasConvolutions()
        ? Availability.no(
            backend + " has no kernels for the convolutions of " + network.text() + "; the cpu has")
        : Availability.YES;
  }

  /**
   * Places a network on a device; the caller closes it.
   *
   * @throws org.raphe.InputException if there are no kernels for a layer, or a size of it is too
   *     large for the device
   * @throws org.raphe.RunException if the device refuses
   */
  public static PlacedNetwork place(String backend, KernelDevice device, Placement placement) {
    Availability holds = holds(backend, placement.network());
    if (!holds.available()) {
      throw new InputException(holds.cause());
    }
    NetworkSizes.check(device.launchLimits(), placement);
    if (placement.network().columns().isPresent()) {
      return new DeviceCompetitiveNetwork(device, placement);
    }
    return placement.network().neuron() == NeuronModel.LIF
        ? new DeviceSpikingNetwork(device, placement)
        : new DeviceRateNetwork(device, placement);
  }
}
