package org.raphe.nir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.model.Model;
import org.raphe.network.Convolution;
import org.raphe.network.InputShape;
import org.raphe.network.Layer;
import org.raphe.network.LayerParameters;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NeuronModel;

/** A trained spiking network as a NIR graph; docs/NIR.md has the layout. */
final class GraphExport {
  private final Model model;
  private final LifEquation equation;
  private final Map<String, NirNode> nodes = new LinkedHashMap<>();
  private final List<NirGraph.Edge> edges = new ArrayList<>();
  private String last;

  private GraphExport(Model model, double dt) {
    this.model = model;
    equation = LifEquation.of(dt);
  }

  /**
   * The graph.
   *
   * @param dt length of a step in seconds, above 0
   * @throws InputException if NIR has no nodes for such a network
   */
  static NirGraph of(Model model, double dt) {
    NetworkSpec network = model.network();
    if (network.neuron() != NeuronModel.LIF) {
      throw new InputException(
          "NIR has spiking units and no rate units, of which this model ("
              + network.text()
              + ") is; train one of neuron "
              + NeuronModel.LIF);
    }
    if (network.mode() != Mode.CLASSIFICATION) {
      throw new InputException(
          "NIR has no node for an input-type gate and a logistic current, which this model has; train one without a gate");
    }
    if (!(dt >= Float.MIN_NORMAL && dt <= 1e6)) {
      throw new InputException("a step of " + dt + " s is not usable; choose one such as 1e-4");
    }
    return new GraphExport(model, dt).graph();
  }

  private NirGraph graph() {
    NetworkSpec network = model.network();
    add("input", new NirNode.Input(inputShape(network)));
    InputShape below = network.input();
    // A map stays a map, channels first, until a dense layer reads it.
    boolean map = !isVector(below) || network.hasConvolutions();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      Layer of = network.layers().get(layer);
      LayerParameters values = model.parameters().layers().get(layer);
      if (of.convolution().isPresent()) {
        addConvolution(layer, of.convolution().get(), values);
      } else {
        if (map) {
          add("flatten", new NirNode.Flatten(0, -1, channelsFirst(below)));
        }
        addDense(layer, of, values, map ? below : InputShape.vector(of.inputs()));
        map = false;
      }
      below = of.outputShape();
    }
    add("output", new NirNode.Output(List.of(network.classes())));
    return new NirGraph(nodes, edges, NirMetadata.of(model, equation.dt()));
  }

  private void add(String name, NirNode node) {
    nodes.put(name, node);
    if (last != null) {
      edges.add(new NirGraph.Edge(last, name));
    }
    last = name;
  }

  private static boolean isVector(InputShape shape) {
    return shape.rows() == 1 && shape.channels() == 1;
  }

  private static List<Integer> inputShape(NetworkSpec network) {
    InputShape shape = network.input();
    return isVector(shape) && !network.hasConvolutions()
        ? List.of(shape.size())
        : channelsFirst(shape);
  }

  private static List<Integer> channelsFirst(InputShape shape) {
    return List.of(shape.channels(), shape.rows(), shape.columns());
  }

  private void addConvolution(int layer, Convolution form, LayerParameters values) {
    int size = form.kernel();
    List<Integer> both = List.of(form.stride(), form.stride());
    add(
        "layer_" + layer,
        new NirNode.Conv2d(
            List.of(form.input().rows(), form.input().columns()),
            List.of(form.channels(), form.input().channels(), size, size),
            AxisOrder.channelsLeading(values.weights(), form.fanIn(), form.channels()),
            both,
            List.of(form.padding(), form.padding()),
            null,
            List.of(1, 1),
            1,
            values.biases().clone()));
    add("spikes_" + layer, units(channelsFirst(form.map())));
    if (form.pooled()) {
      List<Integer> pool = List.of(Convolution.POOL, Convolution.POOL);
      add("pool_" + layer, new NirNode.AvgPool2d(pool, pool, List.of(0, 0)));
    }
  }

  private void addDense(int layer, Layer of, LayerParameters values, InputShape below) {
    float[] weight =
        AxisOrder.channelsLeading(
            AxisOrder.toChannelsFirst(values.weights(), below, of.units()),
            of.inputs(),
            of.units());
    add(
        "layer_" + layer,
        new NirNode.Affine(of.units(), of.inputs(), weight, values.biases().clone()));
    add("spikes_" + layer, units(List.of(of.units())));
  }

  private NirNode.LIF units(List<Integer> shape) {
    int count = shape.stream().reduce(1, Math::multiplyExact);
    return new NirNode.LIF(
        shape,
        filled(count, equation.tau()),
        filled(count, equation.r()),
        new float[count],
        filled(count, LifEquation.threshold()),
        new float[count]);
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }
}
