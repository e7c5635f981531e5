package org.raphe.nir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;
import org.raphe.network.Convolution;
import org.raphe.network.Dense;
import org.raphe.network.InputShape;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;

/**
 * A NIR graph as a network: one chain of convolutions, each with LIF units and perhaps a pool of 2
 * x 2, then of dense layers with LIF units. What differs in scale alone, as a threshold, is made
 * Raphe's by scaling weights; what differs otherwise is refused, and the node named.
 */
final class GraphImport {
  private final List<NirGraph.Named> chain;
  private final double dt;
  private final StringBuilder text = new StringBuilder();
  private final List<LayerParameters> layers = new ArrayList<>();

  /** Nodes whose weights were scaled. */
  private final List<String> scaled = new ArrayList<>();

  /** What the next node takes. */
  private InputShape shape;

  /** Whether that is a map still, channels first; else a row in the order of {@link #flattened}. */
  private boolean map;

  /** The map that was flattened, whose order a dense layer's inputs have; null for a vector. */
  private InputShape flattened;

  /** What the outputs of the layer below are multiplied by to be the graph's: 4 after a sum. */
  private float below = 1;

  private int next = 1;

  private GraphImport(NirGraph graph, double dt) {
    chain = graph.chain();
    this.dt = dt;
  }

  /**
   * A network with its parameters.
   *
   * @param scaled names of the nodes whose weights were scaled
   */
  record Network(NetworkSpec spec, Parameters parameters, List<String> scaled) {}

  /**
   * Reads a graph.
   *
   * @param dt length of a step, in the unit of its time constants
   * @throws InputException if it cannot be a network of Raphe; the message names the node
   */
  static Network of(NirGraph graph, double dt) {
    return new GraphImport(graph, dt).network();
  }

  private Network network() {
    begin((NirNode.Input) chain.get(0).node());
    while (next < chain.size() - 1) {
      NirGraph.Named at = chain.get(next++);
      NirNode node = at.node();
      if (node instanceof NirNode.Conv2d convolution) {
        addConvolution(at.name(), convolution);
      } else if (node instanceof NirNode.Affine affine) {
        addDense(at.name(), affine.weight(), affine.bias(), affine.inputs(), affine.outputs());
      } else if (node instanceof NirNode.Linear linear) {
        float[] none = new float[linear.outputs()];
        addDense(at.name(), linear.weight(), none, linear.inputs(), linear.outputs());
      } else if (node instanceof NirNode.Flatten flatten) {
        flatten(at.name(), flatten);
      } else {
        throw refused(at, "stands where a layer's weights are expected");
      }
    }
    NetworkSpec spec = NetworkText.parse(text.toString(), NeuronModel.LIF, Mode.CLASSIFICATION);
    NirNode.Output output = (NirNode.Output) chain.get(chain.size() - 1).node();
    if (!output.shape().equals(List.of(spec.classes()))) {
      throw refused(
          chain.get(chain.size() - 1),
          "has shape " + output.shape() + ", and " + spec.classes() + " units lead to it");
    }
    return new Network(spec, new Parameters(layers), List.copyOf(scaled));
  }

  private void begin(NirNode.Input input) {
    List<Integer> sides = input.shape();
    if (sides.size() == 1) {
      shape = InputShape.vector(sides.get(0));
    } else if (sides.size() == 3) {
      shape = new InputShape(sides.get(1), sides.get(2), sides.get(0));
      map = true;
    } else {
      throw refused(chain.get(0), "has shape " + sides + "; a row or channels, rows, columns");
    }
    text.append(shape);
  }

  private void addConvolution(String name, NirNode.Conv2d node) {
    if (!map) {
      throw refused(name, "Conv2d", "stands on a row; a convolution stands on a map");
    }
    List<Integer> given = node.inputShape();
    if (given != null && !given.equals(List.of(shape.rows(), shape.columns()))) {
      throw refused(name, "Conv2d", "says input_shape " + given + ", and takes " + shape);
    }
    Convolution form = ConvolutionForm.of(name, node, shape);
    NirNode.LIF units = units(name, channelsFirst(form.map()));
    double[] scales = scales(form.channels(), units);
    float[] weights = AxisOrder.fanInLeading(node.weight(), form.fanIn(), form.channels());
    addLayer(form.text(), weights, node.bias(), scales);
    shape = form.outputShape();
    addPool(form);
  }

