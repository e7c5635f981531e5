package org.raphe.backend.device;

import java.util.Arrays;
import org.raphe.backend.NetworkState;
import org.raphe.backend.TileLayout;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.Layer;
import org.raphe.network.NetworkSpec;
import org.raphe.neuromodulation.Expectation;
import org.raphe.neuromodulation.Innervation;
import org.raphe.rule.Signal;
import org.raphe.tensor.NamedTensors;

/**
 * What reaches a hidden layer's units on a device: the signals of its rule, {@link Signal}. The
 * network that asks for it owns its memory.
 */
final class DeviceSignals {
  private final DeviceNetwork network;
  private final NetworkSpec spec;
  private final Signal signal;
  private final int layer;
  private final DeviceLayer own;

  /** Signals that classes decide, K x unitStride; 1 where outputs do. */
  final DeviceMemory ofClasses;

  /** Signals that outputs decide, [sample][stride]; else null. */
  final DeviceMemory answers;

  /** Signals that outputs decide: one a unit, or one a number that the layer hands on. */
  private final int width;

  /** The same rounded up to tiles. */
  final int stride;

  /** Whether these are of what the layer hands on. */
  final boolean judged;

  /** B or Q transposed, K x unitStride; null where there is none, or a head learns it. */
  private final DeviceMemory feedback;

  /** Null where the layer has no head that learns. */
  private final DeviceHead head;

  DeviceSignals(DeviceNetwork network, int layer) {
    this.network = network;
    this.layer = layer;
    spec = network.network;
    signal = network.signal;
    own = network.layers[layer];
    long batch = network.placement.batch();
    String name = "layer " + (layer + 1);
    ofClasses = network.floats("signals of " + name, (long) spec.classes() * own.unitStride);
    draw();
    boolean answering = signal instanceof Signal.OfOutputs;
    judged = answering && ((Signal.OfOutputs) signal).judgesOutputs();
    Layer shape = spec.layers().get(layer);
    width = judged ? shape.outputs() : shape.units();
    stride = DeviceLayer.padded(width);
    answers = answering ? network.floats("answers to " + name, batch * stride) : null;
    head = head();
    feedback =
        answering && head == null
            ? network.floats("feedback to " + name, (long) spec.classes() * stride)
            : null;
    if (feedback != null) {
      Signal.OfOutputs outputs = (Signal.OfOutputs) signal;
      feedback.write(padded(outputs.feedback(spec, layer, network.placement.seed()), width));
    }
  }

  private DeviceHead head() {
    if (!(signal instanceof Signal.HeadError error) || !error.learned()) {
      return null;
    }
    int classStride = new TileLayout(1, spec.classes(), LaunchShape.TILE).paddedUnits();
    return new DeviceHead(
        network, Signal.HeadError.head(spec, layer), layer, network.placement.batch(), classStride);
  }

  private float[] padded(float[] table, int numbers) {
    return new TileLayout(1, numbers, LaunchShape.TILE).padRows(table, spec.classes());
  }

  /** Replaces the signals of classes, K x H. */
  void write(float[] given) {
    ofClasses.write(padded(given, own.units));
  }

  /** A state with what the layer's head has learned. */
  NetworkState addState(NetworkState state) {
    return head == null ? state : state.and(head.state());
  }

  void writeState(NamedTensors state) {
    if (head != null) {
      head.write(state);
    }
  }

  /** Levels are modulated on the device; other tables are what the host has drawn. */
  private void draw() {
    if (signal instanceof Signal.Broadcast broadcast) {
      modulate(broadcast);
    } else if (signal instanceof Signal.OfClass known) {
      write(known.table(spec, layer, network.placement.seed()));
    } else {
      write(Signal.ones(spec, layer));
    }
  }

  private void modulate(Signal.Broadcast broadcast) {
    KernelDevice device = network.device;
    int classes = spec.classes();
    Expectation expectation = new Expectation(classes);
    Innervation innervation = broadcast.innervation(spec, layer, network.placement.seed());
    int[] rows = new int[classes];
    Arrays.setAll(rows, expectation::lowerRow);
    try (DeviceMemory matrix =
            device.allocate("innervation", (long) Float.BYTES * expectation.rows() * own.units);
        DeviceMemory lowerRows = device.allocate("rows of classes", Integer.BYTES * classes);
        Kernel modulate = device.kernel("modulate", network.settings(), 1, 1)) {
      matrix.write(innervation.matrix());
      lowerRows.write(rows);
      modulate
          .bind("units", own.units)
          .bind("unit_stride", own.unitStride)
          .bind("innervation", matrix)
          .bind("rows", lowerRows)
          .bind("lambda", broadcast.curve().lambda())
          .bind("theta_max", broadcast.curve().thetaMax())
          .bind("signals", ofClasses)
          .launch(own.units, classes, 1);
      device.finish();
    }
  }

  /** Makes the signals of the batch at hand, whose outputs stand. */
  void answer(int samples) {
    network
        .bindSamples(network.kernel("answer " + layer, this::answerKernel))
        .launch(samples, 1, 1);
  }

  private Kernel answerKernel() {
    int group = network.shape.readoutGroup();
    KernelSettings with =
        network
            .settings()
            .with("STEPS", network.placement.steps())
            .with("GROUP", group)
            .with("DOUBLES", network.device.hasDoubles());
    Kernel kernel =
        network
            .batchKernel("answer", with, group, 1)
            .bind("kind", kindOf((Signal.OfOutputs) signal))
            .bind("sharpness", signal instanceof Signal.HeadError error ? error.sharpness() : 1f)
            .bind("biased", head == null ? 0 : 1)
            .bind("units", width)
            .bind("unit_stride", stride)
            .bind("classes", spec.classes())
            .bind("class_stride", classStride())
            .bind("outputs", network.outputs)
            .bind("feedback", head == null ? feedback : head.weights)
            .bind("feedback_stride", head == null ? stride : head.stride)
            .bind("errors", head == null ? network.errors : head.errors)
            .bind("answers", answers);
    network.bindEmitted(kernel, layer, judged);
    return kernel;
  }

  private int classStride() {
    return network.layers[network.layers.length - 1].unitStride;
  }

  /** The head's step; nothing where the layer has none that learns. */
  void learnHead(OptimizerStep step) {
    if (head == null) {
      return;
    }
    network.table.step(layer, step);
    int units = network.shape.readoutGroup() * network.shape.lanes();
    network
        .kernel("learn head " + layer, this::headKernel)
        .launch((head.stride + units - 1) / units, spec.classes(), 1);
  }

  private Kernel headKernel() {
    int group = network.shape.readoutGroup();
    KernelSettings with =
        network.settings().with("STEPS", network.placement.steps()).with("GROUP", group);
    Kernel kernel =
        network
            .batchKernel("learn_head", with, group, 1)
            .bind("units", width)
            .bind("unit_stride", stride)
            .bind("head_stride", head.stride)
            .bind("errors", head.errors)
            .bind("class_stride", classStride())
            .bind("steps", network.table.steps())
            .bind("layers", network.layers.length)
            .bind("layer", layer)
            .bind("weights", head.weights)
            .bind("first_moments", head.firstMoments)
            .bind("second_moments", head.secondMoments);
    network.bindEmitted(kernel, layer, judged);
    return kernel;
  }

  /** The kernel's number of a signal. */
  private static int kindOf(Signal.OfOutputs signal) {
    if (signal instanceof Signal.FadingReward) {
      return 0;
    }
    return signal instanceof Signal.OutputError ? 1 : 2;
  }
}
