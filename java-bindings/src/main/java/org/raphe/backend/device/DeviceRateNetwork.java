package org.raphe.backend.device;

import java.nio.ByteBuffer;
import org.raphe.backend.Placement;
import org.raphe.learning.OptimizerStep;
import org.raphe.learning.ReadoutLoss;
import org.raphe.learning.SignalGain;
import org.raphe.network.Convolution;
import org.raphe.network.Layer;

/** A network of rate units on a device. Samples take the place of a spiking network's steps. */
class DeviceRateNetwork extends DeviceNetwork {
  /** [0] is the input, [layer+1] what layer emits: [sample][stride]; the read-out's are outputs. */
  final DeviceMemory[] values;

  /** [layer] what a pooled layer's units emit: [sample][stride]; null of others. */
  private final DeviceMemory[] unpooled;

  /** [layer] null where it is dense. */
  private final DeviceRateConvolution[] convolutions;

  private final int columns;

  /** Places the network; the caller closes it. */
  public DeviceRateNetwork(KernelDevice device, Placement placement) {
    super(device, placement, placement.batch());
    columns = shape.sampleColumns(placement.batch());
    values = new DeviceMemory[layers.length];
    unpooled = new DeviceMemory[layers.length];
    convolutions = new DeviceRateConvolution[layers.length];
    try {
      for (int layer = 0; layer < layers.length; layer++) {
        long numbers = (long) placement.batch() * layers[layer].inputStride;
        values[layer] = floats("inputs of layer " + (layer + 1), numbers);
        placeConvolution(layer);
      }
    } catch (RuntimeException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void placeConvolution(int layer) {
    Layer shape = network.layers().get(layer);
    if (shape.pooled()) {
      long numbers = (long) placement.batch() * layers[layer].unitStride;
      unpooled[layer] = floats("units of layer " + (layer + 1), numbers);
    }
    if (shape.convolution().isPresent()) {
      convolutions[layer] = new DeviceRateConvolution(this, layer);
    }
  }

  /** What a layer's units emit, before any pooling. */
  DeviceMemory emitted(int layer) {
    return unpooled[layer] == null ? values[layer + 1] : unpooled[layer];
  }

  @Override
  ConvolutionSizes convolution(Convolution form) {
    return new ConvolutionSizes(
        form, DeviceRateConvolution.GROUP_SITES, shape.convolutionTaps(form.kernel()));
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
    return InputChunk.of(device, kernel, with, inputs, this::room);
  }

  /** Bytes of a chunk's room: x, numbers of inputs. */
  private int room(int chunk) {
    return Float.BYTES * chunk * (columns + 1);
  }

  /** The number of the hidden layers' activation in hidden_layer_rate.kernel. */
  int activation() {
    return switch (network.activation()) {
      case TANH -> 1;
      case RELU -> 2;
      case LOGISTIC -> 3;
    };
  }

  @Override
  public void hiddenLayer(int layer, boolean credit) {
    if (convolutions[layer] != null) {
      if (layer == 0) {
        order
            .bind(kernel("read " + samples.pixels, this::readingKernel))
            .bind("features", samples.features)
            .launch(count, 1, 1);
      }
      convolutions[layer].forward(credit);
      return;
    }
    Kernel kernel = kernel("hidden " + layer + " " + samples.pixels, () -> hiddenKernel(layer));
    bindSamples(kernel)
        .bind("features", samples.features)
        .bind("credit", credit ? 1 : 0)
        .launch(hiddenGroups(layer, count), 1, 1);
  }

  private Kernel readingKernel() {
    int group = shape.readoutGroup();
    KernelSettings with =
        settings().with("STEPS", 1).with("PIXELS", samples.pixels).with("GROUP", group);
    return batchKernel("read_features", with, group, 1)
        .bind("inputs", layers[0].inputs)
        .bind("input_stride", layers[0].inputStride)
        .bind("values_in", values[0]);
  }

  private Kernel hiddenKernel(int layer) {
    KernelSettings with = layerSettings(layer, shape.group());
    InputChunk chunk = chunk("hidden_layer_rate", with, layers[layer].inputs);
    Kernel kernel = batchKernel("hidden_layer_rate", chunk.settings(), shape.group(), 1);
    return bindForward(kernel, layer, chunk.size())
        .bind("values_in", values[layer])
        .bind("activation", activation())
        .bind("gates", gates[layer])
        .bind("signals", classSignals(layer))
        .bind("values_out", values[layer + 1])
        .room(room(chunk.size()));
  }

  @Override
  public void readout(boolean credit) {
    Kernel kernel = kernel("readout", () -> readoutKernel(layers.length - 1));
    bindSamples(kernel)
        .bind("credit", credit ? 1 : 0)
        .launch((count + columns - 1) / columns, 1, 1);
  }

  private Kernel readoutKernel(int layer) {
    int group = shape.readoutGroup();
    KernelSettings with =
        layerSettings(layer, group)
            .with("ITEM_COLUMNS", shape.itemColumns(columns))
            .with("DOUBLES", device.hasDoubles());
    InputChunk chunk = chunk("readout_rate", with, layers[layer].inputs);
    return bindForward(batchKernel("readout_rate", chunk.settings(), group, 1), layer, chunk.size())
        .bind("values_in", values[layer])
        .bind("outputs", outputs)
        .bind("errors", errors)
        .bind("gains", gains)
        .bind("loss", loss())
        .room(room(chunk.size()));
  }

  private ByteBuffer loss() {
    ReadoutLoss given = placement.learning().loss();
    ByteBuffer loss = Kernel.struct(3);
    loss.putInt(given.kind() == ReadoutLoss.Kind.CROSS_ENTROPY ? 1 : 0);
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
    Kernel kernel =
        batchKernel("learn_rate", learningSettings(), shape.tileItems(), shape.learningRows());
    return bindLearning(kernel, layer).bind("values", values[layer]);
  }

  @Override
  void bindEmitted(Kernel kernel, int layer, boolean handedOn) {
    kernel
        .bind("trains", (DeviceMemory) null)
        .bind("levels", (DeviceMemory) null)
        .bind("values", handedOn ? values[layer + 1] : emitted(layer));
  }

  @Override
  public float[] readActivity(int layer) {
    int units = layers[layer].units;
    int stride = layers[layer + 1].inputStride;
    float[] padded = new float[count * stride];
    values[layer + 1].read(padded);
    float[] activity = new float[count * units];
    for (int sample = 0; sample < count; sample++) {
      System.arraycopy(padded, sample * stride, activity, sample * units, units);
    }
    return activity;
  }

  @Override
  public int[] readSpikeTrains(int layer) {
    throw new IllegalStateException("rate units emit no spikes");
  }
}
