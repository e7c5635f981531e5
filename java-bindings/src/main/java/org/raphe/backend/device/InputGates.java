package org.raphe.backend.device;

/** The input-type gates of a class-continual network, opened batch by batch. */
final class InputGates {
  private final DeviceNetwork network;
  private final DeviceMemory mean;

  /** Smallest and largest feature of the batch. */
  final DeviceMemory range;

  InputGates(DeviceNetwork network) {
    this.network = network;
    range = network.floats("range of the batch", 2);
    mean = network.floats("mean of the batch", network.network.input().size());
  }

  /** Opens a hidden layer's gate to the batch at hand. */
  void open(int layer) {
    DeviceSamples samples = network.samples;
    Kernel kernel =
        network
            .kernel("open_gate " + layer + " " + samples.pixels, () -> kernel(layer))
            .bind("features", samples.features);
    network.order.bind(kernel).launch(1, 1, 1);
  }

  private Kernel kernel(int layer) {
    int group = network.shape.gateGroup();
    KernelSettings with =
        network.settings().with("PIXELS", network.samples.pixels).with("GROUP", group);
    return network
        .batchKernel("open_gate", with, group, 1)
        .bind("inputs", network.layers[0].inputs)
        .bind("units", network.layers[layer].units)
        .bind("margin", network.placement.gateMargin())
        .bind("mean", mean)
        .bind("gates", network.gates[layer])
        .bind("range", range)
        .bind("thresholds", network.thresholds());
  }
}
