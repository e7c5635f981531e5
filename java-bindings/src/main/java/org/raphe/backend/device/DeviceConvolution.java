package org.raphe.backend.device;

import org.raphe.learning.OptimizerStep;

/** What convolutions of LIF and of rate units share on a device: their launches. */
abstract class DeviceConvolution {
  final DeviceNetwork network;
  final int layer;
  final DeviceLayer placed;
  final ConvolutionSizes sizes;

  DeviceConvolution(DeviceNetwork network, int layer) {
    this.network = network;
    this.layer = layer;
    placed = network.layers[layer];
    sizes = network.convolution(network.network.layers().get(layer).convolution().orElseThrow());
  }

  /** The kernel that runs the layer forward. */
  abstract Kernel forwardKernel();

  /** The kernel that learns its weights. */
  abstract Kernel learningKernel();

  /** The layer for the batch at hand, whose inputs stand in memory. */
  final void forward(boolean credit) {
    Kernel kernel = network.kernel("hidden " + layer, this::forwardKernel);
    network
        .bindSamples(kernel)
        .bind("credit", credit ? 1 : 0)
        .launch(Math.toIntExact(sizes.blocks() * network.count), sizes.tiles(), 1);
  }

  /** Gradients and optimizer step. */
  final void learn(OptimizerStep step) {
    Kernel kernel = network.kernel("learn " + layer, this::learningKernel);
    network.launchLearning(kernel, step, layer, Math.toIntExact(sizes.learningBlocks()));
  }

  private KernelSettings cut(KernelSettings with) {
    return with.with("LANES", network.shape.convolutionLanes());
  }

  /** A new kernel that runs the layer forward, bound to what every such kernel is told. */
  final Kernel forward(String name, KernelSettings with) {
    Kernel kernel = network.batchKernel(name, cut(with), network.shape.convolutionGroup(), 1);
    return network
        .bindCounters(kernel, layer)
        .bind("shape", sizes.struct())
        .bind("input_stride", placed.inputStride)
        .bind("unit_stride", placed.unitStride)
        .bind("output_stride", placed.outputStride)
        .bind("weights", placed.weights)
        .bind("biases", placed.biases)
        .bind("signals", network.classSignals(layer))
        .bind("credits", network.credits[layer]);
  }

  /** A new kernel that learns, bound to what every such kernel is told. */
  final Kernel learning(String name, KernelSettings with) {
    LaunchShape shape = network.shape;
    KernelSettings cut =
        cut(with).with("TAPS", sizes.taps()).with("STRIPE_ITEMS", shape.convolutionStripes());
    int group = shape.convolutionStripes() * LaunchShape.TILE / shape.convolutionLanes();
    DeviceSignals signals = network.signals[layer];
    return network
        .bindStep(network.batchKernel(name, cut, group, 1), layer)
        .bind("shape", sizes.struct())
        .bind("answer_stride", signals.stride)
        .bind("averaged", signals.judged && sizes.form().pooled() ? 1 : 0);
  }
}
