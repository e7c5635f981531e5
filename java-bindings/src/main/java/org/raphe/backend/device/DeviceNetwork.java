package org.raphe.backend.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.raphe.backend.TileLayout;
import org.raphe.data.Samples;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.Parameters;
import org.raphe.neuromodulation.Expectation;
import org.raphe.neuromodulation.Innervation;
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

  /** [layer] K x unitStride; null where the layer has no class signal. */
  final DeviceMemory[] signals;

  /** [layer] B or Q transposed, K x unitStride; null where the rule has none. */
  private final DeviceMemory[] feedback;

  /** [layer] null where the layer has no head that learns. */
  private final DeviceHead[] heads;

  /** [layer] signals [sample][unitStride] of a rule that answers to outputs; else null. */
  final DeviceMemory[] answers;

  /** [layer] unitStride; null without a gate. */
  final DeviceMemory[] gates;

  /** [sample][unitStride] of the read-out: outputs y, and its signals G. */
  final DeviceMemory outputs;

  final DeviceMemory errors;

  /** [sample]; null where the gain is 1. */
  final DeviceMemory gains;

  final BatchOrder order;
  final BatchTable table;

  /** Smallest and largest feature of the batch, and its mean input; null in classification. */
  final DeviceMemory range;

  final DeviceCounters counters;
  DeviceSamples samples;
  int count;

  private final DeviceMemory mean;
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
    signals = new DeviceMemory[depth];
    gates = new DeviceMemory[depth];
    feedback = new DeviceMemory[depth];
    heads = new DeviceHead[depth];
    answers = new DeviceMemory[depth];
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
      range = continual ? floats("range of the batch", 2) : null;
      mean = continual ? floats("mean of the batch", network.input().size()) : null;
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void placeLayer(int layer, long creditsAUnit) {
    Layer dense = network.layers().get(layer);
    boolean readout = network.isReadout(layer);
    boolean credited = signal.isCredited();
    boolean descends = placement.learning().rule().descends();
    layers[layer] = own(new DeviceLayer(device, dense, layer));
    int stride = layers[layer].unitStride;
    if (readout ? descends : credited) {
      credits[layer] = floats("credits of layer " + (layer + 1), creditsAUnit * stride);
    }
    if (!readout && credited) {
      signals[layer] = floats("signals of layer " + (layer + 1), (long) network.classes() * stride);
      drawSignals(layer);
    }
    if (!readout && signal instanceof Signal.OfOutputs answering) {
      feedback[layer] =
          floats("feedback to layer " + (layer + 1), (long) network.classes() * stride);
      feedback[layer].write(
          layers[layer].layout.padRows(
              answering.feedback(network, layer, placement.seed()), network.classes()));
      answers[layer] = floats("answers to layer " + (layer + 1), (long) placement.batch() * stride);
      placeHead(layer);
    }
    if (!readout && continual) {
      gates[layer] = floats("gates of layer " + (layer + 1), stride);
    }
    counters.addLayer(
        device, readout ? placement.batch() : hiddenSlots(layer, placement.batch()), readout);
  }

  private void placeHead(int layer) {
    if (signal instanceof Signal.HeadError error && error.learned()) {
      int classStride = new TileLayout(1, network.classes(), LaunchShape.TILE).paddedUnits();
      heads[layer] =
          new DeviceHead(
              this, Signal.HeadError.head(network, layer), layer, placement.batch(), classStride);
    }
  }

  /** Slots of a hidden layer's counters: the most work-groups of a kernel that counts for it. */
  int hiddenSlots(int layer, int size) {
    return hiddenGroups(layer, size);
  }

  /** Work-groups of a hidden layer's kernel for a batch of {@code size} samples. */
  abstract int hiddenGroups(int layer, int size);

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

  /** Room for a struct of {@code fields} numbers. */
  static ByteBuffer struct(int fields) {
    return ByteBuffer.allocateDirect(Float.BYTES * fields).order(ByteOrder.nativeOrder());
  }

  /** Levels are modulated on the device; other tables are what the host has drawn. */
  private void drawSignals(int layer) {
    if (signal instanceof Signal.Broadcast broadcast) {
      modulate(broadcast, layer);
    } else if (signal instanceof Signal.OfClass known) {
      writeClassSignals(layer, known.table(network, layer, placement.seed()));
    } else {
      writeClassSignals(layer, Signal.ones(network, layer));
    }
  }

  private void modulate(Signal.Broadcast broadcast, int layer) {
    int units = layers[layer].units;
    int classes = network.classes();
    Expectation expectation = new Expectation(classes);
    Innervation innervation = broadcast.innervation(network, layer, placement.seed());
    int[] rows = new int[classes];
    Arrays.setAll(rows, expectation::lowerRow);
    try (DeviceMemory matrix =
            device.allocate("innervation", (long) Float.BYTES * expectation.rows() * units);
        DeviceMemory lowerRows = device.allocate("rows of classes", Integer.BYTES * classes);
        Kernel modulate = device.kernel("modulate", settings(), 1, 1)) {
      matrix.write(innervation.matrix());
      lowerRows.write(rows);
      modulate
          .bind("units", units)
          .bind("unit_stride", layers[layer].unitStride)
          .bind("innervation", matrix)
          .bind("rows", lowerRows)
          .bind("lambda", broadcast.curve().lambda())
          .bind("theta_max", broadcast.curve().thetaMax())
          .bind("signals", signals[layer])
          .launch(units, classes, 1);
      device.finish();
    }
  }

  @Override
  public final void writeClassSignals(int layer, float[] given) {
    signals[layer].write(layers[layer].layout.padRows(given, network.classes()));
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
    for (DeviceHead head : heads) {
      state = head == null ? state : state.and(head.state());
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
      if (heads[layer] != null) {
        heads[layer].write(state.tensors());
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
        openGate(layer);
      }
    }
  }

  /** Thresholds below which a pixel of each value spikes; null where no spikes are drawn. */
  DeviceMemory thresholds() {
    return null;
  }

  private void openGate(int layer) {
    Kernel kernel =
        kernel("open_gate " + layer + " " + samples.pixels, () -> gateKernel(layer))
            .bind("features", samples.features);
    order.bind(kernel).launch(1, 1, 1);
  }

  private Kernel gateKernel(int layer) {
    int group = shape.gateGroup();
    KernelSettings with = settings().with("PIXELS", samples.pixels).with("GROUP", group);
    return batchKernel("open_gate", with, group, 1)
        .bind("inputs", layers[0].inputs)
        .bind("units", layers[layer].units)
        .bind("margin", placement.gateMargin())
        .bind("mean", mean)
        .bind("gates", gates[layer])
        .bind("range", range)
        .bind("thresholds", thresholds());
  }

  /** The error's factor, computed in double and rounded once. */
  private float errorFactor() {
    ReadoutLoss loss = placement.learning().loss();
    return loss.factor(count, network.classes(), placement.steps());
  }

  @Override
  public final void answer(int layer) {
    Kernel kernel = kernel("answer " + layer, () -> answerKernel(layer));
    bindSamples(kernel).launch(count, 1, 1);
  }

  private Kernel answerKernel(int layer) {
    DeviceHead head = heads[layer];
    int group = shape.readoutGroup();
    KernelSettings with =
        settings()
            .with("STEPS", placement.steps())
            .with("GROUP", group)
            .with("DOUBLES", device.hasDoubles());
    Kernel kernel =
        batchKernel("answer", with, group, 1)
            .bind("kind", kindOf((Signal.OfOutputs) signal))
            .bind("sharpness", signal instanceof Signal.HeadError error ? error.sharpness() : 1f)
            .bind("biased", head == null ? 0 : 1)
            .bind("units", layers[layer].units)
            .bind("unit_stride", layers[layer].unitStride)
            .bind("classes", network.classes())
            .bind("class_stride", layers[layers.length - 1].unitStride)
            .bind("outputs", outputs)
            .bind("feedback", head == null ? feedback[layer] : head.weights)
            .bind("feedback_stride", head == null ? layers[layer].unitStride : head.stride)
            .bind("errors", head == null ? errors : head.errors)
            .bind("answers", answers[layer]);
    bindEmitted(kernel, layer);
    return kernel;
  }

  /** A learned head's step; nothing where the layer has none. */
  final void learnHead(int layer, OptimizerStep step) {
    DeviceHead head = heads[layer];
    if (head == null) {
      return;
    }
    table.step(layer, step);
    int units = shape.readoutGroup() * shape.lanes();
    kernel("learn head " + layer, () -> headKernel(layer, head))
        .launch((head.stride + units - 1) / units, network.classes(), 1);
  }

  private Kernel headKernel(int layer, DeviceHead head) {
    int group = shape.readoutGroup();
    KernelSettings with = settings().with("STEPS", placement.steps()).with("GROUP", group);
    Kernel kernel =
        batchKernel("learn_head", with, group, 1)
            .bind("units", layers[layer].units)
            .bind("unit_stride", layers[layer].unitStride)
            .bind("head_stride", head.stride)
            .bind("errors", head.errors)
            .bind("class_stride", layers[layers.length - 1].unitStride)
            .bind("steps", table.steps())
            .bind("layers", layers.length)
            .bind("layer", layer)
            .bind("weights", head.weights)
            .bind("first_moments", head.firstMoments)
            .bind("second_moments", head.secondMoments);
    bindEmitted(kernel, layer);
    return kernel;
  }

  /** The kernel's number of a signal. */
  private static int kindOf(Signal.OfOutputs signal) {
    if (signal instanceof Signal.FadingReward) {
      return 0;
    }
    return signal instanceof Signal.OutputError ? 1 : 2;
  }

  /** Binds what a hidden layer has emitted: its trains, its values; null for what it has not. */
  abstract void bindEmitted(Kernel kernel, int layer);

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

  /** Binds what a layer is that learns from its credits. */
  final Kernel bindLearning(Kernel kernel, int layer) {
    DeviceLayer placed = layers[layer];
    return kernel
        .bind("inputs", placed.inputs)
        .bind("input_stride", placed.inputStride)
        .bind("units", placed.units)
        .bind("unit_stride", placed.unitStride)
        .bind("rows", rows(placed))
        .bind("steps", table.steps())
        .bind("layers", layers.length)
        .bind("layer", layer)
        .bind("gains", network.isReadout(layer) ? null : gains)
        .bind("credits", credits[layer])
        .bind("answers", answers[layer])
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

  /** Takes a learning kernel's step over all rows and tiles of a layer. */
  final void launchLearning(Kernel kernel, OptimizerStep step, int layer) {
    learnHead(layer, step);
    int groups = (rows(layers[layer]) + shape.learningRows() - 1) / shape.learningRows();
    table.step(layer, step);
    kernel.launch(groups, layers[layer].layout.tiles(), 1);
  }

  /** Rows of weights, biases included. */
  static int rows(DeviceLayer layer) {
    return layer.inputs + (layer.biased ? 1 : 0);
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
