package org.raphe.backend.device;

import java.nio.ByteBuffer;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Convolution;
import org.raphe.network.Layer;
import org.raphe.random.Philox;
import org.raphe.rule.Trace;

/** A network of LIF units on a device. */
final class DeviceSpikingNetwork extends DeviceNetwork {
  private static final int PIXEL_VALUES = 256;

  private final int steps;
  private final int words;

  /** [0] is the input, [layer+1] what layer hands on: [sample][word][stride]. */
  final DeviceMemory[] trains;

  /** The counts of trains that are those of pools, [sample][word][2][stride]; null of others. */
  final DeviceMemory[] levels;

  /** [layer] what a pooled layer's units emit: [sample][word][stride]; null of others. */
  private final DeviceMemory[] unpooled;

  /** [layer] steps that are alive, [tile][sample][site][word]; null where all are. */
  final DeviceMemory[] alive;

  /** [layer] null where it is dense. */
  private final DeviceSpikingConvolution[] convolutions;

  /** [layer] slopes of the logistic currents, as credits; null where no kernel keeps them. */
  private final DeviceMemory[] slopes;

  /** [256] a draw below it is a spike of a pixel of that value; continual: of the batch at hand. */
  private final DeviceMemory thresholds;

  private boolean drawn;
  private int stream;

