package org.raphe.backend.device;

import java.nio.ByteBuffer;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;

/** A network of rate units on a device. Samples take the place of a spiking network's steps. */
class DeviceRateNetwork extends DeviceNetwork {
  static final int BATCH = 0;

  /** [0] is the input, [layer+1] what layer emits: [sample][stride]; the read-out's are outputs. */
  final DeviceMemory[] values;

  private final ByteBuffer loss = struct(4);
  private final int columns;

  /** Places the network; the caller closes it. */
  public DeviceRateNetwork(KernelDevice device, Placement placement) {
    super(device, placement, placement.batch());
    columns = shape.sampleColumns(placement.batch());
    values = new DeviceMemory[layers.length];
    try {
      for (int layer = 0; layer < layers.length; layer++) {
        long numbers = (long) placement.batch() * layers[layer].inputStride;
        values[layer] = floats("inputs of layer " + (layer + 1), numbers);
      }
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  @Override
  int hiddenGroups(int layer, int size) {
    int width = shape.sampleColumns(placement.batch());
    return shape.slices(layers[layer].units) * ((size + width - 1) / width);
  }

  @Override
  public void drawSpikes(int stream) {
    throw new IllegalStateException("rate units draw no spikes");
  }

  @Override
  public void writeInputSpikes(int[] trains) {
    throw new IllegalStateException("rate units take no spikes");
  }

  /** Settings of a kernel that integrates a layer; rate units have one step. */
  private KernelSettings layerSettings(int layer, int group) {
    return settings()
        .with("STEPS", 1)
        .with("COLUMNS", columns)
        .with("GROUP", group)
        .with("SAMPLED", layer == 0)
        .with("PIXELS", layer == 0 && samples.pixels);
  }

  /** Inputs that a group lists at a time: an id, and x in every column. */
  private InputChunk chunk(String kernel, KernelSettings with, int inputs) {
    return InputChunk.of(device, kernel, with, inputs, Float.BYTES * (columns + 1));
  }

  private void addRoom(Kernel kernel, int chunk) {
    kernel.room(Integer.BYTES * chunk);
    kernel.room(Float.BYTES * chunk * columns);
  }

  private static final int INDICES = 10;
  private static final int FEATURES = 8;
  private static final int LABELS = 12;
  private static final int CREDIT = 15;

  /** Whether hidden layers hand on their currents as they are. */
  boolean linear() {
    return false;
  }

  @Override
  public void hiddenLayer(int layer, boolean credit) {
    Kernel kernel = kernel("hidden " + layer + " " + samples.pixels, () -> hiddenKernel(layer));
    kernel.set(BATCH, count);
    kernel.set(FEATURES, samples.features);
    order.set(kernel, INDICES);
    kernel.set(LABELS, samples.labels);
    kernel.set(CREDIT, credit ? 1 : 0);
    kernel.launch(hiddenGroups(layer, count), 1, 1);
  }

  private Kernel hiddenKernel(int layer) {
    DeviceLayer placed = layers[layer];
    KernelSettings with = layerSettings(layer, shape.group());
    InputChunk chunk = chunk("hidden_layer_rate", with, placed.inputs);
    Kernel kernel = newKernel("hidden_layer_rate", chunk.settings(), shape.group(), 1);
    addShapes(kernel, count, placed, chunk.size());
    kernel.memory(samples.features);
    kernel.memory(values[layer]);
    order.addTo(kernel);
    kernel.memory(samples.labels);
    kernel.number(linear() ? 1 : 0);
    kernel.memory(gates[layer]);
    kernel.number(0);
    kernel.memory(signals[layer]);
    kernel.memory(values[layer + 1]);
    kernel.memory(credits[layer]);
    kernel.memory(counters.memory(layer));
    kernel.number(counters.slots(layer));
    addRoom(kernel, chunk.size());
    return kernel;
  }

  private static final int READOUT_INDICES = 9;
  private static final int READOUT_LABELS = 11;
  private static final int READOUT_CREDIT = 12;
  private static final int LOSS = 13;

  @Override
  public void readout(boolean credit) {
    int layer = layers.length - 1;
    Kernel kernel = kernel("readout", () -> readoutKernel(layer));
    kernel.set(BATCH, count);
    order.set(kernel, READOUT_INDICES);
    kernel.set(READOUT_LABELS, samples.labels);
    kernel.set(READOUT_CREDIT, credit ? 1 : 0);
    kernel.set(LOSS, loss());
    kernel.launch((count + columns - 1) / columns, 1, 1);
  }

  private Kernel readoutKernel(int layer) {
    DeviceLayer placed = layers[layer];
    int group = shape.readoutGroup();
    KernelSettings with =
        layerSettings(layer, group)
            .with("ITEM_COLUMNS", shape.itemColumns(columns))
            .with("DOUBLES", device.hasDoubles());
    InputChunk chunk = chunk("readout_rate", with, placed.inputs);
    Kernel kernel = newKernel("readout_rate", chunk.settings(), group, 1);
    addShapes(kernel, count, placed, chunk.size());
    kernel.memory(values[layer]);
    order.addTo(kernel);
    kernel.memory(samples.labels);
    kernel.number(0);
    kernel.struct(loss());
    kernel.memory(outputs);
    kernel.memory(errors);
    kernel.memory(gains);
    kernel.memory(credits[layer]);
    kernel.memory(counters.memory(layer));
    kernel.number(counters.slots(layer));
    addRoom(kernel, chunk.size());
    return kernel;
  }

  private ByteBuffer loss() {
    ReadoutLoss given = placement.learning().loss();
    loss.clear();
    loss.putInt(given.kind() == ReadoutLoss.Kind.CROSS_ENTROPY ? 1 : 0);
    loss.putInt(placement.learning().gain() == SignalGain.SURPRISE ? 1 : 0);
    loss.putFloat(given.scale());
    loss.putFloat(errorFactor());
    return loss.flip();
  }

  private static final int STEP = 10;

  @Override
  public void learn(int layer, OptimizerStep step) {
    Kernel kernel = kernel("learn " + layer, () -> learningKernel(layer, step));
    kernel.set(BATCH, count);
    kernel.set(STEP, struct(step));
    launchLearning(kernel, layers[layer]);
  }

  private Kernel learningKernel(int layer, OptimizerStep step) {
    DeviceLayer placed = layers[layer];
    Kernel kernel =
        newKernel("learn_rate", learningSettings(), shape.tileItems(), shape.learningRows());
    kernel.number(count);
    kernel.number(placed.inputs);
    kernel.number(placed.inputStride);
    kernel.number(placed.units);
    kernel.number(rows(placed));
    kernel.memory(values[layer]);
    kernel.memory(gain(layer));
    kernel.memory(credits[layer]);
    addAnswers(kernel, layer);
    addLearned(kernel, struct(step), placed);
    return kernel;
  }

  @Override
  void addEmitted(Kernel kernel, int layer) {
    kernel.memory(null);
    kernel.memory(values[layer + 1]);
  }

  @Override
  public int[] readSpikeCounts(int layer) {
    throw new IllegalStateException("rate units emit no spikes");
  }
}
