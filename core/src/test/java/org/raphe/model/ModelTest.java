package org.raphe.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.RapheVersion;
import org.raphe.Sha256;
import org.raphe.data.ClassNames;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.data.FittedScaling;
import org.raphe.data.Samples;
import org.raphe.data.Standardization;
import org.raphe.data.UnitLength;
import org.raphe.network.Activation;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.tensor.SafeTensors;
import org.raphe.tensor.Tensor;
import org.raphe.training.TrainingPlan;

class ModelTest {
  private static final NetworkSpec NETWORK =
      NetworkText.parse("6-5-4-3", NeuronModel.LIF, Mode.CLASSIFICATION);

  @TempDir Path folder;
  private Path path;
  private Model model;

  @BeforeEach
  void writeOne() {
    path = folder.resolve("model.safetensors");
    model = new Model(NETWORK, 12, 0.1f, -5, Parameters.draw(NETWORK, 3));
    model.write(path);
  }

  private void assertRefused(String... parts) {
    assertFails(InputException.class, () -> Model.read(path), parts);
  }

  @ParameterizedTest
  @CsvSource({"LIF,CLASSIFICATION", "RATE,CLASSIFICATION", "LIF,CLASS_CONTINUAL"})
  void readsBackAsItWas(NeuronModel neuron, Mode mode) {
    NetworkSpec network = NetworkText.parse("6-5-3", neuron, mode);
    new Model(network, 1, 0.1f, Long.MIN_VALUE, Parameters.draw(network, 3)).write(path);
    Model back = Model.read(path);
    assertEquals(network.layers(), back.network().layers());
    assertEquals(neuron, back.network().neuron());
    assertEquals(mode, back.network().mode());
    assertEquals(1, back.steps());
    assertEquals(0.1f, back.inputScale());
    assertEquals(Long.MIN_VALUE, back.seed());
    assertEquals(Parameters.draw(network, 3).sha256(), back.parameters().sha256());
  }

  @Test
  void whatIsDoneToSamplesReadsBack() {
    NetworkSpec network = NetworkText.parse("6-12-3", NeuronModel.RATE, Mode.CLASSIFICATION);
    NetworkSpec inColumns = network.withColumns(2, 5, 0.1f);
    new Model(inColumns, 1, 1f, 0.3f, new UnitLength(), 1, Parameters.draw(network, 3)).write(path);
    Model columns = Model.read(path);
    assertEquals(inColumns, columns.network());
    assertEquals(new UnitLength(), columns.features());
    assertEquals(0.3f, columns.gateMargin());
    FeatureScaling standard = new Standardization(0.1306604f, 0.3081078f);
    new Model(network, 1, 1f, 0.2f, standard, 1, Parameters.draw(network, 3)).write(path);
    assertEquals(standard, Model.read(path).features());
    assertEquals(network, Model.read(path).network());
  }

  /** Numbers that features are scaled by are tensors, and part of what the digest guards. */
  @Test
  void whatFeaturesWereFittedToReadsBack() throws IOException {
    NetworkSpec network = NetworkText.parse("2-4-3", NeuronModel.RATE, Mode.CLASSIFICATION);
    float[] features = {1, 200, 3, 100};
    Samples train = Samples.ofFeatures("t", network.input(), 3, features, new int[2]);
    FeatureScaling scaling = FittedScaling.of(FittedScaling.Kind.MINMAX, train);
    new Model(network, 1, 1f, 0f, scaling, 1, Parameters.draw(network, 3)).write(path);
    assertEquals(scaling, Model.read(path).features());
    SafeTensors file = SafeTensors.read(path);
    assertArrayEquals(new float[] {1, 100}, file.tensors().get("features.offset").values());
    assertArrayEquals(new float[] {2, 100}, file.tensors().get("features.span").values());
    file.tensors().get("features.span").values()[1] = 101;
    file.write(path);
    assertRefused("settings are not those");
    rewrite("features", "raw");
    assertRefused("nothing is fitted");
  }

