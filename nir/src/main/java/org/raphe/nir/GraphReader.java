package org.raphe.nir;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;

/** Reads a graph through jHDF, once {@link Hdf5Check} has found the file sound. */
final class GraphReader {
  private static final int MOST_NODES = 10_000;

  private GraphReader() {}

  /**
   * Reads what a file holds.
   *
   * @throws InputException if it is damaged, too large or no NIR graph of known nodes
   */
  static NirGraph read(byte[] content) {
    Hdf5Check.check(content, NirFile.MOST_BYTES);
    try (HdfFile file = HdfFile.fromBytes(content)) {
      return graph(new NodeFields("the root", file));
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // jHDF trusts what it reads: values that the check does not look at can fail it in many ways,
      // and types that are nested without end fill its stack.
      throw new InputException("it is damaged: " + e.getMessage(), e);
    }
  }

  private static NirGraph graph(NodeFields root) {
    NodeFields graph = new NodeFields("node", root.group("node"));
    String type = graph.text("type");
    if (!type.equals("NIRGraph")) {
      throw new InputException("its node is a \"" + type + "\" and no NIRGraph");
    }
    Group nodes = graph.group("nodes");
    if (nodes.getChildren().size() > MOST_NODES) {
      throw new InputException("it has more than " + MOST_NODES + " nodes");
    }
    Map<String, NirNode> read = new LinkedHashMap<>();
    for (Map.Entry<String, Node> entry : nodes.getChildren().entrySet()) {
      if (!(entry.getValue() instanceof Group group)) {
        throw new InputException("its node \"" + entry.getKey() + "\" is no group");
      }
      read.put(entry.getKey(), node(new NodeFields(entry.getKey(), group)));
    }
    return new NirGraph(read, edges(graph), metadata(graph));
  }

  private static List<NirGraph.Edge> edges(NodeFields graph) {
    String[] names = graph.texts("edges");
    if (!List.of(names.length / 2, 2).equals(graph.shape("edges"))) {
      throw new InputException("its edges are of shape " + graph.shape("edges") + ", not pairs");
    }
    List<NirGraph.Edge> edges = new ArrayList<>();
    for (int k = 0; k < names.length; k += 2) {
      edges.add(new NirGraph.Edge(names[k], names[k + 1]));
    }
    return edges;
  }

  private static Map<String, Object> metadata(NodeFields graph) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (graph.has("metadata")) {
      Group group = graph.group("metadata");
      NodeFields fields = new NodeFields("metadata", group);
      for (Node child : group.getChildren().values()) {
        if (child instanceof Dataset) {
          values.put(child.getName(), fields.any(child.getName()));
        }
      }
    }
    return values;
  }

  private static NirNode node(NodeFields fields) {
    String type = fields.text("type");
    return switch (type) {
      case "Input" -> new NirNode.Input(fields.only("shape").sizes("shape"));
      case "Output" -> new NirNode.Output(fields.only("shape").sizes("shape"));
      case "Affine" -> affine(fields.only("weight", "bias"));
      case "Linear" -> linear(fields.only("weight"));
      case "Conv2d" -> convolution(fields);
      case "AvgPool2d" -> averages(fields.only("kernel_size", "stride", "padding"));
      case "SumPool2d" -> sums(fields.only("kernel_size", "stride", "padding"));
      case "Flatten" -> flatten(fields.only("start_dim", "end_dim", "input_type"));
      case "LIF" -> units(fields.only("tau", "r", "v_leak", "v_threshold", "v_reset"));
      default ->
          throw fields.refused(
              "is a "
                  + type
                  + ", which cannot be read: nodes are Input, Affine, Linear, Conv2d, LIF, AvgPool2d, SumPool2d, Flatten and Output");
    };
  }

  private static NirNode affine(NodeFields fields) {
    List<Integer> shape = fields.shape("weight", 2);
    return new NirNode.Affine(
        shape.get(0),
        shape.get(1),
        fields.floats("weight", shape),
        fields.floats("bias", List.of(shape.get(0))));
  }

  private static NirNode linear(NodeFields fields) {
    List<Integer> shape = fields.shape("weight", 2);
    return new NirNode.Linear(shape.get(0), shape.get(1), fields.floats("weight", shape));
  }

  private static NirNode convolution(NodeFields fields) {
    fields.only("input_shape", "weight", "stride", "padding", "dilation", "groups", "bias");
    List<Integer> shape = fields.shape("weight", 4);
    boolean named = fields.isText("padding");
    return new NirNode.Conv2d(
        fields.has("input_shape") ? fields.sizes("input_shape") : null,
        shape,
        fields.floats("weight", shape),
        fields.pair("stride"),
        named ? null : fields.pair("padding"),
        named ? fields.text("padding") : null,
        fields.pair("dilation"),
        fields.integer("groups"),
        fields.floats("bias", List.of(shape.get(0))));
  }

  private static NirNode averages(NodeFields fields) {
    return new NirNode.AvgPool2d(
        fields.pair("kernel_size"), fields.pair("stride"), fields.pair("padding"));
  }

  private static NirNode sums(NodeFields fields) {
    return new NirNode.SumPool2d(
        fields.pair("kernel_size"), fields.pair("stride"), fields.pair("padding"));
  }

  private static NirNode flatten(NodeFields fields) {
    return new NirNode.Flatten(
        fields.integer("start_dim"),
        fields.integer("end_dim"),
        fields.has("input_type") ? fields.sizes("input_type") : null);
  }

  private static NirNode units(NodeFields fields) {
    List<Integer> shape = fields.shape("tau");
    return new NirNode.LIF(
        shape,
        fields.floats("tau", shape),
        fields.floats("r", shape),
        fields.floats("v_leak", shape),
        fields.floats("v_threshold", shape),
        fields.has("v_reset") ? fields.floats("v_reset", shape) : null);
  }
}
