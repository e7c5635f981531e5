package org.raphe.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.data.ClassNames;
import org.raphe.data.FeatureScaling;
import org.raphe.data.FittedScaling;
import org.raphe.data.Samples;
import org.raphe.model.Model;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;

/** Models to NIR files and back, and files of others. */
class NirFileTest {
  private static final double STEP = NirFile.STEP;

  @TempDir Path folder;

  static List<String> texts() {
    return NirModels.TEXTS;
  }

  private static void assertRefused(Executable executable, String... parts) {
    InputException refused = assertThrows(InputException.class, executable);
    assertTrue(refused.getMessage().matches("\\P{Cntrl}{1,1200}"), refused.getMessage());
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), part + " is not in: " + refused.getMessage());
    }
  }

  /** The file of a model is the same, byte for byte, once it has been a NIR file. */
  @ParameterizedTest
  @MethodSource("texts")
  void aModelComesBackAsItWas(String text) throws Exception {
    for (double dt : new double[] {STEP, 1e-3, 1, 1 / 3.0}) {
      Model model = NirModels.of(text, 12);
      Path nir = folder.resolve("model.nir");
      NirFile.write(nir, model, dt);
      NirFile.Imported back = NirFile.read(nir, NirFile.Given.NOTHING);
      assertEquals(List.of(), back.scaled());
      Path before = folder.resolve("before.safetensors");
      Path after = folder.resolve("after.safetensors");
      model.write(before);
      back.model().write(after);
      assertArrayEquals(Files.readAllBytes(before), Files.readAllBytes(after));
    }
  }

  @Test
  void whatIsDoneToSamplesComesBack() {
    Samples samples =
        Samples.ofFeatures(
            "few", InputShape.vector(2), 2, new float[] {1, 5, 3, 9}, new int[] {0, 1});
    FeatureScaling fitted = FittedScaling.of(FittedScaling.Kind.MINMAX, samples);
    var network = NetworkText.parse("2-4-2", NeuronModel.LIF, Mode.CLASSIFICATION);
    Model model =
        new Model(
            network,
            33,
            0.1f,
            0f,
            fitted,
            new ClassNames(List.of("naïve", "other")),
            "mfcc",
            Long.MIN_VALUE,
            Parameters.draw(network, 1),
            null);
    Path nir = folder.resolve("model.nir");
    NirFile.write(nir, model, STEP);
    Model back = NirFile.read(nir, NirFile.Given.NOTHING).model();
    assertEquals(model.classNames(), back.classNames());
    assertEquals("mfcc", back.preparation());
    assertEquals(null, back.runId());
    assertEquals(fitted.fittedValues().sha256(), back.features().fittedValues().sha256());
    assertEquals(Long.MIN_VALUE, back.seed());
    Model given = NirFile.read(nir, new NirFile.Given(null, 5, 0.5f, 3L)).model();
    assertEquals(5, given.steps());
    assertEquals(0.5f, given.inputScale());
    assertEquals(3, given.seed());
  }

  @Test
  void theEquationIsRaphesToTheBit() {
    for (double dt : new double[] {1e-4, 1e-3, 0.7, 12}) {
      LifEquation equation = LifEquation.of(dt);
      assertEquals(0.2f, (float) (1 - equation.dt() / equation.tau()));
      assertEquals(dt, equation.dt(), 1e-7 * dt);
      assertEquals(1, equation.dt() / equation.tau() * equation.r(), 1e-7);
    }
  }

  @Test
  void whatNirHasNoNodesForIsRefused() {
    var rate = NetworkText.parse("4-3-2", NeuronModel.RATE, Mode.CLASSIFICATION);
    Model ofRates = new Model(rate, 1, 1f, 1, Parameters.draw(rate, 1));
    Path nir = folder.resolve("model.nir");
    assertRefused(() -> NirFile.write(nir, ofRates, STEP), "no rate units", "neuron lif");
    var gated = NetworkText.parse("4-3-2", NeuronModel.LIF, Mode.CLASS_CONTINUAL);
    Model ofGate = new Model(gated, 9, 1f, 1, Parameters.draw(gated, 1));
    assertRefused(() -> NirFile.write(nir, ofGate, STEP), "input-type gate");
    Model model = NirModels.of("12-9-3", 9);
    for (double dt : new double[] {0, -1, Double.NaN, 1e300}) {
      assertRefused(() -> NirFile.write(nir, model, dt), "a step of " + dt);
    }
    assertTrue(Files.notExists(nir));
  }

  /** A file of the reference package: deflated chunks, a sum pool, a Linear, another threshold. */
  @Test
  void aFileOfTheReferencePackageIsRead() throws Exception {
    NirFile.Imported read = reference();
    assertEquals("5x6x2-c3k3p1-pool-7-3", read.model().network().text());
    assertEquals(List.of("lif1"), read.scaled());
    assertEquals(20, read.model().steps());
    Map<String, NirNode> nodes = GraphReader.read(referenceBytes()).nodes();
    NirNode.Affine dense = (NirNode.Affine) nodes.get("fc");
    NirNode.Conv2d convolution = (NirNode.Conv2d) nodes.get("conv");
    float[] convolved = read.model().parameters().layers().get(0).weights();
    float[] weights = read.model().parameters().layers().get(1).weights();
    for (int k = 0; k < convolved.length; k++) {
      assertEquals(convolution.weight()[k % 3 * 18 + k / 3], convolved[k]);
    }
    for (int channel = 0; channel < 3; channel++) {
      for (int place = 0; place < 6; place++) {
        for (int unit = 0; unit < 7; unit++) {
          // A sum of four is four averages; a threshold of 1 is one of 0.5 at half the weight.
          float theirs = dense.weight()[unit * 18 + channel * 6 + place];
          assertEquals(theirs * 4 / 2, weights[(place * 3 + channel) * 7 + unit]);
        }
      }
    }
    assertArrayEquals(new float[3], read.model().parameters().layers().get(2).biases());
  }

  private static byte[] referenceBytes() throws Exception {
    try (InputStream in = NirFileTest.class.getResourceAsStream("reference-package.nir")) {
      return in.readAllBytes();
    }
  }

  private static NirFile.Imported reference() throws Exception {
    return NirFile.read("reference", referenceBytes(), NirFile.Given.NOTHING);
  }

  /** Its spikes are those of its own equation, computed in double precision. */
  @Test
  void scaledUnitsSpikeAsTheirOwnEquationSays() throws Exception {
    Model model = reference().model();
    int[] spikes = NirModels.inputSpikes(model, 11);
    boolean[][] expected =
        new GraphSimulation(GraphReader.read(referenceBytes()), 1e-4).run(spikes, model.steps());
    int[] readout = NirModels.layerSpikes(model, spikes).get(2);
    int count = 0;
    for (int step = 0; step < model.steps(); step++) {
      for (int unit = 0; unit < 3; unit++) {
        boolean spike = (readout[unit] >>> step & 1) != 0;
        assertEquals(expected[step][unit], spike, step + " " + unit);
        count += spike ? 1 : 0;
      }
    }
    assertTrue(count > 3 && count < 3 * model.steps(), count + " spikes");
  }

  private static NirGraph changed(NirGraph graph, String name, UnaryOperator<NirNode> change) {
    Map<String, NirNode> nodes = new LinkedHashMap<>(graph.nodes());
    nodes.compute(name, (key, node) -> change.apply(node));
    return new NirGraph(nodes, graph.edges(), graph.metadata());
  }

  private NirFile.Imported read(NirGraph graph) {
    Path nir = folder.resolve("changed.nir");
    GraphWriter.write(nir, graph);
    return NirFile.read(nir, NirFile.Given.NOTHING);
  }

  private static NirGraph convolutional() {
    return GraphExport.of(NirModels.of(NirModels.TEXTS.get(2), 20), STEP);
  }

  private static NirNode.LIF with(NirNode node, String key, float value) {
    NirNode.LIF units = (NirNode.LIF) node;
    float[] values = new float[units.tau().length];
    Arrays.fill(values, value);
    return new NirNode.LIF(
        units.shape(),
        key.equals("tau") ? values : units.tau(),
        key.equals("r") ? values : units.r(),
        key.equals("v_leak") ? values : units.leak(),
        key.equals("v_threshold") ? values : units.threshold(),
        key.equals("v_reset") ? values : units.reset());
  }

  @Test
  void unitsThatAreNotRaphesAreRefusedByName() {
    NirGraph graph = convolutional();
    for (String[] fault :
        new String[][] {
          {"tau", "1e-3", "keeps 0.9", "a step of 8.0"},
          {"tau", "0", "keeps"},
          {"v_leak", "0.5", "v_leak is 0.5"},
          {"v_reset", "-1", "v_reset is -1.0"},
          {"v_threshold", "0", "threshold 0.0"},
          {"r", "-2", "r -2.0"}
        }) {
      float value = Float.parseFloat(fault[1]);
      List<String> parts = new ArrayList<>(List.of("changed.nir", "\"spikes_1\""));
      parts.addAll(List.of(fault).subList(2, fault.length));
      assertRefused(
          () -> read(changed(graph, "spikes_1", node -> with(node, fault[0], value))),
          parts.toArray(String[]::new));
    }
  }

  @Test
  void unitsOfOneChannelAreAlike() {
    NirGraph uneven =
        changed(
            convolutional(),
            "spikes_0",
            node -> {
              NirNode.LIF units = (NirNode.LIF) node;
              float[] threshold = units.threshold().clone();
              threshold[43] = 0.75f;
              return new NirNode.LIF(
                  units.shape(), units.tau(), units.r(), units.leak(), threshold, units.reset());
            });
    assertRefused(() -> read(uneven), "\"spikes_0\" (LIF)", "channel 1");
  }

  @Test
  void formsThatAreNotRaphesAreRefusedByName() {
    NirGraph graph = convolutional();
    NirNode.Conv2d form = (NirNode.Conv2d) graph.nodes().get("layer_1");
    List<Integer> two = List.of(2, 2);
    List<Integer> one = List.of(1, 1);
    assertRefused(
        () -> read(changed(graph, "layer_1", node -> form(form, List.of(1, 2), two, one, 1))),
        "\"layer_1\" (Conv2d) has padding [1, 2]");
    assertRefused(
        () -> read(changed(graph, "layer_1", node -> form(form, one, two, two, 1))), "dilation");
    assertRefused(
        () -> read(changed(graph, "layer_1", node -> form(form, one, two, one, 3))), "3 groups");
    assertRefused(
        () -> read(changed(graph, "layer_1", node -> form(form, two, one, one, 1))), "layer_1");
    assertRefused(
        () -> read(changed(graph, "pool_0", node -> new NirNode.AvgPool2d(two, two, one))),
        "\"pool_0\" (AvgPool2d)",
        "padding [1, 1]");
    assertRefused(
        () -> read(changed(graph, "flatten", node -> new NirNode.Flatten(1, 2, List.of(4, 1, 1)))),
        "\"flatten\" (Flatten)");
    assertRefused(
        () -> read(changed(graph, "spikes_2", node -> new NirNode.Linear(5, 5, new float[25]))),
        "\"spikes_2\" (Linear)",
        "LIF units are expected");
    assertRefused(
        () -> read(changed(graph, "output", node -> new NirNode.Output(List.of(4)))),
        "\"output\" (Output) has shape [4]");
  }

  private static NirNode.Conv2d form(
      NirNode.Conv2d form,
      List<Integer> padding,
      List<Integer> stride,
      List<Integer> dilation,
      int groups) {
    return new NirNode.Conv2d(
        form.inputShape(),
        form.weightShape(),
        form.weight(),
        stride,
        padding,
        null,
        dilation,
        groups,
        form.bias());
  }

  @ParameterizedTest
  @ValueSource(strings = {"spikes_0>layer_0", "layer_0>spikes_1", "nobody>spikes_0"})
  void graphsThatAreNoChainAreRefused(String edge) {
    NirGraph graph = convolutional();
    List<NirGraph.Edge> edges = new ArrayList<>(graph.edges());
    edges.add(new NirGraph.Edge(edge.split(">")[0], edge.split(">")[1]));
    assertRefused(
        () -> read(new NirGraph(graph.nodes(), edges, graph.metadata())), edge.split(">")[0]);
  }

  @Test
  void aFileThatDoesNotSayItsStepNeedsOne() throws Exception {
    NirGraph graph = convolutional();
    Path nir = folder.resolve("model.nir");
    GraphWriter.write(nir, new NirGraph(graph.nodes(), graph.edges(), Map.of("note", "none")));
    assertRefused(() -> NirFile.read(nir, NirFile.Given.NOTHING), "does not say the length dt");
    Model given = NirFile.read(nir, new NirFile.Given(1e-4, 7, null, null)).model();
    assertEquals(7, given.steps());
    assertEquals(1f, given.inputScale());
    assertRefused(
        () -> NirFile.read(nir, new NirFile.Given(1e-3, null, null, null)), "\"spikes_0\"");
    assertRefused(
        () -> NirFile.read(nir, new NirFile.Given(1e-4, 1025, null, null)), "steps", "1025");
    Files.write(nir, new byte[200]);
    assertRefused(() -> NirFile.read(nir, NirFile.Given.NOTHING), "model.nir", "no HDF5 file");
    assertRefused(
        () -> NirFile.read(folder.resolve("none"), NirFile.Given.NOTHING), "not a plain file");
  }
}
