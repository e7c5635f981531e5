package org.raphe.backend.device;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.data.Samples;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Convolution;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.rule.Signal;

/**
 * What spiking and rate networks share on a device: memory, the batch at hand, gates, signals and
 * counters. What a kernel's parameters are is bound once; what changes from batch to batch stands
 * in a table, and launches wait until several batches are sent together.
 */
abstract class DeviceNetwork implements PlacedNetwork {
  final KernelDevice device;
  final LaunchShape shape;
  final Placement placement;
  final NetworkSpec network;

  /** What reaches hidden units, by the rule. */
  final Signal signal;

  final boolean continual;
  final DeviceLayer[] layers;

  /** [layer] credits, see the kernels; null where a layer has none. */
  final DeviceMemory[] credits;

  /** [layer] null where nothing is credited to units. */
  final DeviceSignals[] signals;

  /** [layer] unitStride; null without a gate. */
  final DeviceMemory[] gates;

  /** [sample][unitStride] of the read-out: outputs y, and its signals G. */
  final DeviceMemory outputs;

  final DeviceMemory errors;

  /** [sample]; null where the gain is 1. */
  final DeviceMemory gains;

  final BatchOrder order;
  final BatchTable table;

  /** Null in classification. */
  final InputGates opening;

  final DeviceCounters counters;
  DeviceSamples samples;
  int count;

  private final OwnedResources owned = new OwnedResources();
  private final Map<String, Kernel> kernels = new HashMap<>();

  DeviceNetwork(KernelDevice device, Placement placement, long creditsAUnit) {
    this.device = device;
    this.placement = placement;
    shape = device.shape();
    network = placement.network();
    signal = placement.learning().rule().signal();
    continual = network.mode() == Mode.CLASS_CONTINUAL;
    int depth = network.layers().size();
    layers = new DeviceLayer[depth];
    credits = new DeviceMemory[depth];
    signals = new DeviceSignals[depth];
    gates = new DeviceMemory[depth];
    counters = new DeviceCounters(device.hasDoubles());
    own(counters);
    try {
      for (int layer = 0; layer < depth; layer++) {
        placeLayer(layer, creditsAUnit);
      }
      int batch = placement.batch();
      int stride = layers[depth - 1].unitStride;
      outputs = floats("outputs", (long) batch * stride);
      errors = floats("errors", (long) batch * stride);
      boolean surprise = placement.learning().gain() == SignalGain.SURPRISE;
      gains = surprise ? floats("gains", batch) : null;
      order = own(new BatchOrder(device));
      table = own(new BatchTable(device, depth));
      opening = continual ? new InputGates(this) : null;
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void placeLayer(int layer, long creditsAUnit) {
    Layer given = network.layers().get(layer);
    boolean readout = network.isReadout(layer);
    boolean credited = signal.isCredited();
    boolean descends = placement.learning().rule().descends();
    layers[layer] = own(new DeviceLayer(device, given, layer));
    if (readout ? descends : credited) {
      long numbers = creditsAUnit * layers[layer].creditStride();
      credits[layer] = floats("credits of layer " + (layer + 1), numbers);
    }
    if (!readout && credited) {
      signals[layer] = new DeviceSignals(this, layer);
    }
    if (!readout && continual) {
      gates[layer] = floats("gates of layer " + (layer + 1), layers[layer].unitStride);
    }
    int slots =
        given
            .convolution()
            .map(form -> convolution(form).groups(placement.batch()))
            .orElseGet(() -> readout ? placement.batch() : hiddenSlots(layer, placement.batch()));
    counters.addLayer(device, slots, readout);
  }

  /** Slots of a hidden layer's counters: the most work-groups of a kernel that counts for it. */
  int hiddenSlots(int layer, int size) {
    return hiddenGroups(layer, size);
  }

  /** Work-groups of a hidden layer's kernel for a batch of {@code size} samples. */
  abstract int hiddenGroups(int layer, int size);

  /** How a convolution is cut up. */
  abstract ConvolutionSizes convolution(Convolution form);

  /** Closes {@code resource} with this network. */
  final <T extends AutoCloseable> T own(T resource) {
    owned.add(resource);
    return resource;
  }

  final DeviceMemory floats(String holds, long numbers) {
    return own(device.allocate(holds, Float.BYTES * numbers));
  }

  final DeviceMemory ints(String holds, long numbers) {
    return own(device.allocate(holds, Integer.BYTES * numbers));
  }

  /** The kernel made by {@code make} under this key, made once. */
  final Kernel kernel(String key, Supplier<Kernel> make) {
    return kernels.computeIfAbsent(key, absent -> make.get());
  }

  /** A new kernel that is closed with this network, also if one of its arguments is refused. */
  final Kernel newKernel(String name, KernelSettings with, int groupX, int groupY) {
    return new QueuedKernel(device.queue(), own(device.kernel(name, with, groupX, groupY)), null);
  }

  /** The same, of one that is told the batch by its slot in the table. */
  final Kernel batchKernel(String name, KernelSettings with, int groupX, int groupY) {
    return new QueuedKernel(device.queue(), own(device.kernel(name, with, groupX, groupY)), table);
  }

  /** Settings that every kernel has. */
  final KernelSettings settings() {
    return KernelSettings.none().with("LANES", shape.lanes()).with("CONTINUAL", continual);
  }

  @Override
  public final void writeClassSignals(int layer, float[] given) {
    signals[layer].write(given);
  }

  @Override
  public final Placement placement() {
    return placement;
  }

  @Override
  public final void writeParameters(Parameters parameters) {
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer].write(parameters.layers().get(layer));
    }
  }

