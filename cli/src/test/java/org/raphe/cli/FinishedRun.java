package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run left in its folder. */
final class FinishedRun {
  private FinishedRun() {}

  static JsonNode result(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("result.json").toFile());
  }

  /** Asserts that two runs came to the same bits, wherever and however long they ran. */
  static void assertSame(Path expected, Path actual) throws IOException {
    assertEquals(measured(expected), measured(actual));
    assertEquals(metrics(expected), metrics(actual));
    assertArrayEquals(model(expected), model(actual), "model.safetensors");
  }

  /** All of a result that is not time or place. */
  private static JsonNode measured(Path run) throws IOException {
    ObjectNode result = (ObjectNode) result(run);
    result.remove(List.of("backend", "provenance"));
    ((ObjectNode) result.get("cost"))
        .remove(
            List.of(
                "seconds", "peak_memory_bytes", "energy_joules", "energy_source", "energy_parts"));
    result.get("epochs").forEach(epoch -> ((ObjectNode) epoch).remove("seconds"));
    return result;
  }

  /** Rows of metrics.csv without their last column, the seconds. */
  private static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream()
        .map(row -> row.substring(0, row.lastIndexOf(',')))
        .toList();
  }

  private static byte[] model(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("model.safetensors"));
  }
}
