package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on small images: the run folder, and folders that are not to be harmed. */
class TrainCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temporary;
  private static Path data;
  private static Path run;
  private static Invocation trained;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    data = SmallImages.write(temporary.resolve("data"));
    run = temporary.resolve("run");
    trained = Invocation.of(SmallImages.trainSmall(data, run)).assertDone();
  }

  private static JsonNode result(Path run) throws IOException {
    return JSON.readTree(run.resolve("result.json").toFile());
  }

  @Test
  void theRunFolderHoldsWhatIsPromisedAndNoCheckpoint() throws IOException {
    assertEquals(
        List.of("metrics.csv", "model.safetensors", "result.json", "settings.yaml"),
        FolderContent.of(run).names());
  }

  @Test
  void theResultIsOneLine() throws IOException {
    JsonNode result = result(run);
    String line =
        "test accuracy %.4f after 2 epochs; weights %s; run folder %s"
            .formatted(
                result.get("test_accuracy").doubleValue(),
                result.get("weights_sha256").textValue().substring(0, 16),
                run);
    assertEquals(line + System.lineSeparator(), trained.out());
  }

  /** The sample's read-out is written whole, and so are 40 hidden units. */
  @Test
  void theSpikesOfOneSampleAreKept() throws IOException {
    JsonNode example = result(run).get("example_spikes");
    assertEquals(8, example.get("steps").intValue());
    assertEquals(2, example.get("layers").size());
    for (JsonNode layer : example.get("layers")) {
      assertEquals(layer.get("units").intValue(), layer.get("trains").size());
      long ones = 0;
      for (JsonNode train : layer.get("trains")) {
        assertTrue(train.textValue().matches("[01]{8}"), train.toString());
        ones += ones(train);
      }
      assertEquals(layer.get("spikes").longValue(), ones);
    }
    assertTrue(example.at("/layers/0/spikes").longValue() > 0, "the hidden layer is not silent");
    JsonNode readout = example.at("/layers/1/trains");
    int most = 0;
    for (int k = 1; k < readout.size(); k++) {
      most = ones(readout.get(k)) > ones(readout.get(most)) ? k : most;
    }
    assertEquals(most, example.get("predicted").intValue(), "the class that spikes most");
  }

  private static long ones(JsonNode train) {
    return train.textValue().chars().filter(step -> step == '1').count();
  }

  /** Key of result.json, as a JSON pointer, and its type. */
  @ParameterizedTest
  @CsvSource({
    "/format,int",
    "/command,text",
    "/dataset/name,text",
    "/dataset/train_samples,int",
    "/dataset/test_samples,int",
    "/dataset/validation_samples,null",
    "/dataset/sha256,text",
    "/network,text",
    "/neuron,text",
    "/rule,text",
    "/optimizer/name,text",
    "/optimizer/learning_rate,double",
    "/optimizer/readout_learning_rate,double",
    "/optimizer/schedule,text",
    "/optimizer/beta1,double",
    "/learning/steps,int",
    "/learning/batch,int",
    "/learning/input_scale,double",
    "/learning/readout_loss,text",
    "/learning/innervation,text",
    "/seed,int",
    "/backend/name,text",
    "/backend/device,text",
    "/backend/versions,object",
    "/epochs,array",
    "/epochs/0/epoch,int",
    "/epochs/0/train_accuracy,double",
    "/epochs/0/test_accuracy,double",
    "/epochs/0/seconds,double",
    "/test_accuracy,double",
    "/validation_accuracy,null",
    "/weights_sha256,text",
    "/cost/synaptic_operations/forward,int",
    "/cost/synaptic_operations/learning,int",
    "/cost/macs,int",
    "/cost/dense_macs,int",
    "/cost/weight_writes,int",
    "/cost/neuron_updates,int",
    "/cost/bytes_moved,int",
    "/cost/peak_memory_bytes,int",
    "/cost/seconds,double",
    "/cost/energy_source,text",
    "/cost/energy_parts,array",
    "/cost/energy_estimate_joules,double",
    "/cost/energy_estimate_source,text",
    "/cost/per_training_sample,object",
    "/cost/per_inference_sample,object",
    "/provenance/java,text",
    "/provenance/os,text",
    "/provenance/cpu,text",
    "/provenance/started,text"
  })
  void resultHasEveryKey(String pointer, String type) throws IOException {
    JsonNode value = result(run).at(pointer);
    assertFalse(value.isMissingNode(), pointer);
    String found =
        value.isTextual()
            ? "text"
            : value.isIntegralNumber()
                ? "int"
                : value.isFloatingPointNumber() ? "double" : value.getNodeType().name();
    assertTrue(found.equalsIgnoreCase(type), pointer + " is " + value);
  }

  @Test
  void resultsNumbersAreThoseOfTheRun() throws IOException {
    JsonNode result = result(run);
    assertEquals("784-40-10", result.get("network").textValue());
    assertEquals("lif", result.get("neuron").textValue());
    assertEquals(SmallImages.TRAIN, result.at("/dataset/train_samples").intValue());
    assertEquals(SmallImages.TEST, result.at("/dataset/test_samples").intValue());
    assertEquals(2, result.get("epochs").size());
    assertEquals(result.at("/epochs/1/test_accuracy"), result.get("test_accuracy"));
    long parameters = 784 * 40 + 40 + 40 * 10 + 10;
    assertEquals(2 * 10 * parameters, result.at("/cost/weight_writes").longValue());
    assertEquals(2 * 300 * 8 * 50, result.at("/cost/neuron_updates").longValue());
    assertEquals(0, result.at("/cost/macs").longValue());
    assertTrue(result.at("/cost/synaptic_operations/forward").longValue() > 0);
    assertEquals(8 * 50, result.at("/cost/per_inference_sample/neuron_updates").doubleValue());
    long synaptic =
        result.at("/cost/synaptic_operations/forward").longValue()
            + result.at("/cost/synaptic_operations/learning").longValue();
    assertEquals(synaptic, sumOfEpochs(result, "operations"), "epochs sum to the run");
    assertEquals(result.at("/cost/bytes_moved").longValue(), sumOfEpochs(result, "bytes_moved"));
    double joules = result.at("/cost/energy_estimate_joules").doubleValue();
    assertEquals(0.9e-12 * synaptic, joules, 1e-9 * joules);
    JsonNode energy = result.at("/cost/energy_joules");
    String source = result.at("/cost/energy_source").textValue();
    assertEquals(energy.isNull(), source.startsWith("not measured: "), energy + " " + source);
    assertEquals(1, result.at("/cost/energy_parts").size(), "the CPU is the host's own");
    assertEquals("host", result.at("/cost/energy_parts/0/part").textValue());
    assertEquals(energy, result.at("/cost/energy_parts/0/joules"));
    assertEquals(source, result.at("/cost/energy_parts/0/source").textValue());
    JsonNode published = result.at("/cost/published_cost");
    JsonNode reason = result.at("/cost/published_cost_reason");
    assertTrue(published.isNull() != reason.isNull(), published + " and " + reason);
  }

  private static long sumOfEpochs(JsonNode result, String key) {
    long sum = 0;
    for (JsonNode epoch : result.get("epochs")) {
      assertTrue(epoch.get(key).longValue() > 0, key);
      sum += epoch.get(key).longValue();
    }
    return sum;
  }

  @Test
  void metricsHaveARowAnEpoch() throws IOException {
    List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));
    assertEquals("epoch,train_accuracy,test_accuracy,train_squared_error,seconds", rows.get(0));
    assertEquals(3, rows.size());
    JsonNode epochs = result(run).get("epochs");
    for (int k = 0; k < 2; k++) {
      String[] row = rows.get(k + 1).split(",");
      assertEquals(k + 1, Integer.parseInt(row[0]));
      assertEquals(epochs.get(k).get("train_accuracy").doubleValue(), Double.parseDouble(row[1]));
      assertEquals(epochs.get(k).get("test_accuracy").doubleValue(), Double.parseDouble(row[2]));
    }
  }

  /** Parsed here without the project's reader: 8 bytes of length, JSON, float32. */
  @Test
  void theModelIsReadableByOthers() throws Exception {
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(run.resolve("model.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) file.getLong()];
    file.get(header);
    JsonNode entries = JSON.readTree(header);
    Map<String, String> shapes = new HashMap<>();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int values = file.position();
    for (String name :
        List.of("layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias")) {
      JsonNode entry = entries.get(name);
      assertEquals("F32", entry.get("dtype").textValue());
      shapes.put(name, entry.get("shape").toString());
      int begin = entry.get("data_offsets").get(0).intValue();
      int end = entry.get("data_offsets").get(1).intValue();
      digest.update(file.array(), values + begin, end - begin);
    }
    assertEquals(
        Map.of(
            "layers.0.weight", "[784,40]",
            "layers.0.bias", "[40]",
            "layers.1.weight", "[40,10]",
            "layers.1.bias", "[10]"),
        shapes);
    assertEquals(
        result(run).get("weights_sha256").textValue(), HexFormat.of().formatHex(digest.digest()));
    assertEquals("784-40-10", entries.get("__metadata__").get("network").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--threads 2", "--threads 3 --kernels plain", "--checkpoint-seconds 0"})
  void bitsDoNotDependOnHowItRuns(String options) throws IOException {
    Path other = folder.resolve("other");
    List<String> arguments =
        SmallImages.train(data, other, "--network", "784-40-10", "--steps", "8", "--epochs", "2");
    arguments.addAll(List.of(options.split(" ")));
    Invocation.of(arguments).assertDone();
    assertEquals(result(run).get("weights_sha256"), result(other).get("weights_sha256"));
    assertEquals(
        result(run).at("/cost/synaptic_operations"), result(other).at("/cost/synaptic_operations"));
  }

  @Test
  void aValidationSplitIsMeasuredInsteadOfTheTestSamples() throws IOException {
    Path out = folder.resolve("held");
    Invocation done =
        Invocation.of(SmallImages.trainSmall(data, out, "--validation", "60")).assertDone();
    JsonNode result = result(out);
    assertEquals(240, result.at("/dataset/train_samples").intValue());
    assertTrue(result.at("/dataset/test_samples").isNull());
    assertEquals(60, result.at("/dataset/validation_samples").intValue());
    assertTrue(result.get("test_accuracy").isNull(), "the test samples were not looked at");
    assertEquals(result.get("validation_accuracy"), result.at("/epochs/1/validation_accuracy"));
    assertTrue(done.out().startsWith("validation accuracy"), done.out());
    assertTrue(Files.readString(out.resolve("metrics.csv")).contains("validation_accuracy"));
  }

  @Test
  void limitsTakeTheFirstSamples() throws IOException {
    Path out = folder.resolve("limited");
    Invocation.of(SmallImages.trainSmall(data, out, "--train-limit", "70", "--test-limit", "9999"))
        .assertDone();
    assertEquals(70, result(out).at("/dataset/train_samples").intValue());
    assertEquals(SmallImages.TEST, result(out).at("/dataset/test_samples").intValue());
  }

  @Test
  void rateUnitsMultiplyAndHaveOneStep() throws IOException {
    Path out = folder.resolve("rate");
    List<String> arguments =
        SmallImages.train(data, out, "--network", "784-40-10", "--neuron", "rate", "--epochs", "1");
    Invocation.of(arguments).assertDone();
    JsonNode result = result(out);
    assertEquals(1, result.at("/learning/steps").intValue());
    assertTrue(result.at("/cost/macs").longValue() > 0);
    assertEquals(0, result.at("/cost/synaptic_operations/forward").longValue());
    assertEquals(
        List.of("adam", "linear"),
        List.of(
            result.at("/optimizer/name").textValue(),
            result.at("/optimizer/schedule").textValue()));
  }

  @Test
  void progressIsToldUnlessQuiet() {
    List<String> arguments = SmallImages.trainSmall(data, folder.resolve("loud"));
    arguments.remove("--quiet");
    String err = Invocation.of(arguments).assertDone().err();
    assertTrue(err.contains("backend: ") && err.contains(" (auto: "), err);
    assertTrue(err.contains("epoch 1: train accuracy"), err);
    assertTrue(err.contains("epoch 2: train accuracy"), err);
    assertFalse(trained.err().contains("epoch"), trained.err());
  }

  @Test
  void divergenceFailsTheRunInOneLine() {
    List<String> arguments =
        SmallImages.trainSmall(
            data, folder.resolve("diverged"), "--optimizer", "sgd", "--learning-rate", "1e39");
    Invocation.of(arguments).assertFails(Raphe.FAILED, "diverged", "smaller learning rate");
  }

  @Test
  void aFinishedRunIsLeftAsItIs() throws IOException {
    FolderContent before = FolderContent.of(run);
    Invocation.of(SmallImages.trainSmall(data, run))
        .assertFails(Raphe.WRONG_INPUT, "not empty", "left as it is");
    Invocation.of("train", "--resume", "--out", run.toString())
        .assertFails(Raphe.WRONG_INPUT, "finished run", "nothing to resume");
    before.assertUnchanged(run);
  }

  @Test
  void anotherFolderIsLeftAsItIs() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    FolderContent before = FolderContent.of(folder);
    Invocation.of(SmallImages.trainSmall(data, folder))
        .assertFails(Raphe.WRONG_INPUT, folder.toString(), "not empty");
    Invocation.of("train", "--resume", "--out", folder.toString())
        .assertFails(Raphe.WRONG_INPUT, "nothing to resume", "settings.yaml");
    before.assertUnchanged(folder);
  }

  @Test
  void anEmptyFolderIsTakenButNotResumed() throws IOException {
    Invocation.of("train", "--resume", "--out", folder.toString())
        .assertFails(Raphe.WRONG_INPUT, "nothing to resume");
    assertEquals(List.of(), FolderContent.of(folder).names());
    Invocation.of(SmallImages.trainSmall(data, folder)).assertDone();
    assertTrue(Files.exists(folder.resolve("result.json")));
  }

  @Test
  void aFileInThePlaceOfTheFolderIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Invocation.of(SmallImages.trainSmall(data, file))
        .assertFails(Raphe.WRONG_INPUT, "cannot make the run folder", file.toString());
    Invocation.of(SmallImages.trainSmall(data, file.resolve("below")))
        .assertFails(Raphe.WRONG_INPUT, "cannot make the run folder");
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void aFolderWithoutRightsIsRefused() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertTrue(locked.toFile().setWritable(false, false));
    boolean all = Files.isWritable(locked);
    if (all) {
      System.out.println("TrainCommandTest.aFolderWithoutRights skipped: may write everywhere");
    }
    assumeFalse(all, "this user may write everywhere");
    Invocation.of(SmallImages.trainSmall(data, locked.resolve("run")))
        .assertFails(Raphe.WRONG_INPUT, "cannot make the run folder");
    Invocation.of(SmallImages.trainSmall(data, locked))
        .assertFails(Raphe.WRONG_INPUT, "cannot write to the run folder");
  }
}