  @Override
  public final Parameters readParameters() {
    return read(DeviceLayer::read);
  }

  @Override
  public NetworkState readState() {
    NetworkState state =
        NetworkState.of(
            network,
            readParameters(),
            read(DeviceLayer::readFirstMoments),
            read(DeviceLayer::readSecondMoments));
    for (DeviceSignals each : signals) {
      state = each == null ? state : each.addState(state);
    }
    return state;
  }

  @Override
  public void writeState(NetworkState state) {
    state.checkFits(placement.stateSpecs());
    writeParameters(state.parameters());
    Parameters first = state.firstMoments();
    Parameters second = state.secondMoments();
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer].writeMoments(first.layers().get(layer), second.layers().get(layer));
      if (signals[layer] != null) {
        signals[layer].writeState(state.tensors());
      }
    }
  }

  private Parameters read(Function<DeviceLayer, LayerParameters> part) {
    return new Parameters(Arrays.stream(layers).map(part).toList());
  }

  @Override
  public final PlacedSamples placeSamples(Samples given) {
    placement.checkFits(given);
    return new DeviceSamples(device, given);
  }

  @Override
  public final void beginBatch(PlacedSamples placed, int[] indices, int from, int size) {
    samples = (DeviceSamples) placed;
    count = size;
    order.begin(indices, from, size);
    table.begin(size, order.begin(), errorFactor());
    counters.shown(size);
    if (continual) {
      for (int layer = 0; layer < layers.length - 1; layer++) {
        opening.open(layer);
      }
    }
  }

  /** Thresholds below which a pixel of each value spikes; null where no spikes are drawn. */
  DeviceMemory thresholds() {
    return null;
  }

  /** The error's factor, computed in double and rounded once. */
  private float errorFactor() {
    ReadoutLoss loss = placement.learning().loss();
    return loss.factor(count, network.classes(), placement.steps());
  }

  @Override
  public final void answer(int layer) {
    signals[layer].answer(count);
  }

  /** Signals that classes decide, K x unitStride; null where a layer has none. */
  final DeviceMemory classSignals(int layer) {
    return signals[layer] == null ? null : signals[layer].ofClasses;
  }

  /** Signals that outputs decide, [sample][stride of its own]; null where a layer has none. */
  final DeviceMemory answers(int layer) {
    return signals[layer] == null ? null : signals[layer].answers;
  }

  /**
   * Binds what a hidden layer has emitted: its trains and their levels, its values; null for what
   * it has not.
   *
   * @param handedOn whether what it hands on, pooled perhaps, else what its units emitted
   */
  abstract void bindEmitted(Kernel kernel, int layer, boolean handedOn);

  /** Binds the order of the samples, and their labels. */
  final Kernel bindSamples(Kernel kernel) {
    return order.bind(kernel).bind("labels", samples.labels);
  }

  /** Binds what a layer that is integrated and its counters are. */
  final Kernel bindForward(Kernel kernel, int layer, int chunk) {
    DeviceLayer placed = layers[layer];
    return bindCounters(kernel, layer)
        .bind("inputs", placed.inputs)
        .bind("input_stride", placed.inputStride)
        .bind("units", placed.units)
        .bind("unit_stride", placed.unitStride)
        .bind("chunk", chunk)
        .bind("weights", placed.weights)
        .bind("biases", placed.biases)
        .bind("credits", credits[layer]);
  }

  /** Binds where a kernel counts for a layer. */
  final Kernel bindCounters(Kernel kernel, int layer) {
    return kernel.bind("counted", counters.memory(layer)).bind("slots", counters.slots(layer));
  }

  /** Binds what a dense layer is that learns from its credits. */
  final Kernel bindLearning(Kernel kernel, int layer) {
    DeviceLayer placed = layers[layer];
    return bindStep(kernel, layer)
        .bind("inputs", placed.inputs)
        .bind("units", placed.units)
        .bind("unit_stride", placed.unitStride)
        .bind("rows", placed.rows());
  }

  /** Binds credits, and what they change. */
  final Kernel bindStep(Kernel kernel, int layer) {
    DeviceLayer placed = layers[layer];
    return kernel
        .bind("input_stride", placed.inputStride)
        .bind("steps", table.steps())
        .bind("layers", layers.length)
        .bind("layer", layer)
        .bind("gains", network.isReadout(layer) ? null : gains)
        .bind("credits", credits[layer])
        .bind("answers", answers(layer))
        .bind("weights", placed.weights)
        .bind("first_moments", placed.firstMoments)
        .bind("second_moments", placed.secondMoments)
        .bind("biases", placed.biases)
        .bind("bias_first_moments", placed.biasFirstMoments)
        .bind("bias_second_moments", placed.biasSecondMoments);
  }

  /** Settings of a learning kernel. */
  final KernelSettings learningSettings() {
    return settings().with("VECTORS", shape.learningVectors()).with("ROWS", shape.learningRows());
  }

  /** Takes a learning kernel's step over all rows and tiles of a dense layer. */
  final void launchLearning(Kernel kernel, OptimizerStep step, int layer) {
    int groups = (layers[layer].rows() + shape.learningRows() - 1) / shape.learningRows();
    launchLearning(kernel, step, layer, groups);
  }

  /** The same over so many groups a tile. */
  final void launchLearning(Kernel kernel, OptimizerStep step, int layer, int groups) {
    if (signals[layer] != null) {
      signals[layer].learnHead(step);
    }
    table.step(layer, step);
    kernel.launch(groups, layers[layer].layout.tiles(), 1);
  }

  @Override
  public final Counters takeCounters() {
    return counters.take();
  }

  @Override
  public final float[] readOutputs() {
    int classes = network.classes();
    int stride = layers[layers.length - 1].unitStride;
    float[] padded = new float[count * stride];
    outputs.read(padded);
    float[] y = new float[count * classes];
    for (int sample = 0; sample < count; sample++) {
      System.arraycopy(padded, sample * stride, y, sample * classes, classes);
    }
    return y;
  }

  @Override
  public final float[] readGate(int layer) {
    if (gates[layer] == null) {
      return null;
    }
    float[] gate = new float[layers[layer].units];
    gates[layer].read(gate);
    return gate;
  }

  /** Closes a network that could not be placed, because of {@code cause}. */
  final void closeAfter(RuntimeException cause) {
    OwnedResources.closeAfter(cause, owned);
  }

  @Override
  public final void close() {
    kernels.clear();
    try {
      device.queue().send();
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
    owned.close();
  }
}
