package org.raphe.backend.device;

import java.nio.ByteBuffer;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;

/** A network of LIF units on a device. */
final class DeviceSpikingNetwork extends DeviceNetwork {
  private static final int BATCH = 0;

  private final int steps;
  private final int words;

  /** [0] is the input, [layer+1] what layer emits: [sample][word][stride]. */
  private final DeviceMemory[] trains;

  /** [layer] steps that are alive, [tile][sample][word]; null where all are. */
  private final DeviceMemory[] alive;

  private final ByteBuffer spikeSource = struct(4);
  private final ByteBuffer loss = struct(6);
  private boolean drawn;
  private int stream;

  /** Places the network; the caller closes it. */
  public DeviceSpikingNetwork(KernelDevice device, Placement placement) {
    super(device, placement, (long) placement.batch() * placement.steps());
    steps = placement.steps();
    words = (steps + 31) / 32;
    trains = new DeviceMemory[layers.length + 1];
    alive = new DeviceMemory[layers.length];
    try {
      trains[0] = trainsOf("input", layers[0].inputStride);
      for (int layer = 0; layer < layers.length; layer++) {
        trains[layer + 1] = trainsOf("layer " + (layer + 1), layers[layer].unitStride);
        if (!network.isReadout(layer)) {
          long living = (long) layers[layer].layout.tiles() * placement.batch() * words;
          alive[layer] = floats("living steps of layer " + (layer + 1), living);
        }
      }
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private DeviceMemory trainsOf(String what, int stride) {
    return floats("spikes of " + what, (long) placement.batch() * words * stride);
  }

  @Override
  int hiddenGroups(int layer, int size) {
    return shape.slices(layers[layer].units) * size;
  }

  @Override
  public void drawSpikes(int number) {
    drawn = true;
    stream = number;
  }

  @Override
  public void writeInputSpikes(int[] recorded) {
    int inputs = layers[0].inputs;
    int stride = layers[0].inputStride;
    int[] padded = new int[count * words * stride];
    for (int row = 0; row < count * words; row++) {
      int left = steps - 32 * (row % words);
      int window = left >= 32 ? -1 : (1 << left) - 1;
      for (int input = 0; input < inputs; input++) {
        padded[row * stride + input] = recorded[row * inputs + input] & window;
      }
    }
    trains[0].write(padded);
    drawn = false;
  }

  private KernelSettings stepSettings() {
    return settings().with("STEPS", steps);
  }

  /** Settings of a kernel that integrates a layer. */
  private KernelSettings windowSettings(int group) {
    return stepSettings().with("COLUMNS", shape.stepColumns(steps)).with("GROUP", group);
  }

  /** Inputs that a group lists at a time: ids and spikes, an int each, and x in every column. */
  private InputChunk chunk(String kernel, KernelSettings with, int inputs) {
    int bytesEach = Float.BYTES * (shape.stepColumns(steps) + 2);
    return InputChunk.of(device, kernel, with, inputs, bytesEach);
  }

  /** Adds the room of a chunk: numbers of inputs, their spikes, x. */
  private void addRoom(Kernel kernel, int chunk) {
    kernel.room(Integer.BYTES * chunk);
    kernel.room(Integer.BYTES * chunk);
    kernel.room(Float.BYTES * chunk * shape.stepColumns(steps));
  }

  private DeviceMemory inputGate(int layer) {
    return layer == 0 ? null : gates[layer - 1];
  }

  private static final int SOURCE = 8;
  private static final int INDICES = 12;
  private static final int FEATURES = 9;
  private static final int LABELS = 14;
  private static final int CREDIT = 17;

  @Override
  public void hiddenLayer(int layer, boolean credit) {
    boolean draws = layer == 0 && drawn;
    String key = "hidden " + layer + " " + draws + " " + samples.pixels;
    Kernel kernel = kernel(key, () -> hiddenKernel(layer, draws));
    kernel.set(BATCH, count);
    kernel.set(SOURCE, spikeSource());
    kernel.set(FEATURES, samples.features);
    order.set(kernel, INDICES);
    kernel.set(LABELS, samples.labels);
    kernel.set(CREDIT, credit ? 1 : 0);
    kernel.launch(hiddenGroups(layer, count), 1, 1);
  }

  private Kernel hiddenKernel(int layer, boolean draws) {
    DeviceLayer placed = layers[layer];
    KernelSettings with =
        windowSettings(shape.group()).with("DRAWN", draws).with("PIXELS", samples.pixels);
    InputChunk chunk = chunk("hidden_layer_spiking", with, placed.inputs);
    Kernel kernel = newKernel("hidden_layer_spiking", chunk.settings(), shape.group(), 1);
    addShapes(kernel, count, placed, chunk.size());
    kernel.struct(spikeSource());
    kernel.memory(samples.features);
    kernel.memory(range);
    kernel.memory(trains[layer]);
    order.addTo(kernel);
    kernel.memory(samples.labels);
    kernel.memory(inputGate(layer));
    kernel.memory(gates[layer]);
    kernel.number(0);
    kernel.number(placement.learning().rule().traces() ? 1 : 0);
    kernel.memory(signals[layer]);
    kernel.memory(trains[layer + 1]);
    kernel.memory(credits[layer]);
    kernel.memory(alive[layer]);
    kernel.memory(counters.memory(layer));
    kernel.number(counters.slots(layer));
    addRoom(kernel, chunk.size());
    return kernel;
  }

  private ByteBuffer spikeSource() {
    spikeSource.clear();
    spikeSource.putInt((int) placement.seed());
    spikeSource.putInt((int) (placement.seed() >>> 32));
    spikeSource.putInt(stream);
    spikeSource.putFloat(placement.inputScale());
    return spikeSource.flip();
  }

  private static final int READOUT_INDICES = 10;
  private static final int READOUT_LABELS = 12;
  private static final int READOUT_CREDIT = 13;
  private static final int LOSS = 14;

  @Override
  public void readout(boolean credit) {
    int layer = layers.length - 1;
    Kernel kernel = kernel("readout", () -> readoutKernel(layer));
    kernel.set(BATCH, count);
    order.set(kernel, READOUT_INDICES);
    kernel.set(READOUT_LABELS, samples.labels);
    kernel.set(READOUT_CREDIT, credit ? 1 : 0);
    kernel.set(LOSS, loss());
    kernel.launch(count, 1, 1);
  }

  private Kernel readoutKernel(int layer) {
    DeviceLayer placed = layers[layer];
    int group = shape.readoutGroup();
    KernelSettings with =
        windowSettings(group)
            .with("ITEM_COLUMNS", shape.itemColumns(shape.stepColumns(steps)))
            .with("DOUBLES", device.hasDoubles());
    InputChunk chunk = chunk("readout_spiking", with, placed.inputs);
    Kernel kernel = newKernel("readout_spiking", chunk.settings(), group, 1);
    addShapes(kernel, count, placed, chunk.size());
    kernel.memory(trains[layer]);
    kernel.memory(inputGate(layer));
    order.addTo(kernel);
    kernel.memory(samples.labels);
    kernel.number(0);
    kernel.struct(loss());
    kernel.memory(trains[layer + 1]);
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
    loss.putInt(given.kind() == ReadoutLoss.Kind.LAST_STEP ? 1 : 0);
    loss.putInt(given.credit() == ReadoutLoss.Credit.DIRECT ? 1 : 0);
    loss.putInt(placement.learning().gain() == SignalGain.SURPRISE ? 1 : 0);
    loss.putFloat(given.scale());
    loss.putFloat(errorFactor());
    return loss.flip();
  }

  private static final int STEP = 12;

  @Override
  public void learn(int layer, OptimizerStep step) {
    Kernel kernel = kernel("learn " + layer, () -> learningKernel(layer, step));
    kernel.set(BATCH, count);
    kernel.set(STEP, struct(step));
    launchLearning(kernel, layers[layer]);
  }

  private Kernel learningKernel(int layer, OptimizerStep step) {
    DeviceLayer placed = layers[layer];
    KernelSettings with = learningSettings().with("STEPS", steps);
    Kernel kernel = newKernel("learn_spiking", with, shape.tileItems(), shape.learningRows());
    kernel.number(count);
    kernel.number(placed.inputs);
    kernel.number(placed.inputStride);
    kernel.number(placed.units);
    kernel.number(rows(placed));
    kernel.memory(trains[layer]);
    kernel.memory(inputGate(layer));
    kernel.memory(gain(layer));
    kernel.memory(credits[layer]);
    kernel.memory(alive[layer]);
    addAnswers(kernel, layer);
    addLearned(kernel, struct(step), placed);
    return kernel;
  }

  @Override
  void addEmitted(Kernel kernel, int layer) {
    kernel.memory(trains[layer + 1]);
    kernel.memory(null);
  }

  @Override
  public int[] readSpikeCounts(int layer) {
    int units = layers[layer].units;
    int stride = layers[layer].unitStride;
    int[] emitted = new int[count * words * stride];
    trains[layer + 1].read(emitted);
    int[] counts = new int[count * units];
    for (int row = 0; row < count * words; row++) {
      for (int unit = 0; unit < units; unit++) {
        counts[row / words * units + unit] += Integer.bitCount(emitted[row * stride + unit]);
      }
    }
    return counts;
  }
}