  private void addPool(Convolution form) {
    NirNode node = chain.get(next).node();
    List<Integer> kernel;
    List<Integer> stride;
    List<Integer> padding;
    if (node instanceof NirNode.AvgPool2d pool) {
      kernel = pool.kernelSize();
      stride = pool.stride();
      padding = pool.padding();
    } else if (node instanceof NirNode.SumPool2d pool) {
      kernel = pool.kernelSize();
      stride = pool.stride();
      padding = pool.padding();
      below = Convolution.POOL * Convolution.POOL;
    } else {
      return;
    }
    NirGraph.Named at = chain.get(next++);
    List<Integer> two = List.of(Convolution.POOL, Convolution.POOL);
    if (!kernel.equals(two) || !stride.equals(two) || !padding.equals(List.of(0, 0))) {
      throw refused(
          at,
          "has windows of "
              + kernel
              + (", stride " + stride)
              + (", padding " + padding)
              + "; pools are 2 x 2, stride 2, without padding");
    }
    Convolution pooled =
        new Convolution(
            form.input(), form.channels(), form.kernel(), form.stride(), form.padding(), true);
    text.setLength(text.length() - form.text().length());
    text.append(pooled.text());
    shape = pooled.outputShape();
  }

  private void flatten(String name, NirNode.Flatten node) {
    int end = node.endDim();
    // Some writers count a dimension of samples before the three.
    boolean whole = node.startDim() == 0 && (end == -1 || end == 2);
    boolean withSamples = node.startDim() == 1 && (end == -1 || end == 3);
    if (!map || !(whole || withSamples)) {
      throw refused(
          name,
          "Flatten",
          "from " + node.startDim() + " to " + end + " does not make a map one row");
    }
    List<Integer> type = node.inputType();
    if (type != null && !type.equals(channelsFirst(shape))) {
      throw refused(name, "Flatten", "says input_type " + type + ", and takes " + shape);
    }
    map = false;
    flattened = shape;
  }

  private void addDense(String name, float[] weight, float[] bias, int inputs, int outputs) {
    if (map) {
      throw refused(name, "Affine", "stands on a map; a Flatten is missing before it");
    }
    if (inputs != shape.size()) {
      throw refused(name, "Affine", "takes " + inputs + " numbers, and is fed " + shape.size());
    }
    if ((long) inputs * outputs > Dense.MAX_WEIGHTS) {
      throw refused(name, "Affine", "is larger than " + Dense.MAX_WEIGHTS + " weights");
    }
    NirNode.LIF units = units(name, List.of(outputs));
    float[] weights = AxisOrder.fanInLeading(weight, inputs, outputs);
    if (flattened != null) {
      weights = AxisOrder.toChannelsLast(weights, flattened, outputs);
      flattened = null;
    }
    addLayer(Integer.toString(outputs), weights, bias, scales(outputs, units));
    shape = InputShape.vector(outputs);
  }

  /** The LIF units that the weights of node {@code name} lead to: the next node. */
  private NirNode.LIF units(String name, List<Integer> expected) {
    NirGraph.Named at = chain.get(next);
    if (!(at.node() instanceof NirNode.LIF units)) {
      throw refused(at, "follows the weights of \"" + name + "\"; LIF units are expected there");
    }
    next++;
    if (!units.shape().equals(expected)) {
      throw refused(
          at, "has shape " + units.shape() + ", and the weights before it lead to " + expected);
    }
    return units;
  }

  /** By channel: all units of a map's channel share their weights, and so must be alike. */
  private double[] scales(int channels, NirNode.LIF units) {
    String name = chain.get(next - 1).name();
    int places = units.tau().length / channels;
    double[] scales = new double[channels];
    for (int unit = 0; unit < units.tau().length; unit++) {
      double scale = LifEquation.scale(name, units, unit, dt);
      int channel = unit / places;
      if (unit % places == 0) {
        scales[channel] = scale;
      } else if (scales[channel] != scale) {
        throw refused(name, "LIF", "has units of different scale in channel " + channel);
      }
    }
    if (Arrays.stream(scales).anyMatch(scale -> scale != 1)) {
      scaled.add(name);
    }
    return scales;
  }

  private void addLayer(String word, float[] weights, float[] biases, double[] scales) {
    text.append('-').append(word);
    float[] ours = new float[weights.length];
    for (int k = 0; k < weights.length; k++) {
      ours[k] = (float) (weights[k] * scales[k % scales.length] * below);
    }
    float[] ourBiases = new float[biases.length];
    for (int k = 0; k < biases.length; k++) {
      ourBiases[k] = (float) (biases[k] * scales[k]);
    }
    below = 1;
    requireFinite(ours);
    requireFinite(ourBiases);
    layers.add(new LayerParameters(ours, ourBiases));
  }

  private void requireFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        NirGraph.Named weights = chain.get(next - 2);
        throw refused(weights, "has a weight or bias that is " + value + " as Raphe's");
      }
    }
  }

  private static List<Integer> channelsFirst(InputShape shape) {
    return List.of(shape.channels(), shape.rows(), shape.columns());
  }

  private static InputException refused(NirGraph.Named at, String why) {
    return refused(at.name(), at.node().type(), why);
  }

  static InputException refused(String name, String type, String why) {
    return new InputException("node \"" + name + "\" (" + type + ") " + why);
  }
}
