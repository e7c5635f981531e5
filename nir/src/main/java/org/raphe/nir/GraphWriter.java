package org.raphe.nir;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.raphe.ReplacedFile;

/**
 * Writes a graph as the reference package does: the root holds {@code version} and a group {@code
 * node}, which is the graph.
 */
final class GraphWriter {
  /** Version of NIR whose nodes and keys are written. */
  static final String NIR_VERSION = "1.0.7";

  private GraphWriter() {}

  /**
   * Writes beside {@code path} and renames into place.
   *
   * @throws org.raphe.RunException if it cannot be written
   */
  static void write(Path path, NirGraph graph) {
    ReplacedFile.write(path, beside -> writeNew(beside, graph));
  }

  private static void writeNew(Path path, NirGraph graph) throws IOException {
    Files.deleteIfExists(path);
    try (WritableHdfFile file = HdfFile.write(path)) {
      // What machine wrote it is no part of a model.
      file.removeAttribute("_jHDF");
      file.putDataset("version", NIR_VERSION);
      WritableGroup group = file.putGroup("node");
      group.putDataset("type", "NIRGraph");
      group.putDataset("edges", edges(graph));
      WritableGroup nodes = group.putGroup("nodes");
      graph.nodes().forEach((name, node) -> writeNode(nodes.putGroup(name), node));
      WritableGroup metadata = group.putGroup("metadata");
      graph.metadata().forEach(metadata::putDataset);
    } catch (HdfException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String[][] edges(NirGraph graph) {
    return graph.edges().stream()
        .map(edge -> new String[] {edge.from(), edge.to()})
        .toArray(String[][]::new);
  }

  private static void writeNode(WritableGroup group, NirNode node) {
    group.putDataset("type", node.type());
    fields(node).forEach(group::putDataset);
  }

  private static Map<String, Object> fields(NirNode node) {
    if (node instanceof NirNode.Input input) {
      return Map.of("shape", longs(input.shape()));
    }
    if (node instanceof NirNode.Output output) {
      return Map.of("shape", longs(output.shape()));
    }
    if (node instanceof NirNode.Affine affine) {
      return Map.of("weight", rows(affine.weight(), affine.inputs()), "bias", affine.bias());
    }
    if (node instanceof NirNode.Linear linear) {
      return Map.of("weight", rows(linear.weight(), linear.inputs()));
    }
    if (node instanceof NirNode.Conv2d convolution) {
      return fields(convolution);
    }
    if (node instanceof NirNode.AvgPool2d pool) {
      return pool(pool.kernelSize(), pool.stride(), pool.padding());
    }
    if (node instanceof NirNode.SumPool2d pool) {
      return pool(pool.kernelSize(), pool.stride(), pool.padding());
    }
    if (node instanceof NirNode.Flatten flatten) {
      return Map.of(
          "start_dim",
          (long) flatten.startDim(),
          "end_dim",
          (long) flatten.endDim(),
          "input_type",
          longs(flatten.inputType()));
    }
    return fields((NirNode.LIF) node);
  }

  private static Map<String, Object> pool(
      List<Integer> kernel, List<Integer> stride, List<Integer> padding) {
    return Map.of("kernel_size", longs(kernel), "stride", longs(stride), "padding", longs(padding));
  }

  private static Map<String, Object> fields(NirNode.Conv2d node) {
    List<Integer> shape = node.weightShape();
    return Map.of(
        "input_shape", longs(node.inputShape()),
        "weight", shaped(node.weight(), shape),
        "stride", longs(node.stride()),
        "padding", longs(node.padding()),
        "dilation", longs(node.dilation()),
        "groups", (long) node.groups(),
        "bias", node.bias());
  }

  /** {@code v_reset} is always written: a reader that takes its default may have another. */
  private static Map<String, Object> fields(NirNode.LIF node) {
    return Map.of(
        "tau", shaped(node.tau(), node.shape()),
        "r", shaped(node.r(), node.shape()),
        "v_leak", shaped(node.leak(), node.shape()),
        "v_threshold", shaped(node.threshold(), node.shape()),
        "v_reset", shaped(node.reset(), node.shape()));
  }

  private static long[] longs(List<Integer> values) {
    return values.stream().mapToLong(Integer::longValue).toArray();
  }

  private static float[][] rows(float[] values, int columns) {
    return (float[][]) shaped(values, List.of(values.length / columns, columns));
  }

  /** Row-major values as arrays of arrays, which is how jHDF knows shapes. */
  private static Object shaped(float[] values, List<Integer> shape) {
    return shaped(values, shape, 0, values.length);
  }

  private static Object shaped(float[] values, List<Integer> shape, int from, int count) {
    if (shape.size() == 1) {
      return count == values.length ? values : Arrays.copyOfRange(values, from, from + count);
    }
    int parts = shape.get(0);
    List<Integer> rest = shape.subList(1, shape.size());
    Object[] nested = (Object[]) Array.newInstance(arrayType(rest.size()), parts);
    for (int part = 0; part < parts; part++) {
      nested[part] = shaped(values, rest, from + part * (count / parts), count / parts);
    }
    return nested;
  }

  private static Class<?> arrayType(int dimensions) {
    Class<?> type = float.class;
    for (int k = 0; k < dimensions; k++) {
      type = type.arrayType();
    }
    return type;
  }
}
