package org.raphe.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.raphe.OneLine.assertFails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.parity.CheckRow.Outcome;

/** A wrong number fails its file; a file of another form is refused in one line. */
class RecordedVectorsFaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static ObjectNode recorded(String name) throws IOException {
    return (ObjectNode) JSON.readTree(RecordedVectors.class.getResource("/vectors/" + name));
  }

  private CheckRow check(String name, JsonNode content) throws IOException {
    Path path = Files.write(folder.resolve(name), JSON.writeValueAsBytes(content));
    try (Backend backend = new CpuBackend(1)) {
      return RecordedVectors.checkFile(path, backend);
    }
  }

  private List<CheckRow> checkFolder() {
    try (Backend backend = new CpuBackend(1)) {
      return RecordedVectors.check(folder, backend);
    }
  }

  /** Adds to the first number of a nested array. */
  private static void change(JsonNode part, double by) {
    ArrayNode array = (ArrayNode) part;
    if (array.get(0).isArray()) {
      change(array.get(0), by);
    } else {
      array.set(0, array.get(0).asDouble() + by);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "snn_fc_1hidden.json,output",
    "snn_fc_1hidden.json,hidden_spike_counts",
    "ann_fc_1hidden.json,output",
    "continual_snn.json,hidden_gate_layer0",
    "continual_ann.json,output",
    "snn_conv.json,hidden_spike_counts",
    "ann_conv.json,output"
  })
  void oneWrongNumberFailsItsFile(String file, String key) throws IOException {
    ObjectNode content = recorded(file);
    assertEquals(Outcome.PASSED, check(file, content).outcome());
    for (JsonNode recorded : List.of(content.at("/steps/0"), content.at("/steps/1"))) {
      JsonNode before = recorded.get(key).deepCopy();
      change(recorded.get(key), key.equals("hidden_spike_counts") ? 1 : 0.25);
      CheckRow row = check(file, content);
      assertEquals(Outcome.FAILED, row.outcome(), row.toString());
      assertTrue(row.detail().contains("recorded"), row.detail());
      ((ObjectNode) recorded).set(key, before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gradients", "parameters_after"})
  void oneWrongParameterFailsItsFile(String group) throws IOException {
    for (String name : List.of("layers.0.fc.weight", "layers.0.fc.bias", "layers.1.fc.weight")) {
      ObjectNode content = recorded("snn_fc_1hidden.json");
      change(content.get("steps").get(1).get(group).get(name), 1e-3);
      CheckRow row = check("snn_fc_1hidden.json", content);
      assertEquals(Outcome.FAILED, row.outcome(), name);
      assertTrue(row.detail().startsWith("step 2 " + group.substring(0, 8)), row.detail());
    }
  }

  @ParameterizedTest
  @CsvSource({"modulation.json,modulation", "expectation.json,expectation"})
  void oneWrongValueOfACurveFailsItsFile(String file, String key) throws IOException {
    ObjectNode content = recorded(file);
    change(content.get("cases").get(1).get(key), 1e-3);
    assertEquals(Outcome.FAILED, check(file, content).outcome());
  }

  @ParameterizedTest
  @ValueSource(strings = {"modulation.json", "expectation.json", "snn_fc_1hidden.json"})
  void aFileWithoutNumbersDoesNotPass(String file) throws IOException {
    ObjectNode content = recorded(file);
    content.putArray(content.has("cases") ? "cases" : "steps");
    CheckRow row = check(file, content);
    assertEquals(Outcome.FAILED, row.outcome());
    assertTrue(row.detail().contains("no number"), row.detail());
  }

  @Test
  void speechIsSkippedWithAReason() throws IOException {
    assertEquals(
        Outcome.SKIPPED, check("speech.json", JSON.createObjectNode().put("bands", 30)).outcome());
  }

  @Test
  void aFolderGivesARowAFileByName() throws IOException {
    check("snn_fc_1hidden.json", recorded("snn_fc_1hidden.json"));
    check("ann_fc_1hidden.json", recorded("ann_fc_1hidden.json"));
    Files.writeString(folder.resolve("README.md"), "not a recording");
    List<CheckRow> rows = checkFolder();
    assertEquals(
        List.of("ann_fc_1hidden.json", "snn_fc_1hidden.json"),
        rows.stream().map(CheckRow::file).toList());
  }

  @Test
  void foldersThatHoldNoneAreRefused() {
    assertFails(InputException.class, this::checkFolder, "no recorded vectors", folder.toString());
    try (Backend backend = new CpuBackend(1)) {
      Path absent = folder.resolve("absent");
      assertFails(
          InputException.class,
          () -> RecordedVectors.check(absent, backend),
          "cannot list",
          absent.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "[1]", "null", "7", "\"text\"", "{}", "{\"cases\":[]} x"})
  void textsThatAreNoRecordingAreRefused(String text) throws IOException {
    Path path = Files.writeString(folder.resolve("bad.json"), text);
    assertFails(
        InputException.class, this::checkFolder, "recorded vectors", path.getFileName().toString());
  }

  @Test
  void anUnreadableFileIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("folder.json"));
    assertFails(InputException.class, this::checkFolder, "cannot read", "folder.json");
  }

  /**
   * Every part in turn removed, emptied, or of another type, and never anything but a row or one
   * line.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "snn_fc_1hidden.json",
        "ann_fc_1hidden.json",
        "continual_snn.json",
        "continual_ann.json",
        "modulation.json",
        "expectation.json"
      })
  void partsOfAnotherFormAreRefusedOrFail(String file) throws IOException {
    List<JsonNode> others =
        List.of(
            TextNode.valueOf("x\ny"),
            JSON.createArrayNode(),
            JSON.createArrayNode().add(1),
            JSON.createObjectNode(),
            JSON.nullNode(),
            JSON.getNodeFactory().numberNode(-3),
            JSON.getNodeFactory().numberNode(999_999_999));
    int count = pointers(recorded(file)).size();
    assertTrue(count > 4, "some parts are changed");
    for (int part = 0; part < count; part++) {
      for (int other = -1; other < others.size(); other++) {
        ObjectNode content = recorded(file);
        String[] pointer = pointers(content).get(part);
        ObjectNode parent = (ObjectNode) content.at(pointer[0]);
        if (other < 0) {
          parent.remove(pointer[1]);
        } else {
          parent.set(pointer[1], others.get(other));
        }
        assertRowOrRefusal(file, content, pointer[0] + "/" + pointer[1] + " as " + other);
      }
    }
  }

  private void assertRowOrRefusal(String file, ObjectNode content, String what) throws IOException {
    try {
      check(file, content);
    } catch (InputException e) {
      assertTrue(e.getMessage().matches("\\P{Cntrl}{1,1200}"), e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(what + " gave " + e, e);
    }
  }

  /** The object and key of every property. */
  private static List<String[]> pointers(JsonNode root) {
    List<String[]> all = new ArrayList<>();
    collect(root, "", all);
    return all;
  }

  private static void collect(JsonNode part, String at, List<String[]> all) {
    part.properties()
        .forEach(
            property -> {
              all.add(new String[] {at, property.getKey()});
              collect(property.getValue(), at + "/" + property.getKey(), all);
            });
    if (part.isArray()) {
      for (int k = 0; k < part.size(); k++) {
        collect(part.get(k), at + "/" + k, all);
      }
    }
  }
}
