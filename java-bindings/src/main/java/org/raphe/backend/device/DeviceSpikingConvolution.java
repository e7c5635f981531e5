package org.raphe.backend.device;

import org.raphe.rule.Trace;

/** A convolution of LIF units on a device. */
final class DeviceSpikingConvolution extends DeviceConvolution {
  /** Sites of a group: those of a pool. */
  static final int GROUP_SITES = 4;

  private final DeviceSpikingNetwork spiking;

  DeviceSpikingConvolution(DeviceSpikingNetwork network, int layer) {
    super(network, layer);
    spiking = network;
  }

  @Override
  Kernel forwardKernel() {
    int steps = network.placement.steps();
    KernelSettings with =
        network
            .settings()
            .with("STEPS", steps)
            .with("COLUMNS", network.shape.stepColumns(steps))
            .with("ONE_BLOCK", network.shape.oneBlock(steps));
    boolean pooled = sizes.form().pooled();
    Trace trace = network.placement.learning().rule().trace();
    return forward("convolve_spiking", with)
        .bind("trains_in", spiking.trains[layer])
        .bind("levels_in", spiking.levels[layer])
        .bind("traces", trace == Trace.MEMBRANE ? 1 : 0)
        .bind("trains_out", spiking.emitted(layer))
        .bind("pooled_out", pooled ? spiking.trains[layer + 1] : null)
        .bind("levels_out", spiking.levels[layer + 1])
        .bind("alive", spiking.alive[layer])
        .room(SpikeRoom.ofWindows(steps));
  }

  @Override
  Kernel learningKernel() {
    KernelSettings with = network.settings().with("STEPS", network.placement.steps());
    return learning("learn_convolution_spiking", with)
        .bind("trains", spiking.trains[layer])
        .bind("levels", spiking.levels[layer])
        .bind("alive", spiking.alive[layer]);
  }
}
