package org.raphe.backend.device;

/** A convolution of rate units on a device. */
final class DeviceRateConvolution extends DeviceConvolution {
  /** Sites that a work-item runs forward: whole pools. */
  static final int ITEM_SITES = 8;

  /** Work-items of a group that have the same channels. */
  private static final int PARTS = 4;

  /** Sites of a group. */
  static final int GROUP_SITES = PARTS * ITEM_SITES;

  private final DeviceRateNetwork rates;

  DeviceRateConvolution(DeviceRateNetwork network, int layer) {
    super(network, layer);
    rates = network;
  }

  @Override
  Kernel forwardKernel() {
    KernelSettings with = network.settings().with("STEPS", 1).with("COLUMNS", ITEM_SITES);
    return forward("convolve_rate", with)
        .bind("values_in", rates.values[layer])
        .bind("activation", rates.activation())
        .bind("values_out", rates.emitted(layer))
        .bind("pooled_out", sizes.form().pooled() ? rates.values[layer + 1] : null);
  }

  @Override
  Kernel learningKernel() {
    KernelSettings with = network.settings().with("STEPS", 1);
    return learning("learn_convolution_rate", with).bind("values", rates.values[layer]);
  }
}
