package org.raphe.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.Sha256;
import org.raphe.model.Model;

/** What other programs read in files that are written here. */
class NirToolsTest {
  @TempDir Path folder;

  static List<String> texts() {
    return NirModels.TEXTS;
  }

  private static String sha256(ByteBuffer bytes) {
    MessageDigest digest = Sha256.newDigest();
    return HexFormat.of().formatHex(digest.digest(bytes.array()));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String floats(String shape, float[] values) {
    ByteBuffer bytes = little(4 * values.length);
    bytes.asFloatBuffer().put(values);
    return "float32\t" + shape + "\t" + sha256(bytes);
  }

  private static String integers(String shape, List<Integer> values) {
    ByteBuffer bytes = little(8 * values.size());
    values.forEach(value -> bytes.putLong(value));
    return "int64\t" + shape + "\t" + sha256(bytes);
  }

  private static String shape(List<Integer> sides) {
    return sides.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /** All fields of a graph: path, type, shape and digest or text. */
  private static Map<String, String> expected(NirGraph graph) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("version", "text\tscalar\t" + GraphWriter.NIR_VERSION);
    fields.put("node/type", "text\tscalar\tNIRGraph");
    fields.put(
        "node/edges",
        "text\t"
            + graph.edges().size()
            + "x2\t"
            + graph.edges().stream()
                .map(edge -> edge.from() + "|" + edge.to())
                .collect(Collectors.joining("|")));
    graph.metadata().forEach((key, value) -> fields.put("node/metadata/" + key, single(value)));
    graph
        .nodes()
        .forEach(
            (name, node) ->
                ofNode(node)
                    .forEach((key, value) -> fields.put("node/nodes/" + name + "/" + key, value)));
    return fields;
  }

  private static String single(Object value) {
    if (value instanceof String text) {
      return "text\tscalar\t" + text;
    }
    if (value instanceof Double number) {
      return "float64\tscalar\t" + sha256(little(8).putDouble(number));
    }
    if (value instanceof Float number) {
      return "float32\tscalar\t" + sha256(little(4).putFloat(number));
    }
    return "int64\tscalar\t" + sha256(little(8).putLong((Long) value));
  }

  private static Map<String, String> ofNode(NirNode node) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("type", "text\tscalar\t" + node.type());
    if (node instanceof NirNode.Input input) {
      fields.put("shape", integers("" + input.shape().size(), input.shape()));
    } else if (node instanceof NirNode.Output output) {
      fields.put("shape", integers("1", output.shape()));
    } else if (node instanceof NirNode.Affine affine) {
      fields.put("weight", floats(affine.outputs() + "x" + affine.inputs(), affine.weight()));
      fields.put("bias", floats("" + affine.outputs(), affine.bias()));
    } else if (node instanceof NirNode.Conv2d convolution) {
      fields.put("weight", floats(shape(convolution.weightShape()), convolution.weight()));
      fields.put("bias", floats("" + convolution.bias().length, convolution.bias()));
      fields.put("input_shape", integers("2", convolution.inputShape()));
      fields.put("stride", integers("2", convolution.stride()));
      fields.put("padding", integers("2", convolution.padding()));
      fields.put("dilation", integers("2", convolution.dilation()));
      fields.put("groups", integers("scalar", List.of(convolution.groups())));
    } else if (node instanceof NirNode.AvgPool2d pool) {
      fields.put("kernel_size", integers("2", pool.kernelSize()));
      fields.put("stride", integers("2", pool.stride()));
      fields.put("padding", integers("2", pool.padding()));
    } else if (node instanceof NirNode.Flatten flatten) {
      fields.put("start_dim", integers("scalar", List.of(flatten.startDim())));
      fields.put("end_dim", integers("scalar", List.of(flatten.endDim())));
      fields.put("input_type", integers("3", flatten.inputType()));
    } else {
      NirNode.LIF units = (NirNode.LIF) node;
      fields.put("tau", floats(shape(units.shape()), units.tau()));
      fields.put("r", floats(shape(units.shape()), units.r()));
      fields.put("v_leak", floats(shape(units.shape()), units.leak()));
      fields.put("v_threshold", floats(shape(units.shape()), units.threshold()));
      fields.put("v_reset", floats(shape(units.shape()), units.reset()));
    }
    return fields;
  }

  /** A map that is flattened, and convolutions. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void h5pyReadsEveryField(int number) throws Exception {
    Model model = NirModels.of(NirModels.TEXTS.get(number), 40);
    Path file = folder.resolve("model.nir");
    NirFile.write(file, model, NirFile.STEP);
    Map<String, String> read = new TreeMap<>();
    for (String line : Hdf5Tools.python(folder, "fields.py", file).lines().toList()) {
      String[] parts = line.split("\t", 2);
      read.put(parts[0], parts[1]);
    }
    assertEquals(expected(GraphExport.of(model, NirFile.STEP)), read);
  }

  @Test
  void h5dumpReadsEveryField() throws Exception {
    Model model = NirModels.of(NirModels.TEXTS.get(2), 40);
    Path file = folder.resolve("model.nir");
    NirFile.write(file, model, NirFile.STEP);
    List<String> listed =
        Hdf5Tools.dump("-n", file.toString())
            .lines()
            .filter(line -> line.strip().startsWith("dataset"))
            .map(line -> line.strip().split("\\s+")[1].substring(1))
            .sorted()
            .toList();
    Map<String, String> fields = expected(GraphExport.of(model, NirFile.STEP));
    assertEquals(List.copyOf(fields.keySet()), listed);
    String whole = Hdf5Tools.dump(file.toString());
    assertTrue(whole.contains("\"AvgPool2d"), whole);
    String tau =
        Hdf5Tools.dump("-m", "%.9g", "-y", "-d", "/node/nodes/spikes_2/tau", file.toString());
    String expected = Float.toString(LifEquation.of(NirFile.STEP).tau());
    String numbers = tau.substring(tau.indexOf("DATA {")).replaceAll("[^0-9.e,-]", "");
    for (String number : numbers.split(",")) {
      assertEquals(Float.parseFloat(expected), Float.parseFloat(number));
    }
    assertEquals(5, numbers.split(",").length);
  }

  /** The graph alone, run one scalar at a time by a program that knows only NIR. */
  @ParameterizedTest
  @MethodSource("texts")
  void aSimulationOfTheGraphGivesTheSameSpikes(String text) throws Exception {
    Model model = NirModels.of(text, 20 + 4 * text.length());
    Path file = folder.resolve("model.nir");
    NirFile.write(file, model, NirFile.STEP);
    int[] spikes = NirModels.inputSpikes(model, 5);
    Path recorded = folder.resolve("spikes");
    Files.write(recorded, bytes(spikes).array());
    List<String> ours =
        NirModels.layerSpikes(model, spikes).stream().map(layer -> sha256(bytes(layer))).toList();
    List<String> theirs =
        Hdf5Tools.python(folder, "simulate.py", file, recorded)
            .lines()
            .map(line -> line.split(" ")[1])
            .toList();
    assertEquals(ours, theirs);
    for (int[] layer : NirModels.layerSpikes(model, spikes)) {
      assertTrue(Arrays.stream(layer).anyMatch(word -> word != 0), "a layer is silent");
    }
  }

  private static ByteBuffer bytes(int[] words) {
    ByteBuffer bytes = little(4 * words.length);
    bytes.asIntBuffer().put(words);
    return bytes;
  }
}