  @Test
  void activationReadsBack() throws IOException {
    NetworkSpec tanh = NetworkText.parse("6-5-3", NeuronModel.RATE, Mode.CLASSIFICATION);
    NetworkSpec relu = tanh.withActivation(Activation.RELU);
    for (NetworkSpec network : List.of(tanh, relu)) {
      new Model(network, 1, 1f, 1, Parameters.draw(network, 3)).write(path);
      assertEquals(network, Model.read(path).network());
    }
    for (String other : new String[] {"tanh", "logistic", "gelu", null}) {
      rewrite("activation", other);
      assertRefused();
    }
  }

  /** Settings were digested so before there was a choice of activation. */
  @Test
  void modelsOlderThanActivationsAreOfTanh() throws Exception {
    NetworkSpec tanh = NetworkText.parse("6-5-3", NeuronModel.RATE, Mode.CLASSIFICATION);
    new Model(tanh, 1, 1f, 1, Parameters.draw(tanh, 3)).write(path);
    byte[] settings =
        "6-5-3 RATE CLASSIFICATION 1 1.0 0.0 raw none 1".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(settings)),
        SafeTensors.read(path).metadata().get("settings_sha256"));
    rewrite("activation", null);
    assertEquals(Activation.TANH, Model.read(path).network().activation());
  }

  /** Names may hold any character; of classes without names the file says nothing. */
  @Test
  void classNamesReadBack() throws IOException {
    assertEquals(List.of("0", "1", "2"), Model.read(path).classNames().names());
    assertFalse(SafeTensors.read(path).metadata().containsKey("class_names"));
    ClassNames names = new ClassNames(List.of("żubr", "a \"b\"\nc", "[\u0000,"));
    model.withClassNames(names).write(path);
    assertEquals(names, Model.read(path).classNames());
    rewrite("class_names", "[\"a\",\"b\",\"c\"]");
    assertRefused("its settings are not those it was written with");
    for (String other :
        List.of("[\"a\",\"b\"]", "[\"a\",\"a\",\"b\"]", "[\"a\",null,\"b\"]", "3", "null", "[")) {
      rewrite("class_names", other);
      assertRefused();
    }
    rewrite("class_names", null);
    assertRefused("its settings are not those it was written with");
    ClassNames two = new ClassNames(List.of("a", "b"));
    assertFails(InputException.class, () -> model.withClassNames(two), "2 names for the 3 classes");
  }

  private void rewrite(String key, String text) throws IOException {
    SafeTensors whole = SafeTensors.read(path);
    Map<String, String> texts = new HashMap<>(whole.metadata());
    if (text == null) {
      texts.remove(key);
    } else {
      texts.put(key, text);
    }
    new SafeTensors(texts, whole.tensors()).write(path);
  }

  @Test
  void tensorsHaveThePromisedNamesAndShapes() {
    SafeTensors file = SafeTensors.read(path);
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    file.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    assertEquals(
        Map.of(
            "layers.0.weight", List.of(6, 5),
            "layers.0.bias", List.of(5),
            "layers.1.weight", List.of(5, 4),
            "layers.1.bias", List.of(4),
            "layers.2.weight", List.of(4, 3),
            "layers.2.bias", List.of(3)),
        shapes);
    assertArrayEquals(
        model.parameters().layers().get(1).weights(),
        file.tensors().get("layers.1.weight").values());
    assertEquals(model.parameters().sha256(), file.metadata().get("weights_sha256"));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertRefused(path.toString());
    }
  }

  @Test
  void everyFlippedBitOfAWeightIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    int values = 4 * (int) NETWORK.parameters();
    for (int bit = 0; bit < 8 * values; bit += 5) {
      byte[] flipped = whole.clone();
      flipped[whole.length - values + bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(path, flipped);
      assertRefused(path.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "format,raphe-checkpoint",
    "version,1",
    "gate_margin,wide",
    "features,scaled",
    "features,standardised 1",
    "features,standardised NaN 1",
    "features,standardised 1 0",
    "competition,2",
    "competition,a b c",
    "competition,0 1 0.1",
    "competition,2 1 0.1",
    "network,6-5-4-4",
    "network,6-5-4",
    "network,6-x-3",
    "network,6-4-5-3",
    "neuron,tanh",
    "mode,other",
    "steps,many",
    "steps,1.5",
    "input_scale,one",
    "seed,99999999999999999999",
    "weights_sha256,00"
  })
  void otherSettingsAreRefused(String key, String text) throws IOException {
    SafeTensors whole = SafeTensors.read(path);
    Map<String, String> texts = new HashMap<>(whole.metadata());
    texts.put(key, text + "\n");
    new SafeTensors(texts, whole.tensors()).write(path);
    assertRefused();
    texts.put(key, text);
    new SafeTensors(texts, whole.tensors()).write(path);
    assertRefused();
    texts.remove(key);
    new SafeTensors(texts, whole.tensors()).write(path);
    assertRefused(path.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"layers.0.weight", "layers.1.bias"})
  void aMissingTensorIsNamed(String name) throws IOException {
    SafeTensors whole = SafeTensors.read(path);
    Map<String, Tensor> tensors = new LinkedHashMap<>(whole.tensors());
    tensors.remove(name);
    new SafeTensors(whole.metadata(), tensors).write(path);
    assertRefused("no tensor \"" + name + "\"");
  }

  @Test
  void anotherToolsFileIsRefused() throws IOException {
    new SafeTensors(Map.of(), SafeTensors.read(path).tensors()).write(path);
    assertRefused("not a model of Raphe");
  }

  /** Its digest is its own: that of the settings stays what older versions make of it. */
  @Test
  void provenanceReadsBack() throws IOException {
    assertEquals(null, Model.read(path).provenance());
    String settings = SafeTensors.read(path).metadata().get("settings_sha256");
    TrainingPlan plan =
        TrainingPlan.builder("6-5-4-3").rule(new DirectRandomTargetProjection()).epochs(2).build();
    Samples samples =
        Samples.ofFeatures("few", InputShape.vector(6), 3, new float[12], new int[] {0, 1});
    Dataset dataset = new Dataset("few", samples, samples.first(1));
    ModelProvenance provenance = ModelProvenance.of(plan, dataset).begunWith("ab");
    model.withProvenance(provenance).write(path);
    assertEquals(provenance, Model.read(path).provenance());
    assertEquals(settings, SafeTensors.read(path).metadata().get("settings_sha256"));
    assertEquals("drtp", provenance.rule());
    assertEquals("2", provenance.settings().get("epochs"));
    assertEquals(dataset.sha256(), provenance.datasetSha256());
    assertEquals(RapheVersion.number(), provenance.version());
    assertTrue(RapheVersion.number().matches("\\d+\\.\\d+\\.\\d+.*"), RapheVersion.number());
    rewrite("provenance", provenance.text().replace("drtp", "naca"));
    assertRefused("its provenance is not that it was written with");
    rewriteProvenance("{\"rule\":\"naca\",\"contract\":1,\"colour\":{\"of\":[1]}}");
    assertEquals("naca", Model.read(path).provenance().rule());
    for (String other : List.of("{", "null", "3", "[]", "{\"contract\":\"x\"}")) {
      rewriteProvenance(other);
      assertRefused("damaged: its provenance cannot be read");
    }
  }

  private void rewriteProvenance(String text) throws IOException {
    rewrite("provenance", text);
    byte[] digest = Sha256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8));
    rewrite("provenance_sha256", HexFormat.of().formatHex(digest));
  }

  @Test
  void modelsOfNewerVersionsAreRefusedInOneLine() throws IOException {
    rewrite("version", "3");
    assertRefused("of a newer Raphe", "format 3", "reads format 2", "use a newer one");
    rewrite("version", "1");
    assertRefused("a model of format 1", "train it again");
    for (String other : new String[] {"0", "-1", "x", null}) {
      rewrite("version", other);
      assertRefused();
    }
    rewrite("version", "2");
    int newer = RapheVersion.CONTRACT + 1;
    rewriteProvenance("{\"version\":\"9.8.7\",\"rule\":\"naca\",\"contract\":" + newer + "}");
    assertRefused("of a newer Raphe, 9.8.7", "version " + newer + " of the numeric contract");
  }
}
