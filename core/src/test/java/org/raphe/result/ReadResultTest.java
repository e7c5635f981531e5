package org.raphe.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.InputException;

/** What is read of a result.json that anyone may have written. */
class ReadResultTest {
  private static final String NEEDED =
      "{'format': 1, 'command': 'continual', 'dataset': {'name': 'mnist'}, 'network': '784-10',"
          + " 'neuron': 'rate', 'rule': 'naca', 'seed': 1";

  @TempDir Path folder;

  private Path write(String more) throws IOException {
    String content = (NEEDED + more + "}").replace('\'', '"');
    return Files.writeString(folder.resolve("result.json"), content);
  }

  private RunResult read(String more) throws IOException {
    return ReadResult.of(write(more)).result();
  }

  private String refused(String more) throws IOException {
    Path file = write(more);
    String line = assertThrows(InputException.class, () -> ReadResult.of(file)).getMessage();
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.startsWith(file + " "), line);
    return line.substring(file.toString().length() + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'test_accuracy': '0.5'|test_accuracy is no finite number",
        "'test_accuracy': 1e999|test_accuracy is no finite number",
        "'test_accuracy': true|test_accuracy is no finite number",
        "'test_accuracy': [0.5]|test_accuracy is no finite number",
        "'epochs': {}|epochs is no array",
        "'epochs': [{'epoch': 1}, {'epoch': 1.5}]|epochs/1/epoch is no whole number",
        "'epochs': [{'epoch': 3000000000}]|epochs/0/epoch is no whole number",
        "'epochs': [{'test_accuracy': 'x'}]|epochs/0/test_accuracy is no finite number",
        "'epochs': [7]|epochs/0 is no object",
        "'cost': 7|cost is no object",
        "'cost': []|cost is no object",
        "'cost': {'macs': 99999999999999999999}|cost/macs is no whole number",
        "'cost': {'macs': '1'}|cost/macs is no whole number",
        "'cost': {'synaptic_operations': {'forward': {}}}|forward is no whole number",
        "'cost': {'energy_source': 5}|cost/energy_source is no text",
        "'cost': {'per_training_sample': {'macs': []}}|per_training_sample/macs is no finite",
        "'learning': {'gate': 5}|learning/gate is no text",
        "'learning': {'column': 'x'}|learning/column is no whole number",
        "'accuracy_matrix': [[0.5], ['x']]|accuracy_matrix/1/0 is no finite number",
        "'accuracy_matrix': [0.5]|accuracy_matrix/0 is no array",
        "'metrics': {'forgetting': {'value': 'x'}}|metrics/forgetting/value is no finite",
        "'metrics': []|metrics is no object",
        "'weight_changes': 'x'|weight_changes is no array",
        "'weight_changes': {'experiences': [{'layers': {}}]}|experiences/0/layers is no array",
        "'backend': {'versions': {'driver': 5}}|backend/versions/driver is no text",
        "'stream': {'order': [1, null]}|stream/order"
      })
  void whatDoesNotBelongIsNamedByItsKey(String more, String reason) throws IOException {
    String line = refused(", " + more);
    assertTrue(line.startsWith("is broken: ") && line.contains(reason), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'epochs': [null]|epochs",
        "'metrics': {'forgetting': null}|metrics",
        "'weight_changes': {'experiences': [null]}|experiences",
        "'weight_changes': {'experiences': [{'layers': [{'counts': [null]}]}]}|counts"
      })
  void noElementIsMissing(String more, String key) throws IOException {
    String line = refused(", " + more);
    assertTrue(line.startsWith("is broken: ") && line.contains(key), line);
  }

  /** An analytic baseline has neither network nor unit; its settings tell runs apart. */
  @Test
  void anAnalyticBaselineNeedsNoNetwork() throws IOException {
    String needed = "{'format': 1, 'command': 'continual', 'dataset': {'name': 'mnist'}, 'seed': 1";
    String settings = ", 'learning': {'baseline_settings': {'directions': 25}}";
    Path file = folder.resolve("baseline.json");
    Files.writeString(file, (needed + settings + ", 'rule': 'class-pca'}").replace('\'', '"'));
    ReadResult read = ReadResult.of(file);
    assertNull(read.result().neuron());
    assertEquals("25", read.settings().get("learning/baseline_settings/directions"));
    Files.writeString(file, (needed + settings + "}").replace('\'', '"'));
    assertThrows(InputException.class, () -> ReadResult.of(file), "what learned is needed");
    Files.writeString(file, (needed + ", 'rule': 'class-pca'}").replace('\'', '"'));
    assertThrows(InputException.class, () -> ReadResult.of(file), "a rule has a network");
  }

  @Test
  void whatIsNotToldIsNull() throws IOException {
    RunResult result = read("");
    assertNull(result.task());
    assertNull(result.outcome());
    assertNull(result.cost());
    assertNull(result.testAccuracy());
    result = read(", 'cost': {'seconds': null}, 'learning': {'steps': 3}");
    assertNull(result.cost().counts().macs());
    assertNull(result.cost().formula());
    assertNull(result.learning().streamLearning());
  }

  @Test
  void unknownKeysArePassedOverAndUnknownSettingsTellRunsApart() throws IOException {
    Path file =
        write(
            ", 'later': [{'x': [1]}], 'learning': {'steps': 3, 'later': 0.0005, 'gate': null},"
                + " 'optimizer': {'learning_rate': 1e-3}");
    ReadResult read = ReadResult.of(file);
    assertEquals(
        Map.of(
            "learning/steps",
            "3",
            "learning/later",
            "0.0005",
            "learning/gate",
            "null",
            "optimizer/learning_rate",
            "0.001"),
        read.settings());
    assertEquals(3, read.result().learning().steps());
  }

  @Test
  void whatOlderFilesWroteOtherwiseIsRead() throws IOException {
    RunResult result =
        read(
            ", 'epochs': [{'train_squared_error': 'NaN', 'test_accuracy': null}],"
                + " 'cost': {'macs': 1.0E6},"
                + " 'weight_changes': [{'layers': [{'edges': [1], 'below_one_percent': 0.5}]}]");
    assertNull(result.epochs().get(0).trainSquaredError());
    assertEquals(new Accuracy(null), result.epochs().get(0).testAccuracy(), "a key of no value");
    assertNull(result.epochs().get(0).validationAccuracy(), "no key");
    assertEquals(1_000_000L, result.cost().counts().macs());
    LayerChange layer = result.outcome().weightChanges().experiences().get(0).layers().get(0);
    assertEquals(0.5, layer.shareBelow1Percent());
    assertEquals(List.of(1.0), layer.edges());
  }

  @Test
  void nothingIsReadBeyondBounds() throws IOException {
    assertTrue(refused(", 'a': " + "[".repeat(100)).contains("nesting depth"));
    assertTrue(refused(", 'a': '" + "x".repeat(70_000) + "'").contains("String value length"));
    assertTrue(refused(", 'a': " + "1".repeat(200)).contains("Number value length"));
    assertTrue(refused(", 'a': [" + "1,".repeat(9_000_000) + "1]").contains("Token count"));
  }
}
