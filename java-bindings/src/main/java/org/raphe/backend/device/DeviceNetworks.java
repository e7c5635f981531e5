package org.raphe.backend.device;

import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.Placement;
import org.raphe.network.NeuronModel;

/** Which of the networks of this package a placement asks for. */
public final class DeviceNetworks {
  private DeviceNetworks() {}

  /**
   * Places a network on a device; the caller closes it.
   *
   * @throws org.raphe.InputException if a layer's size is too large for the device
   * @throws org.raphe.RunException if the device refuses
   */
  public static PlacedNetwork place(KernelDevice device, Placement placement) {
    NetworkSizes.check(device.launchLimits(), placement);
    if (placement.network().columns().isPresent()) {
      return new DeviceCompetitiveNetwork(device, placement);
    }
    return placement.network().neuron() == NeuronModel.LIF
        ? new DeviceSpikingNetwork(device, placement)
        : new DeviceRateNetwork(device, placement);
  }
}