  /** Places the network; the caller closes it. */
  public DeviceSpikingNetwork(KernelDevice device, Placement placement) {
    super(device, placement, (long) placement.batch() * placement.steps());
    steps = placement.steps();
    words = (steps + 31) / 32;
    trains = new DeviceMemory[layers.length + 1];
    levels = new DeviceMemory[layers.length + 1];
    unpooled = new DeviceMemory[layers.length];
    convolutions = new DeviceSpikingConvolution[layers.length];
    alive = new DeviceMemory[layers.length];
    slopes = new DeviceMemory[layers.length];
    try {
      thresholds = ints("thresholds of pixels", PIXEL_VALUES);
      if (!continual) {
        thresholds.write(pixelThresholds(placement.inputScale()));
      }
      trains[0] = trainsOf("input", layers[0].inputStride);
      for (int layer = 0; layer < layers.length; layer++) {
        placeLayer(layer);
      }
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void placeLayer(int layer) {
    Layer shape = network.layers().get(layer);
    DeviceLayer placed = layers[layer];
    String name = "layer " + (layer + 1);
    trains[layer + 1] = trainsOf(name, placed.outputStride);
    if (shape.pooled()) {
      unpooled[layer] = trainsOf("units of " + name, placed.unitStride);
      levels[layer + 1] = trainsOf("pools of " + name, 2L * placed.outputStride);
    }
    if (!network.isReadout(layer)) {
      long places = (long) placement.batch() * placed.sites * words;
      alive[layer] = floats("living steps of " + name, placed.layout.tiles() * places);
    }
    if (keepsSlopes(layer)) {
      slopes[layer] = floats("slopes of " + name, credits[layer].bytes() / Float.BYTES);
    }
    if (shape.convolution().isPresent()) {
      convolutions[layer] = new DeviceSpikingConvolution(this, layer);
    }
  }

  /** What a layer's units emit, before any pooling. */
  DeviceMemory emitted(int layer) {
    return unpooled[layer] == null ? trains[layer + 1] : unpooled[layer];
  }

  @Override
  ConvolutionSizes convolution(Convolution form) {
    return new ConvolutionSizes(
        form, DeviceSpikingConvolution.GROUP_SITES, shape.convolutionTaps(form.kernel()));
  }

  /** Whether the slopes of a layer stand in memory until its credits are made. */
  private boolean keepsSlopes(int layer) {
    boolean inMemory = network.isReadout(layer) || !shape.oneBlock(steps);
    return continual && inMemory && credits[layer] != null;
  }

  /** floor(p 2^24) of each pixel value, p = (value / 255) / scale within [0, 1]. */
  private static int[] pixelThresholds(float scale) {
    int[] thresholds = new int[PIXEL_VALUES];
    for (int pixel = 0; pixel < PIXEL_VALUES; pixel++) {
      thresholds[pixel] = Philox.threshold(pixel / 255f / scale);
    }
    return thresholds;
  }

  @Override
  DeviceMemory thresholds() {
    return thresholds;
  }

  private DeviceMemory trainsOf(String what, long stride) {
    return floats("spikes of " + what, placement.batch() * words * stride);
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
  private KernelSettings windowSettings(SpikeRoom room) {
    return stepSettings()
        .with("COLUMNS", room.columns())
        .with("ONE_BLOCK", shape.oneBlock(steps))
        .with("GROUP", room.group());
  }

  private DeviceMemory inputGate(int layer) {
    return layer == 0 ? null : gates[layer - 1];
  }

  @Override
  public void hiddenLayer(int layer, boolean credit) {
    if (convolutions[layer] != null) {
      if (layer == 0 && drawn) {
        table.stream(stream);
        order
            .bind(kernel("draw " + samples.pixels, this::drawingKernel))
            .bind("features", samples.features)
            .launch(count, 1, 1);
      }
      convolutions[layer].forward(credit);
      return;
    }
    boolean draws = layer == 0 && drawn;
    String key = "hidden " + layer + " " + draws + " " + samples.pixels;
    Kernel kernel = kernel(key, () -> hiddenKernel(layer, draws));
    if (draws) {
      table.stream(stream);
    }
    bindSamples(kernel)
        .bind("features", samples.features)
        .bind("credit", credit ? 1 : 0)
        .launch(hiddenGroups(layer, count), 1, 1);
  }

  private Kernel drawingKernel() {
    KernelSettings with =
        stepSettings().with("PIXELS", samples.pixels).with("GROUP", shape.readoutGroup());
    return batchKernel("draw_spikes", with, shape.readoutGroup(), 1)
        .bind("inputs", layers[0].inputs)
        .bind("input_stride", layers[0].inputStride)
        .bind("source", spikeSource())
        .bind("thresholds", thresholds)
        .bind("trains_in", trains[0]);
  }

  private Kernel hiddenKernel(int layer, boolean draws) {
    SpikeRoom room = SpikeRoom.hidden(shape, steps);
    KernelSettings with =
        windowSettings(room)
            .with("LANES", shape.spikingLanes())
            .with("DRAWN", draws)
            .with("COUNTED", levels[layer] != null)
            .with("PIXELS", samples.pixels);
    InputChunk chunk =
        InputChunk.of(device, "hidden_layer_spiking", with, layers[layer].inputs, room::bytes);
    Kernel kernel = batchKernel("hidden_layer_spiking", chunk.settings(), room.group(), 1);
    return bindForward(kernel, layer, chunk.size())
        .bind("source", spikeSource())
        .bind("thresholds", thresholds)
        .bind("range", continual ? opening.range : null)
        .bind("trains_in", trains[layer])
        .bind("levels_in", levels[layer])
        .bind("input_gate", inputGate(layer))
        .bind("gates", gates[layer])
        .bind("traces", placement.learning().rule().trace() == Trace.MEMBRANE ? 1 : 0)
        .bind("signals", classSignals(layer))
        .bind("trains_out", trains[layer + 1])
        .bind("slopes", slopes[layer])
        .bind("alive", alive[layer])
        .room(room.bytes(chunk.size()));
  }

  private ByteBuffer spikeSource() {
    ByteBuffer source = Kernel.struct(3);
    source.putInt((int) placement.seed());
    source.putInt((int) (placement.seed() >>> 32));
    source.putFloat(placement.inputScale());
    return source.flip();
  }

  @Override
  public void readout(boolean credit) {
    Kernel kernel = kernel("readout", () -> readoutKernel(layers.length - 1));
    bindSamples(kernel).bind("credit", credit ? 1 : 0).launch(count, 1, 1);
  }

  private Kernel readoutKernel(int layer) {
    SpikeRoom room = SpikeRoom.readout(shape, steps, continual, levels[layer] != null);
    KernelSettings with =
        windowSettings(room)
            .with("COUNTED", levels[layer] != null)
            .with("ITEM_COLUMNS", shape.itemColumns(room.columns()))
            .with("DOUBLES", device.hasDoubles());
    InputChunk chunk =
        InputChunk.of(device, "readout_spiking", with, layers[layer].inputs, room::bytes);
    Kernel kernel = batchKernel("readout_spiking", chunk.settings(), room.group(), 1);
    return bindForward(kernel, layer, chunk.size())
        .bind("trains_in", trains[layer])
        .bind("levels_in", levels[layer])
        .bind("input_gate", inputGate(layer))
        .bind("trains_out", trains[layer + 1])
        .bind("outputs", outputs)
        .bind("errors", errors)
        .bind("gains", gains)
        .bind("slopes", slopes[layer])
        .bind("loss", loss())
        .room(room.bytes(chunk.size()));
  }

  private ByteBuffer loss() {
    ReadoutLoss given = placement.learning().loss();
    ByteBuffer loss = Kernel.struct(5);
    loss.putInt(given.kind() == ReadoutLoss.Kind.CROSS_ENTROPY ? 1 : 0);
    loss.putInt(given.kind() == ReadoutLoss.Kind.LAST_STEP ? 1 : 0);
    loss.putInt(given.credit() == ReadoutLoss.Credit.DIRECT ? 1 : 0);
    loss.putInt(placement.learning().gain() == SignalGain.SURPRISE ? 1 : 0);
    loss.putFloat(given.scale());
    return loss.flip();
  }

  @Override
  public void learn(int layer, OptimizerStep step) {
    if (convolutions[layer] != null) {
      convolutions[layer].learn(step);
      return;
    }
    launchLearning(kernel("learn " + layer, () -> learningKernel(layer)), step, layer);
  }

  private Kernel learningKernel(int layer) {
    boolean unanswered =
        answers(layer) == null && network.isReadout(layer) && levels[layer] == null;
    LearningRoom room =
        LearningRoom.of(
            shape,
            device.launchLimits(),
            steps,
            unanswered ? layers[layer].units : Integer.MAX_VALUE);
    KernelSettings with =
        learningSettings()
            .with("STEPS", steps)
            .with("STAGED", room.staged())
            .with("COUNTED", levels[layer] != null);
    Kernel kernel = batchKernel("learn_spiking", with, shape.tileItems(), shape.learningRows());
    return bindLearning(kernel, layer)
        .bind("trains", trains[layer])
        .bind("levels", levels[layer])
        .bind("input_gate", inputGate(layer))
        .bind("alive", alive[layer])
        .room(room.bytes());
  }

  @Override
  void bindEmitted(Kernel kernel, int layer, boolean handedOn) {
    kernel
        .bind("trains", handedOn ? trains[layer + 1] : emitted(layer))
        .bind("levels", handedOn ? levels[layer + 1] : null)
        .bind("values", (DeviceMemory) null);
  }

  /** Rates over the window: spikes / T. */
  @Override
  public float[] readActivity(int layer) {
    int units = layers[layer].units;
    int[] emitted = readSpikeTrains(layer);
    float[] activity = new float[count * units];
    for (int sample = 0; sample < count; sample++) {
      for (int unit = 0; unit < units; unit++) {
        int spikes = 0;
        for (int word = 0; word < words; word++) {
          spikes += Integer.bitCount(emitted[(sample * words + word) * units + unit]);
        }
        activity[sample * units + unit] = (float) spikes / (float) steps;
      }
    }
    return activity;
  }

  @Override
  public int[] readSpikeTrains(int layer) {
    int units = layers[layer].units;
    int stride = layers[layer].unitStride;
    int[] emitted = new int[count * words * stride];
    emitted(layer).read(emitted);
    int[] copied = new int[count * words * units];
    for (int row = 0; row < count * words; row++) {
      System.arraycopy(emitted, row * stride, copied, row * units, units);
    }
    return copied;
  }
}
